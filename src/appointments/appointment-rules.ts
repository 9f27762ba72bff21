import { addTo, type CivilDate, parseSpan } from '../common';
import { bookablePool, type Pool } from '../facilities';

/** How long a hold keeps places for somebody who is booking, in seconds. */
export const HOLD_SECONDS = 600;

/** The most people in one booking. */
export const FAMILY = 10;

/** Who made an appointment: a citizen for her own people, somebody who helped, or nobody before she came. */
export type Made = 'OWN' | 'ASSISTED' | 'WALK_IN';

/** A person's birth date as far as it is known: between these two days. */
export interface Born {
  earliest: CivilDate;
  latest: CivilDate;
}

/** The ages a session is for: from `minAge`, before `maxAge`; durations as in the schedule, null for no limit. */
export interface AgeWindow {
  minAge: string | null;
  maxAge: string | null;
}

/**
 * Whether somebody is of a session's age on its day. Whose birth date is not known to the day fits as long as one
 * possible day does: not knowing excludes nobody.
 */
export function fitsAge(born: Born, { minAge, maxAge }: AgeWindow, on: CivilDate): boolean {
  const oldEnough = minAge === null || addTo(born.earliest, minAge) <= on;
  const youngEnough = maxAge === null || on < addTo(born.latest, maxAge);
  return oldEnough && youngEnough;
}

/** The birth date that somebody of an age (`9 months`) has today. */
export function bornFor(age: string, today: CivilDate): Born {
  const { months, days } = parseSpan(age);
  const day = addTo(today, { months: -months, days: -days });
  return { earliest: day, latest: day };
}

/**
 * The counter of bookable places that somebody takes from: the session's only one, or that of her dose; null when she
 * must say which dose.
 */
export function openPoolFor(pools: readonly { pool: Pool }[], doseNumber: number | null): Pool | null {
  if (pools.some(({ pool }) => pool === 'any')) return 'any';
  return doseNumber === null ? null : bookablePool(doseNumber);
}

/** How many of a counter's places can still be taken. */
export const freeIn = ({
  capacity,
  held,
  booked,
}: {
  capacity: number;
  held: number;
  booked: number;
}): number => Math.max(0, capacity - held - booked);

/** Letters and digits that are not mistaken for one another when read aloud or written down (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const CODE_LENGTH = 6;

/** A check-in code from random bytes, one a character. */
export const codeFrom = (bytes: Uint8Array): string => [...bytes].map(byte => ALPHABET[byte % 32]).join('');

/** A code as somebody wrote it down, as it was made. */
export const normaliseCode = (text: string): string =>
  text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
