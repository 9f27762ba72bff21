/** How many different persons one member of staff may be shown on a day of the country. */
export interface LookLimits {
  /** Without more ado. */
  day: number;
  /** When she has proved her second factor once more; then no further. */
  dayAfterStepUp: number;
}

/** The product's own: a full day at a small facility, and the fullest day that one pair of hands has had. */
export const DEFAULT_LOOK_LIMITS: LookLimits = { day: 50, dayAfterStepUp: 300 };

/** What somebody is told who would have been shown so many. */
export type LookVerdict = 'SHOWN' | 'STEP_UP' | 'STOP';

export function lookVerdict(persons: number, steppedUp: boolean, limits: LookLimits): LookVerdict {
  if (persons <= (steppedUp ? limits.dayAfterStepUp : limits.day)) return 'SHOWN';
  return steppedUp || persons > limits.dayAfterStepUp ? 'STOP' : 'STEP_UP';
}
