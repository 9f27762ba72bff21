import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { type CivilDate, civilDayOf } from '../../common';
import { IdentityStore } from '../../identity';
import { civilNow, Places } from '../../facilities';
import { LotRefusals, refusalToDraw, Stock } from '../../inventory';
import { may, mayAnywhere, reachesOf } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import type { Refusal } from '../../platform/graphql';
import { type Programme, Programmes } from '../../programmes';
import { Persons } from '../../registry';
import { mayCorrect } from './change-rules';
import { ChangeVaccination } from './change-vaccination';
import type { DoseRecord } from '../dose-record';
import { HistoryMoved, whileHistoryMoves } from '../history-moved';
import { type Outcome, onceOrRefused } from '../outcome';
import { ReadVaccinations } from '../read-vaccinations';
import type { Vaccination } from '../vaccination.graphql';
import { doseCorrected } from '../vaccinations.events';
import { DoseRefusals } from '../vaccinations.refusals';
import { VaccinationsStore } from '../vaccinations.store';
import { weigh } from '../weigh-dose';

export interface CorrectVaccinationInput {
  idempotencyKey: string;
  personId: string;
  vaccinationId: string;
  /** A CorrectionReason. */
  reason: string;
  lotId?: string | null;
  givenOn?: CivilDate | null;
  lateReason?: string | null;
  site?: string | null;
  route?: string | null;
  vaccinatorId?: string | null;
}

/**
 * A recorded dose is said anew. What happened, happened: the schedule weighs it again and refuses nothing; stock
 * follows when the lot changes.
 */
@Injectable()
export class CorrectVaccination {
  constructor(
    private readonly database: Database,
    private readonly store: VaccinationsStore,
    private readonly change: ChangeVaccination,
    private readonly persons: Persons,
    private readonly places: Places,
    private readonly programmes: Programmes,
    private readonly staff: IdentityStore,
    private readonly stock: Stock,
    private readonly lotRefusals: LotRefusals,
    private readonly refusals: DoseRefusals,
    private readonly read: ReadVaccinations,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Throws NOT_FOUND for no such dose, FORBIDDEN for somebody else's entry, INVALID_INPUT when nothing changes. */
  async run(ctx: Context, input: CorrectVaccinationInput): Promise<Vaccination | Refusal> {
    const supervises = reachesOf(ctx, 'vaccination.correct').length > 0;
    mayAnywhere(ctx, supervises ? 'vaccination.correct' : 'vaccination.correct-own');
    const programme = await this.programmes.current(ctx);
    return whileHistoryMoves(() =>
      this.database.write(ctx, async work => {
        const outcome = await onceOrRefused(ctx, work, input, () => this.within(ctx, work, programme, input));
        if ('refusal' in outcome) return outcome.refusal;
        return this.read.one(ctx, work, programme, { personId: input.personId, id: outcome.id });
      }),
    );
  }

  /** {@link run} in a unit of work of the caller's, who retries it as a whole while {@link HistoryMoved} is thrown. */
  async within(
    ctx: Context,
    work: UnitOfWork,
    programme: Programme,
    input: CorrectVaccinationInput,
  ): Promise<Outcome> {
    const { personId, vaccinationId } = input;
    const asked = {
      personId,
      vaccinationId,
      own: 'vaccination.correct-own',
      any: 'vaccination.correct',
    } as const;
    const permitted = await this.change.permit(ctx, work, asked, mayCorrect);
    if ('refusal' in permitted) return permitted;
    const { dose, history } = permitted;
    await this.check(work, input, dose);
    const wanted = { lotId: input.lotId ?? dose.lotId, givenOn: input.givenOn ?? dose.givenOn };
    const lateReason = input.lateReason ?? dose.lateReason;
    const entryDay = civilDayOf(dose.firstRecordedAt, ctx.tenant!.timeZone);
    if (wanted.givenOn !== entryDay && !lateReason)
      return { refusal: this.refusals.dateNotToday(ctx, civilNow(ctx).date) };
    if (wanted.givenOn !== entryDay && wanted.givenOn !== dose.givenOn)
      await this.checkLate(ctx, work, input, dose);

    const lot = await this.stock.vaccine(work, wanted.lotId);
    if (!lot) return { refusal: this.lotRefusals.of(ctx, 'not-in-stock', wanted.lotId, null) };
    const person = await this.persons.byId(ctx, work, personId);
    const id = ctx.newId();
    const others = history.doses.filter(other => other.id !== dose.id);
    const product = (await this.programmes.products(ctx, work)).find(({ code }) => code === lot.productCode)!;
    const toWeigh = { id, person, product, lot, givenOn: wanted.givenOn, others };
    const { settled } = weigh(programme, civilNow(ctx).date, toWeigh);
    const refusal =
      (await this.notThereThen(ctx, work, dose, wanted)) ??
      (await this.drawInstead(ctx, work, dose, { ...wanted, id }));
    if (refusal) return { refusal };
    const fact = {
      ...dose,
      ...settled,
      id,
      kind: 'correction',
      replaces: dose.id,
      reason: input.reason,
      drawnAs: wanted.lotId === dose.lotId ? dose.drawnAs : id,
      site: input.site ?? dose.site,
      route: input.route ?? dose.route,
      vaccinatorId: input.vaccinatorId ?? dose.vaccinatorId,
      lateReason: wanted.givenOn === entryDay ? null : lateReason,
      recordedBy: ctx.actor.id ?? ctx.actor.kind,
      recordedAt: ctx.now(),
    } as const;
    if (!(await this.store.addAll(work, [{ dose: fact, facts: history.facts }]))) throw new HistoryMoved();
    await this.follow(ctx, work, dose, fact);
    return { id };
  }

  /** To move a dose to another day is a late entry too: it takes that permission, and not the one who gave it. */
  private async checkLate(
    ctx: Context,
    work: UnitOfWork,
    { vaccinatorId }: CorrectVaccinationInput,
    dose: DoseRecord,
  ): Promise<void> {
    may(ctx, 'vaccination.record-late', await this.places.of(work, dose.facilityId));
    if ((vaccinatorId ?? dose.vaccinatorId) === ctx.actor.id)
      throw invalid('vaccinatorId', 'vaccinations.invalid.secondPerson');
  }

  private async check(work: UnitOfWork, input: CorrectVaccinationInput, dose: DoseRecord): Promise<void> {
    const changed = (['lotId', 'givenOn', 'site', 'route', 'vaccinatorId'] as const).some(
      field => input[field] && input[field] !== dose[field],
    );
    if (!changed) throw invalid('reason', 'vaccinations.invalid.nothingChanges');
    if (
      input.vaccinatorId &&
      input.vaccinatorId !== dose.recordedBy &&
      !(await this.staff.staff(work, input.vaccinatorId))
    )
      throw invalid('vaccinatorId', 'vaccinations.invalid.vaccinator');
  }

  /** Moved to another day, a dose of the same lot can only be of a day on which it was there and had not expired. */
  private async notThereThen(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, lotId, givenOn }: DoseRecord,
    wanted: { lotId: string; givenOn: CivilDate },
  ): Promise<Refusal | null> {
    if (wanted.lotId !== lotId || wanted.givenOn === givenOn) return null;
    const lot = await this.stock.lotAt(work, facilityId, lotId);
    // The dose has left the shelf: what is there now, or on hold since, does not matter.
    const refusal = refusalToDraw(lot && { ...lot, onHold: false }, 0, wanted.givenOn, ctx.now());
    return refusal && this.lotRefusals.of(ctx, refusal, lotId, lot);
  }

