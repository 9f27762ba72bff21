import { Injectable } from '@nestjs/common';
import { Attendance } from '../appointments';
import { AuditTrail } from '../audit';
import type { CivilDate } from '../common';
import { civilNow, Places } from '../facilities';
import { IdentityStore } from '../identity';
import { type DrawRefusal, type LotAtFacility, LotRefusals, refusalToDraw, Stock } from '../inventory';
import { may, mayAnywhere, type Permission } from '../platform/access';
import type { Context } from '../platform/context';
import { Database, type UnitOfWork } from '../platform/database';
import { invalid } from '../platform/errors';
import { Outbox } from '../platform/events';
import type { Refusal } from '../platform/graphql';
import { type Programme, Programmes } from '../programmes';
import { type PersonRecord, Persons } from '../registry';
import type { DoseRecord, Presence } from './dose-record';
import { HistoryMoved, whileHistoryMoves } from './history-moved';
import { type Outcome, onceOrRefused } from './outcome';
import { PresenceCheck } from './presence';
import { ReadVaccinations } from './read-vaccinations';
import type { Vaccination } from './vaccination.graphql';
import { doseForDeceasedRefused, doseRecorded } from './vaccinations.events';
import { DoseRefusals } from './vaccinations.refusals';
import { VaccinationsStore } from './vaccinations.store';
import { WeighDose, type WeighedDose } from './weigh-dose';

export interface RecordVaccinationInput {
  idempotencyKey: string;
  personId: string;
  facilityId: string;
  sessionId?: string | null;
  lotId: string;
  givenOn?: CivilDate | null;
  lateReason?: string | null;
  vaccinatorId?: string | null;
  site?: string | null;
  route?: string | null;
  presence: Presence;
  presenceReason?: string | null;
  clinicalReason?: string | null;
}

/**
 * A dose was given: of a lot that lies there, to a person who was there, and that the schedule counts. Dose, stock,
 * audit and announcement are committed together, and a history that moves meanwhile is decided on again.
 */
