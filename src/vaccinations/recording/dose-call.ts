import type { CivilDate } from '../../common';
import type { FacilityPlace } from '../../facilities';
import type { Shelf } from '../../inventory';
import type { Permission } from '../../platform/access';
import type { Context } from '../../platform/context';
import type { Answered, KeyedRequest } from '../../platform/database';
import type { AppError } from '../../platform/errors';
import type { Refusal } from '../../platform/graphql';
import type { Programme } from '../../programmes';
import type { PersonRow } from '../../registry';
import type { DoseRecord, Presence, ToldByDevice } from '../dose-record';
import type { History } from '../vaccinations.store';
import type { WeighedDose } from '../weigh-dose';
import type { KnownPresence } from './presence';

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
 * That a dose was given before we hear of it, offline or on paper. It has happened: what the schedule has against it
 * is said and does not refuse it, nor does a hold that began after its day; and it may be told twice.
 */
export interface PastDose {
  /** Who told of it, e.g. a device: its keys are one set, whoever carries them in. */
  keyOwner: string;
  /** What its key stands for; the same again is the same dose. */
  request: unknown;
  /** Who entered it, when the service records it later; the caller when left out. */
  enteredBy?: string;
  permission: Permission;
  /** When it was given by our clock; null where no more is known than the day. */
  givenAt: Date | null;
  /** A dose of an earlier day is a late entry; null: of any day. */
  notBefore: CivilDate | null;
  /** Whether somebody else than who enters it must have given it. */
  secondPerson: boolean;
  /** What is wrong about what was told, found before it was looked at further. */
  fault: AppError | null;
  /** Another dose of the vaccine so few days off may be this one; null: it is known to be another. */
  duplicateDays: number | null;
  /** Left out: it was told on paper. */
  device?: ToldByDevice;
}

/** Who records which dose. */
export interface DoseCall {
  ctx: Context;
  input: RecordVaccinationInput;
  past?: PastDose;
}

export type NewDose = Omit<DoseRecord, 'replaced'>;

/**
 * What a call comes to, before anything is written: a dose, a "no", the dose that it made when it was sent before, or an
 * error, `allowed` when it is not that the caller may not record there.
 */
export type Decision =
  | { dose: NewDose; history: History; weighed: WeighedDose }
  | { refusal: Refusal }
  | { earlierId: string }
  | { error: unknown; allowed: boolean };

/** All that the calls of a batch are decided on. `shelf` runs down as their doses are taken from it. */
export interface Known {
  programme: Programme;
  places: ReadonlyMap<string, FacilityPlace>;
  persons: ReadonlyMap<string, PersonRow>;
  histories: ReadonlyMap<string, History>;
  staff: ReadonlySet<string>;
  presence: KnownPresence;
  shelf: Shelf;
  answered: Answered;
}

/** The call as its key marks it. */
export const asRequest = ({ ctx, input, past }: DoseCall): KeyedRequest =>
  past
    ? { ctx, key: input.idempotencyKey, request: past.request, owner: past.keyOwner }
    : { ctx, key: input.idempotencyKey, request: input };

/** Nearly every call has its ids as the database writes them. */
const isPlain = (id: string | null | undefined): boolean =>
  id === undefined || (id !== null && id === id.toLowerCase());
const hasPlainIds = ({ personId, facilityId, lotId, sessionId, vaccinatorId }: RecordVaccinationInput) =>
  isPlain(personId) && isPlain(facilityId) && isPlain(lotId) && isPlain(sessionId) && isPlain(vaccinatorId);

/** The call with its ids as the database writes them: in capitals they are the same ids, and would not be found again. */
export function withPlainIds(call: DoseCall): DoseCall {
  const { ctx, input, past } = call;
  if (hasPlainIds(input)) return call;
  const plain = Object.assign({}, input, {
    personId: input.personId.toLowerCase(),
    facilityId: input.facilityId.toLowerCase(),
    lotId: input.lotId.toLowerCase(),
    sessionId: input.sessionId?.toLowerCase(),
    vaccinatorId: input.vaccinatorId?.toLowerCase(),
  }); // no spread: decision 0045
  return { ctx, input: plain, past };
}

/** What two calls must not both hold at one moment. */
export const keysOf = ({ ctx, input, past }: DoseCall): string[] => [
  `person ${input.personId.toLowerCase()}`,
  `key ${past?.keyOwner ?? `${ctx.actor.kind} ${ctx.actor.id}`} ${input.idempotencyKey}`,
];

/** Who is said to have given the dose, when it is not who records it. */
export const otherVaccinator = (call: DoseCall): string | null => {
  const { vaccinatorId } = call.input;
  return vaccinatorId && vaccinatorId !== recorderOf(call) ? vaccinatorId : null;
};

/** Who stands for the record. */
export const recorderOf = ({ ctx, past }: DoseCall): string =>
  past?.enteredBy ?? ctx.actor.id ?? ctx.actor.kind;