  /** The right lot is drawn before anything is written, so that a refusal leaves nothing behind. */
  private async drawInstead(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, lotId, sessionId }: DoseRecord,
    wanted: { id: string; lotId: string; givenOn: CivilDate },
  ): Promise<Refusal | null> {
    if (wanted.lotId === lotId) return null;
    await this.stock.lockLots(work, facilityId, [lotId, wanted.lotId]);
    const drawn = await this.stock.draw(ctx, work, {
      facilityId,
      sessionId,
      lotId: wanted.lotId,
      doses: 1,
      referenceId: wanted.id,
      on: wanted.givenOn,
    });
    return drawn.ok ? null : this.lotRefusals.of(ctx, drawn.refusal, wanted.lotId, drawn.lot);
  }

  /** What goes with a correction, in the same transaction: the wrong lot gets its dose back. */
  private async follow(
    ctx: Context,
    work: UnitOfWork,
    dose: DoseRecord,
    fact: Pick<DoseRecord, 'id' | 'lotId' | 'reason'>,
  ): Promise<void> {
    const { personId, facilityId, lotId, id: replaces } = dose;
    const { id: vaccinationId, reason } = fact;
    const back = { facilityId, lotId, doses: 1, referenceId: dose.drawnAs, reason: 'WRONG_LOT' };
    if (fact.lotId !== lotId) await this.stock.giveBack(ctx, work, back);
    this.audit.record(ctx, work, {
      action: 'vaccination.correct',
      resource: { type: 'vaccination', id: vaccinationId },
      personId,
      facilityId,
      detail: { replaces, reason },
    });
    this.outbox.announce(ctx, work, doseCorrected, personId, { personId, vaccinationId, replaces });
  }
}
