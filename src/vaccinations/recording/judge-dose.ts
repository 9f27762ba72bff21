import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { type CivilDate, daysBetween, isId } from '../../common';
import { civilNow } from '../../facilities';
import { asOfDay, type LotAtFacility, LotRefusals, refusalToDraw } from '../../inventory';
import { may, type Permission } from '../../platform/access';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { invalid, notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import type { Refusal } from '../../platform/graphql';
import type { PersonRow } from '../../registry';
import { countAnew } from '../dose-rules';
import { enginePerson } from '../doses';
import { doseForDeceasedRefused } from '../vaccinations.events';
import { DoseRefusals } from '../vaccinations.refusals';
import type { RecordedDose } from '../vaccinations.store';
import { weigh, type WeighedDose } from '../weigh-dose';
import {
  asRequest,
  type Decision,
  type DoseCall,
  type Known,
  type NewDose,
  otherVaccinator,
  recorderOf,
  type RecordVaccinationInput,
} from './dose-call';
import { wasThere } from './presence';

/** Decides about one dose on what is known: by itself, whatever becomes of the others. */
@Injectable()
export class JudgeDose {
  constructor(
    private readonly refusals: DoseRefusals,
    private readonly lotRefusals: LotRefusals,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Never throws. Writes nothing but that somebody tried to record a dose for the dead. */
  decide(work: UnitOfWork, call: DoseCall, known: Known): Decision {
    let allowed = false;
    try {
      const place = known.places.get(call.input.facilityId);
      if (!place) throw notFound();
      may(call.ctx, permissionFor(call), place);
      allowed = true;
      // First of all: what is recorded is so, though the clock that now tells of it again was set in between
      const earlierId = known.answered.idOf(asRequest(call));
      if (earlierId) return { earlierId };
      if (call.past?.fault) throw call.past.fault;
      checkIds(call.input);
      return this.decideNew(work, call, known);
    } catch (error) {
      return { error, allowed };
    }
  }

  private decideNew(work: UnitOfWork, call: DoseCall, known: Known): Decision {
    const { ctx, input } = call;
    const { facilityId, lotId } = input;
    const today = civilNow(ctx).date;
    const person = known.persons.get(input.personId);
    if (!person) throw notFound();
    if (person.status === 'deceased') return { refusal: this.refuseDeceased(ctx, work, person, facilityId) };
    const givenOn = input.givenOn ?? today;
    if (isLate(call, givenOn, today)) return { refusal: this.refusals.dateNotToday(ctx, today) };
    checkVaccinator(call, known, givenOn);
    if (!wasThere(known.presence, input, givenOn))
      return { refusal: this.refusals.notCheckedIn(ctx, person.id) };
    const { lot, here } = known.shelf.find(facilityId, lotId);
    const unfit = refusalToDraw(here && asItWas(call, here, givenOn), 1, givenOn, ctx.now());
    if (!here || unfit)
      return { refusal: this.lotRefusals.of(ctx, unfit ?? 'not-in-stock', lotId, here ?? lot) };

    const id = ctx.newId();
    const history = known.histories.get(person.id)!;
    const product = known.programme.products.get(here.productCode)!;
    const dose = { id, person, product, lot: here, givenOn, others: history.doses };
    const weighed = weigh(known.programme, today, dose);
    const twin = toldTwice(call, known, person, { id, ...weighed.settled }, today);
    if (twin) return { refusal: this.refusals.duplicate(ctx, known.programme, twin) };
    if (weighed.objection && !input.clinicalReason && !call.past)
      return { refusal: this.refusals.objection(ctx, known.programme, weighed.objection) };
    here.doses -= 1;
    return { dose: factOf(call, id, weighed), history, weighed };
  }

  private refuseDeceased(
    ctx: Context,
    work: UnitOfWork,
    { id: personId }: PersonRow,
    facilityId: string,
  ): Refusal {
    this.audit.record(ctx, work, {
      action: 'vaccination.record-for-deceased',
      resource: { type: 'person', id: personId },
      personId,
      facilityId,
    });
    this.outbox.announce(ctx, work, doseForDeceasedRefused, personId, { personId, facilityId });
    return this.refusals.deceased(ctx, personId);
  }
}

/** A late entry with its reason takes a permission of its own. */
export function permissionFor({ ctx, input: { givenOn, lateReason }, past }: DoseCall): Permission {
  if (past) return past.permission;
  return givenOn && lateReason && givenOn !== civilNow(ctx).date
    ? 'vaccination.record-late'
    : 'vaccination.record';
}

/** What the API has checked of one call, and cannot of a thousand without refusing them all for one. */
function checkIds(input: RecordVaccinationInput): void {
  for (const path of ['personId', 'lotId', 'sessionId', 'vaccinatorId'] as const) {
    const id = input[path];
    if (id !== null && id !== undefined && !isId(id)) throw invalid(path, 'validation.isUuid');
  }
}

const isLate = ({ input, past }: DoseCall, givenOn: CivilDate, today: CivilDate): boolean =>
  past ? past.notBefore !== null && givenOn < past.notBefore : givenOn < today && !input.lateReason;

/** Nobody enters a dose of another day alone: who gave it is named and is somebody else (ROLES.md, vaccinator). */
function checkVaccinator(call: DoseCall, { staff }: Known, givenOn: CivilDate): void {
  const other = otherVaccinator(call);
  const needed = call.past ? call.past.secondPerson : givenOn !== civilNow(call.ctx).date;
  if (needed && !other) throw invalid('vaccinatorId', 'vaccinations.invalid.secondPerson');
  if (other && !staff.has(other)) throw invalid('vaccinatorId', 'vaccinations.invalid.vaccinator');
}

/** The lot as it stood on the day of a past dose: a hold of a later day was not there yet, nor was what is open now. */
function asItWas({ ctx, past }: DoseCall, lot: LotAtFacility, givenOn: CivilDate): LotAtFacility {
  return past ? asOfDay(lot, givenOn, ctx.tenant!.timeZone) : lot;
}

/** The dose of the same vaccine that a past dose may be: a few days off, and not both of them count. */
function toldTwice(
  { past }: DoseCall,
  { programme, histories }: Known,
  person: PersonRow,
  dose: Pick<NewDose, 'id' | 'vaccineCode' | 'givenOn' | 'lotExpiresOn'>,
  today: CivilDate,
): RecordedDose | null {
  const days = past?.duplicateDays ?? null;
  if (days === null) return null;
  const { doses } = histories.get(person.id)!;
  const near = doses.filter(
    other =>
      other.vaccineCode === dose.vaccineCode && Math.abs(daysBetween(other.givenOn, dose.givenOn)) <= days,
  );
  if (near.length === 0) return null;
  const { person: withAll } = enginePerson(person, [...doses, dose], today);
  const counted = countAnew(programme.schedule, withAll, today);
  const counts = (id: string): boolean => counted.get(id)!.some(({ status }) => status === 'valid');
  return near.find(other => !counts(other.id) || !counts(dose.id)) ?? null;
}

function factOf(call: DoseCall, id: string, weighed: WeighedDose): NewDose {
  const { ctx, input } = call;
  const by = recorderOf(call);
  const late = weighed.settled.givenOn !== civilNow(ctx).date;
  return {
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
    ...weighed.settled, // last: decision 0045
  };
}
