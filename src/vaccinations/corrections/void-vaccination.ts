import { Injectable } from '@nestjs/common';
import { VisitsOfDoses } from '../../appointments';
import { AuditTrail } from '../../audit';
import { Stock } from '../../inventory';
import { mayAnywhere, reachesOf } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { Outbox } from '../../platform/events';
import type { Refusal } from '../../platform/graphql';
import { Programmes } from '../../programmes';
import { mayVoid } from './change-rules';
import { ChangeVaccination } from './change-vaccination';
import type { DoseRecord } from '../dose-record';
import { HistoryMoved, whileHistoryMoves } from '../history-moved';
import { type Outcome, onceOrRefused } from '../outcome';
import { ReadVaccinations } from '../read-vaccinations';
import type { Vaccination } from '../vaccination.graphql';
import { doseVoided } from '../vaccinations.events';
import { VaccinationsStore } from '../vaccinations.store';

export interface VoidVaccinationInput {
  idempotencyKey: string;
  personId: string;
  vaccinationId: string;
  /** A VoidReason. */
  reason: string;
}

/** Reasons that mean no vaccine left the vial for this entry. The others mean that it is lost. */
const BACK_TO_STOCK: readonly string[] = ['NEVER_GIVEN', 'ENTERED_TWICE'];

/** A recorded dose is not true. The entry stays, and a fact beside it says so. */
@Injectable()
export class VoidVaccination {
  constructor(
    private readonly database: Database,
    private readonly store: VaccinationsStore,
    private readonly change: ChangeVaccination,
    private readonly programmes: Programmes,
    private readonly stock: Stock,
    private readonly visits: VisitsOfDoses,
    private readonly read: ReadVaccinations,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Throws NOT_FOUND for no such dose, FORBIDDEN for somebody else's entry. */
  async run(ctx: Context, input: VoidVaccinationInput): Promise<Vaccination | Refusal> {
    mayAnywhere(
      ctx,
      reachesOf(ctx, 'vaccination.void').length > 0 ? 'vaccination.void' : 'vaccination.void-own',
    );
    const programme = await this.programmes.current(ctx);
    return whileHistoryMoves(() =>
      this.database.write(ctx, async work => {
        const outcome = await onceOrRefused(ctx, work, input, () => this.within(ctx, work, input));
        if ('refusal' in outcome) return outcome.refusal;
        return this.read.one(ctx, work, programme, { personId: input.personId, id: outcome.id });
      }),
    );
  }

  /** {@link run} in a unit of work of the caller's, who retries it as a whole while {@link HistoryMoved} is thrown. */
  async within(ctx: Context, work: UnitOfWork, input: VoidVaccinationInput): Promise<Outcome> {
    const { personId, vaccinationId, reason } = input;
    const asked = { personId, vaccinationId, own: 'vaccination.void-own', any: 'vaccination.void' } as const;
    const permitted = await this.change.permit(ctx, work, asked, mayVoid);
    if ('refusal' in permitted) return permitted;
    const { dose, history } = permitted;
    const fact = {
      ...dose,
      id: ctx.newId(),
      kind: 'void',
      replaces: vaccinationId,
      reason,
      recordedBy: ctx.actor.id ?? ctx.actor.kind,
      recordedAt: ctx.now(),
    } as const;
    await this.stock.lockLots(work, dose.facilityId, [dose.lotId]);
    if (!(await this.store.addAll(work, [{ dose: fact, facts: history.facts }]))) throw new HistoryMoved();
    await this.follow(ctx, work, dose, fact);
    return { id: fact.id };
  }

  /** What goes with a void, in the same transaction. */
  private async follow(
    ctx: Context,
    work: UnitOfWork,
    dose: DoseRecord,
    { id: voidId, reason }: { id: string; reason: string },
  ): Promise<void> {
    const { personId, facilityId, lotId, id: vaccinationId } = dose;
    const back = { facilityId, lotId, doses: 1, referenceId: dose.drawnAs, reason };
    await (BACK_TO_STOCK.includes(reason)
      ? this.stock.giveBack(ctx, work, back)
      : this.stock.writeOff(ctx, work, back));
    const visited = { ctx, facilityId, personId, vaccinationId, on: dose.givenOn, at: ctx.now() };
    await this.visits.voided(work, visited);
    this.audit.record(ctx, work, {
      action: 'vaccination.void',
      resource: { type: 'vaccination', id: vaccinationId },
      personId,
      facilityId,
      detail: { voidId, reason },
    });
    this.outbox.announce(ctx, work, doseVoided, personId, { personId, vaccinationId, voidId });
  }
}
