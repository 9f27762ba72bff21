/** A logger's reading: the device's own clock, `YYYY-MM-DD HH:mm`; null where the sensor gave nothing. */
export interface Reading {
  at: string;
  celsius: number | null;
}

/** What was measured at an instant, in minutes since 1970, of which seconds are fractions; null where nothing was. */
export interface Sample {
  minute: number;
  celsius: number | null;
}

/** How often a logger measures, and by how much a reading may be late without leaving a gap before it. Minutes. */
export interface Pace {
  interval: number;
  slack: number;
}

/**
 * When a product is at risk. `single`: one unbroken stay beyond the limit; `cumulative`: all stays together. Beyond
 * means below (`orAt`: or at) a low limit, above a high one, for at least `minutes`.
 */
export interface AlarmRule {
  side: 'low' | 'high';
  celsius: number;
  orAt: boolean;
  minutes: number;
  counts: 'single' | 'cumulative';
}

/** WHO PQS E006 default for products kept at +2 to +8 °C: −0.5 °C or colder for an hour, over 8 °C for ten hours. */
export const defaultAlarmRules: readonly AlarmRule[] = [
  { side: 'low', celsius: -0.5, orAt: true, minutes: 60, counts: 'single' },
  { side: 'high', celsius: 8, orAt: false, minutes: 600, counts: 'single' },
];

/** A stay beyond a limit, from a minute since 1970 on. */
export interface Stay {
  from: number;
  minutes: number;
}

/** Readings by the minutes of their device's clock, which keeps no zone and no summer time. */
export const samplesOf = (readings: readonly Reading[]): Sample[] =>
  readings.map(({ at, celsius }) => ({ minute: minuteOf(at), celsius }));

const minuteOf = (at: string) => Date.parse(`${at.replace(' ', 'T')}Z`) / 60_000;

/** Whether a temperature is on the wrong side of a rule's limit. */
export const isBeyond = (
  { side, celsius, orAt }: Pick<AlarmRule, 'side' | 'celsius' | 'orAt'>,
  value: number,
): boolean => (orAt && value === celsius) || (side === 'low' ? value < celsius : value > celsius);

/** How many minutes each sample stands for, and whether the next one follows without a gap. A gap is a gap. */
const spans = (samples: readonly Sample[], { interval, slack }: Pace) =>
  samples.map(({ minute }, index) => {
    const next = samples[index + 1];
    const until = next ? Math.max(0, next.minute - minute) : Infinity;
    return until <= interval + slack
      ? { minutes: until, joined: true }
      : { minutes: interval, joined: false };
  });

/**
 * The stays beyond a rule's limit, in order. A gap, or a sample without a value, ends a stay: what nobody measured is
 * neither good nor bad. A sample stands for the time until the next, and for one interval where none follows.
 * @param samples in order of time
 */
export function staysBeyond(
  samples: readonly Sample[],
  pace: Pace,
  rule: Pick<AlarmRule, 'side' | 'celsius' | 'orAt'>,
): Stay[] {
  const stays: Stay[] = [];
  let goesOn = false;
  const span = spans(samples, pace);
  samples.forEach(({ minute, celsius }, index) => {
    const { minutes, joined } = span[index]!;
    const beyond = celsius !== null && isBeyond(rule, celsius);
    if (beyond && goesOn) stays.at(-1)!.minutes += minutes;
    else if (beyond) stays.push({ from: minute, minutes });
    goesOn = beyond && joined;
  });
  return stays;
}

/** What a rule makes of samples: the minutes it counts, and whether they raise the alarm. */
export function judge(samples: readonly Sample[], pace: Pace, rule: AlarmRule) {
  const minutes = staysBeyond(samples, pace, rule).map(stay => stay.minutes);
  const counted =
    rule.counts === 'single'
      ? minutes.reduce((most, one) => Math.max(most, one), 0)
      : minutes.reduce((sum, one) => sum + one, 0);
  return { minutes: counted, alarm: counted >= rule.minutes };
}

/** The minutes of stays between two minutes; a stay over midnight counts on both sides of it. */
export const minutesWithin = (stays: readonly Stay[], from: number, to: number): number =>
  stays.reduce(
    (sum, stay) => sum + Math.max(0, Math.min(to, stay.from + stay.minutes) - Math.max(from, stay.from)),
    0,
  );

/** The stretches in which nothing was measured between two samples: from the last that was, to the next. */
export function gapsIn(
  samples: readonly Sample[],
  { interval, slack }: Pace,
): { from: number; to: number }[] {
  const measured = samples.filter(sample => sample.celsius !== null);
  return measured.slice(1).flatMap(({ minute: to }, index) => {
    const from = measured[index]!.minute;
    return to - from > interval + slack ? [{ from, to }] : [];
  });
}

/** The molar gas constant, kJ/(mol·K) (CODATA 2018). */
const GAS = 8.314462618e-3;

/**
 * Mean kinetic temperature in °C (USP <1079.2>): the one temperature that would have done the same harm. Null without a
 * single reading.
 * @param energy of activation, kJ/mol; USP takes 83.144 where nothing better is known
 */
export function meanKineticTemperature(
  samples: readonly Pick<Sample, 'celsius'>[],
  energy = 83.144,
): number | null {
  const values = samples.flatMap(({ celsius }) => (celsius === null ? [] : [celsius + 273.15]));
  if (values.length === 0) return null;
  const mean = values.reduce((sum, kelvin) => sum + Math.exp(-energy / GAS / kelvin), 0) / values.length;
  return energy / GAS / -Math.log(mean) - 273.15;
}
