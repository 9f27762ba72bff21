import { isSpan } from '../../common';

/** What is stored; whether a planned session is open follows from the clock, see {@link sessionState}. */
export type StoredState = 'PLANNED' | 'CLOSED' | 'CANCELLED';
export type SessionState = StoredState | 'OPEN';

/**
 * A sort of place. A session counts its bookable places either all together (`any`) or by dose number (`dose-1`);
 * beside them, and not among them, stand those kept for people who come without an appointment, for assisted booking,
 * and those that are not booked but given out in a draw.
 */
export type Pool = 'any' | `dose-${number}` | 'walk-in' | 'assisted' | 'drawn';

/** The most places of those that are booked as people come: for one account, one device, one network; null for no limit. */
export interface SessionCaps {
  account: number | null;
  device: number | null;
  network: number | null;
}

/** Places to book: for one dose number, or (null) for every dose alike. */
export interface PlannedPlaces {
  doseNumber: number | null;
  places: number;
}

/** The parts of a plan that rules look at. Ages are durations as in the schedule, e.g. `6 weeks`. */
export interface SessionPlan {
  date: string;
  startTime: string;
  endTime: string;
  minAge: string | null;
  maxAge: string | null;
  capacity: readonly PlannedPlaces[];
  walkInPlaces: number;
  assistedPlaces: number;
}

/** The country's own day and time of an instant: `YYYY-MM-DD` and `HH:MM`. */
export interface CivilMoment {
  date: string;
  time: string;
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** What is wrong with a plan: the field, and the text of `facilities.fault` that says it. */
export function planFaults(plan: SessionPlan, now: CivilMoment): { field: string; key: string }[] {
  const { startTime, endTime, minAge, maxAge, date } = plan;
  const hours = TIME.test(startTime) && TIME.test(endTime) && startTime < endTime;
  const ages = [minAge, maxAge].filter(age => age !== null);
  return [
    ...(hours ? [] : [{ field: 'endTime', key: 'hours' }]),
    ...(date < now.date || (date === now.date && endTime <= now.time)
      ? [{ field: 'date', key: 'past' }]
      : []),
    ...(ages.every(isSpan) ? [] : [{ field: 'minAge', key: 'age' }]),
    ...placesFaults(plan),
  ];
}

/** Faults of the places alone, for a plan and for a change of it. */
export function placesFaults(plan: Pick<SessionPlan, 'capacity' | 'walkInPlaces' | 'assistedPlaces'>) {
  const doses = plan.capacity.map(({ doseNumber }) => doseNumber);
  const mixed = doses.includes(null) && doses.length > 1;
  const none = poolsOf(plan).every(({ capacity }) => capacity === 0);
  return [
    ...(mixed || new Set(doses).size < doses.length ? [{ field: 'capacity', key: 'doses' }] : []),
    ...(none ? [{ field: 'capacity', key: 'noPlaces' }] : []),
  ];
}

/** Caps as somebody gave them; what she left out is no limit. */
export const capsOf = (
  given?: { [On in keyof SessionCaps]?: SessionCaps[On] | undefined } | null,
): SessionCaps => ({
  account: given?.account ?? null,
  device: given?.device ?? null,
  network: given?.network ?? null,
});

/** The counters that a plan needs. */
export function poolsOf(
  plan: Pick<SessionPlan, 'capacity' | 'walkInPlaces' | 'assistedPlaces'>,
): { pool: Pool; capacity: number }[] {
  return [
    ...plan.capacity.map(({ doseNumber, places }) => ({ pool: bookablePool(doseNumber), capacity: places })),
    { pool: 'walk-in', capacity: plan.walkInPlaces },
    { pool: 'assisted', capacity: plan.assistedPlaces },
  ];
}

/** The counter of bookable places for a dose number, or of those for every dose. */
export const bookablePool = (doseNumber: number | null): Pool =>
  doseNumber === null ? 'any' : `dose-${doseNumber}`;

/** Whether people can book: planned becomes open at the announced instant and closed when the day's hours are over. */
export function sessionState(
  session: { state: StoredState; opensAt: Date; date: string; endTime: string },
  now: Date,
  civil: CivilMoment,
): SessionState {
  if (session.state !== 'PLANNED') return session.state;
  if (session.date < civil.date || (session.date === civil.date && session.endTime <= civil.time))
    return 'CLOSED';
  return session.opensAt <= now ? 'OPEN' : 'PLANNED';
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The civil time of an instant in a time zone (IANA name), `HH:MM`. */
export function civilTimeOf(instant: Date, timeZone: string): string {
  const clock = clocks.get(timeZone) ?? clockOf(timeZone);
  clocks.set(timeZone, clock);
  const parts = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${parts.hour}:${parts.minute}`;
}

const clockOf = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(undefined, {
    timeZone,
    numberingSystem: 'latn',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
