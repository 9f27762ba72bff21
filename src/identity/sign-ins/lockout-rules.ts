/** Passwords tried for one name before it waits, and for how long. */
export const LOCKOUT = { failures: 5, minutes: 15 };

/** What is known of the tries for a name. Every try counts as failed until it has succeeded. */
export interface Tries {
  failures: number;
  lockedUntil: Date | null;
}

/**
 * What a name's counters become with one more try, counted before the password is looked at, so that parallel guesses
 * are counted one by one. The fifth in a row may still succeed; it locks the name for those after it.
 */
export function withOneMore({ failures }: Tries, now: Date): Tries {
  const tried = failures + 1;
  if (tried < LOCKOUT.failures) return { failures: tried, lockedUntil: null };
  return { failures: 0, lockedUntil: new Date(now.getTime() + LOCKOUT.minutes * 60_000) };
}

/** Seconds still to wait; 0 when the name may be tried. */
export const secondsLocked = (tries: Tries, now: Date): number =>
  Math.max(0, Math.ceil(((tries.lockedUntil?.getTime() ?? 0) - now.getTime()) / 1000));
