import type { AlertRules } from '../privacy/privacy-rules';

/** Somebody's day so far, as far as it is counted. */
export interface LookDayCounts {
  /** Searches that met nobody. */
  misses: number;
  /** Facilities that she said she stood at. */
  facilities: number;
  /** Persons shown between the hours of the night. */
  nightPersons: number;
}

/** What is unlike other days; each is told once a day for each account. */
export type LookAlert = 'MANY_MISSES' | 'MANY_FACILITIES' | 'AT_NIGHT';

const TABLE: readonly (readonly [LookAlert, (day: LookDayCounts, rules: AlertRules) => boolean])[] = [
  ['MANY_MISSES', (day, rules) => day.misses >= rules.misses],
  ['MANY_FACILITIES', (day, rules) => day.facilities >= rules.facilities],
  ['AT_NIGHT', (day, rules) => day.nightPersons >= rules.nightPersons],
];

export const alertsOf = (day: LookDayCounts, rules: AlertRules): LookAlert[] =>
  TABLE.filter(([, applies]) => applies(day, rules)).map(([alert]) => alert);