@Injectable()
export class RecordVaccination {
  constructor(
    private readonly database: Database,
    private readonly store: VaccinationsStore,
    private readonly persons: Persons,
    private readonly places: Places,
    private readonly programmes: Programmes,
    private readonly staff: IdentityStore,
    private readonly stock: Stock,
    private readonly lotRefusals: LotRefusals,
    private readonly refusals: DoseRefusals,
    private readonly presence: PresenceCheck,
    private readonly attendance: Attendance,
    private readonly weigh: WeighDose,
    private readonly read: ReadVaccinations,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Throws NOT_FOUND for no such person or facility, FORBIDDEN where the caller may not record. */
  async run(ctx: Context, input: RecordVaccinationInput): Promise<Vaccination | Refusal> {
    mayAnywhere(ctx, permissionFor(ctx, input));
    const programme = await this.programmes.current(ctx);
    return whileHistoryMoves(() =>
      this.database.write(ctx, async work => {
        may(ctx, permissionFor(ctx, input), await this.places.of(work, input.facilityId));
        const outcome = await onceOrRefused(ctx, work, input, () => this.record(ctx, work, programme, input));
        if ('refusal' in outcome) return outcome.refusal;
        return this.read.one(ctx, work, programme, { personId: input.personId, id: outcome.id });
      }),
    );
  }

  private async record(
    ctx: Context,
    work: UnitOfWork,
    programme: Programme,
    input: RecordVaccinationInput,
  ): Promise<Outcome> {
    const { facilityId, lotId } = input;
    const person = await this.persons.byId(ctx, work, input.personId);
    if (person.status === 'deceased') return this.refuseDeceased(ctx, work, person, facilityId);
    const givenOn = input.givenOn ?? civilNow(ctx).date;
    if (givenOn < civilNow(ctx).date && !input.lateReason)
      return { refusal: this.refusals.dateNotToday(ctx, civilNow(ctx).date) };
    await this.checkVaccinator(ctx, work, input, givenOn);
    if (!(await this.presence.holds(ctx, work, input, givenOn)))
      return { refusal: this.refusals.notCheckedIn(ctx, person.id) };
    const { facts, doses } = await this.store.historyOf(work, person.id);
    const lot = await this.stock.lotAt(work, facilityId, lotId);
    const unfit = refusalToDraw(lot, 1, givenOn);
    if (!lot || unfit)
      return { refusal: await this.refuseLot(ctx, work, unfit ?? 'not-in-stock', lotId, lot) };

    const id = ctx.newId();
    const weighed = await this.weigh.in(ctx, work, programme, { id, person, lot, givenOn, others: doses });
    if (weighed.objection && !input.clinicalReason)
      return { refusal: this.refusals.objection(ctx, programme, weighed.objection) };
    const drawn = await this.stock.draw(ctx, work, {
      facilityId,
      lotId,
      doses: 1,
      referenceId: id,
      on: givenOn,
    });
    if (!drawn.ok) return { refusal: this.lotRefusals.of(ctx, drawn.refusal, lotId, drawn.lot) };
    const dose = factOf(ctx, id, input, weighed);
    if (!(await this.store.add(work, facts, dose))) throw new HistoryMoved();
    await this.follow(ctx, work, dose, weighed);
    return { id };
  }

  /** What goes with a recorded dose, in the same transaction. */
  private async follow(ctx: Context, work: UnitOfWork, dose: NewDose, weighed: WeighedDose): Promise<void> {
    const { personId, facilityId, sessionId, id } = dose;
    if (sessionId) await this.attendance.completed(ctx, work, { facilityId, sessionId, personId });
    this.audit.record(ctx, work, {
      action: 'vaccination.record',
      resource: { type: 'vaccination', id },
      personId,
      facilityId,
      detail: {
        presence: dose.presence,
        late: dose.lateReason !== null,
        againstSchedule: weighed.objection?.kind ?? null,
      },
    });
    await this.outbox.announce(ctx, work, doseRecorded, personId, {
      personId,
      vaccinationId: id,
      facilityId,
    });
  }

  /** Nobody enters a dose of another day alone: who gave it is named and is somebody else (ROLES.md, vaccinator). */
  private async checkVaccinator(
    ctx: Context,
    work: UnitOfWork,
    { vaccinatorId }: RecordVaccinationInput,
    givenOn: CivilDate,
  ): Promise<void> {
    const other = vaccinatorId && vaccinatorId !== ctx.actor.id ? vaccinatorId : null;
    if (givenOn !== civilNow(ctx).date && !other)
      throw invalid('vaccinatorId', 'vaccinations.invalid.secondPerson');
    if (other && !(await this.staff.staff(work, other)))
      throw invalid('vaccinatorId', 'vaccinations.invalid.vaccinator');
  }

  private async refuseDeceased(
    ctx: Context,
    work: UnitOfWork,
    { id: personId }: PersonRecord,
    facilityId: string,
  ): Promise<Outcome> {
    this.audit.record(ctx, work, {
      action: 'vaccination.record-for-deceased',
      resource: { type: 'person', id: personId },
      personId,
      facilityId,
    });
    await this.outbox.announce(ctx, work, doseForDeceasedRefused, personId, { personId, facilityId });
    return { refusal: this.refusals.deceased(ctx, personId) };
  }

  private async refuseLot(
    ctx: Context,
    work: UnitOfWork,
    refusal: DrawRefusal,
    lotId: string,
    here: LotAtFacility | null,
  ): Promise<Refusal> {
    return this.lotRefusals.of(ctx, refusal, lotId, here ?? (await this.stock.lot(work, lotId)));
  }
}

type NewDose = Omit<DoseRecord, 'replaced'>;

/** A late entry with its reason takes a permission of its own. */
const permissionFor = (ctx: Context, { givenOn, lateReason }: RecordVaccinationInput): Permission =>
  givenOn && lateReason && givenOn !== civilNow(ctx).date ? 'vaccination.record-late' : 'vaccination.record';

function factOf(ctx: Context, id: string, input: RecordVaccinationInput, weighed: WeighedDose): NewDose {
  const by = ctx.actor.id ?? ctx.actor.kind;
  const late = weighed.settled.givenOn !== civilNow(ctx).date;
  return {
    ...weighed.settled,
    personId: input.personId,
    id,
    kind: 'given',
    replaces: null,
    reason: null,
    drawnAs: id,
    facilityId: input.facilityId,
    sessionId: input.sessionId ?? null,
    site: input.site ?? null,
    route: input.route ?? weighed.route,
    vaccinatorId: input.vaccinatorId ?? by,
    presence: input.presence,
    presenceReason: input.presenceReason ?? null,
    lateReason: late ? (input.lateReason ?? null) : null,
    clinicalReason: weighed.objection ? (input.clinicalReason ?? null) : null,
    recordedBy: by,
    recordedAt: ctx.now(),
    firstRecordedBy: by,
    firstRecordedAt: ctx.now(),
  };
}
