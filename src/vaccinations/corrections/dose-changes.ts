import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { Outbox } from '../../platform/events';
import type { Programme } from '../../programmes';
import { Persons } from '../../registry';
import type { DoseRecord } from '../dose-record';
import { HistoryMoved } from '../history-moved';
import type { Outcome } from '../outcome';
import { doseRecorded, doseVoided } from '../vaccinations.events';
import { VaccinationsStore } from '../vaccinations.store';
import { CorrectVaccination, type CorrectVaccinationInput } from './correct-vaccination';
import { VoidVaccination, type VoidVaccinationInput } from './void-vaccination';

/**
 * Changes of recorded doses, for modules that make them as a part of an act of their own. Each asks for its permission, and
 * throws `HistoryMoved`: the whole act is then done again (`whileHistoryMoves`).
 */
@Injectable()
export class DoseChanges {
  constructor(
    private readonly correction: CorrectVaccination,
    private readonly voiding: VoidVaccination,
    private readonly store: VaccinationsStore,
    private readonly persons: Persons,
    private readonly places: Places,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** As `correctVaccination`. */
  correct(
    ctx: Context,
    work: UnitOfWork,
    programme: Programme,
    input: CorrectVaccinationInput,
  ): Promise<Outcome> {
    return this.correction.within(ctx, work, programme, input);
  }

  /** As `voidVaccination`. */
  void(ctx: Context, work: UnitOfWork, input: VoidVaccinationInput): Promise<Outcome> {
    return this.voiding.within(ctx, work, input);
  }

  /**
   * What was recorded for one person was given to another, who is the same: her doses are voided in the one record and
   * stated in the other as they were. Stock is as it was, since the vaccine went where it went. False when there are none.
   */
  async move(ctx: Context, work: UnitOfWork, { from, to }: { from: string; to: string }): Promise<boolean> {
    await this.persons.hold(work, [from, to]);
    const histories = await this.store.historiesOf(work, [from, to]);
    const doses = await this.store.dosesOf(work, from);
    const [left, right] = [histories.get(from)!.facts, histories.get(to)!.facts];
    for (const [at, dose] of doses.entries()) {
      may(ctx, 'vaccination.void', await this.places.of(work, dose.facilityId));
      const [voided, stated] = this.moved(ctx, dose, to);
      const facts = [
        { dose: voided, facts: left + at },
        { dose: stated, facts: right + at },
      ];
      if (!(await this.store.addAll(work, facts))) throw new HistoryMoved();
      this.follow(ctx, work, dose, voided, stated);
    }
    return doses.length > 0;
  }

  private moved(ctx: Context, dose: DoseRecord, to: string) {
    const now = { recordedBy: ctx.actor.id ?? ctx.actor.kind, recordedAt: ctx.now() };
    const change = { kind: 'void' as const, replaces: dose.id, reason: 'WRONG_PERSON' };
    const first = { kind: 'given' as const, replaces: null, reason: null };
    return [
      { ...dose, ...now, ...change, id: ctx.newId() },
      { ...dose, ...now, ...first, id: ctx.newId(), personId: to },
    ] as const;
  }

  private follow(
    ctx: Context,
    work: UnitOfWork,
    dose: DoseRecord,
    { id: voidId }: { id: string },
    { id: vaccinationId, personId }: { id: string; personId: string },
  ): void {
    const { facilityId } = dose;
    const reason = 'WRONG_PERSON';
    this.audit.record(ctx, work, {
      action: 'vaccination.void',
      resource: { type: 'vaccination', id: dose.id },
      personId: dose.personId,
      facilityId,
      detail: { voidId, reason },
    });
    this.audit.record(ctx, work, {
      action: 'vaccination.record-late',
      resource: { type: 'vaccination', id: vaccinationId },
      personId,
      facilityId,
      detail: { reason: 'SAME_PERSON' },
    });
    const ended = { personId: dose.personId, vaccinationId: dose.id, voidId };
    this.outbox.announce(ctx, work, doseVoided, dose.personId, ended);
    this.outbox.announce(ctx, work, doseRecorded, personId, { personId, vaccinationId, facilityId });
  }
}
