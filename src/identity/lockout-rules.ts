/** Failures after which an account waits, and for how long. */
export const LOCKOUT = { failures: 5, minutes: 15 };

export interface SignInState {
  failedAttempts: number;
  lockedUntil: Date | null;
}

/** What an account's counters become after a try. Success clears them; the fifth failure in a row locks. */
export function afterTry(state: SignInState, succeeded: boolean, now: Date): SignInState {
  if (succeeded) return { failedAttempts: 0, lockedUntil: null };
  const failedAttempts = state.failedAttempts + 1;
  if (failedAttempts < LOCKOUT.failures) return { failedAttempts, lockedUntil: null };
  return { failedAttempts: 0, lockedUntil: new Date(now.getTime() + LOCKOUT.minutes * 60_000) };
}

/** Seconds still to wait; 0 when the account is open. */
export const secondsLocked = (state: SignInState, now: Date): number =>
  Math.max(0, Math.ceil(((state.lockedUntil?.getTime() ?? 0) - now.getTime()) / 1000));
