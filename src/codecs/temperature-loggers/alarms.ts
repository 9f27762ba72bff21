/** A logger's reading: the device's own clock, `YYYY-MM-DD HH:mm`; null where the sensor gave nothing. */
export interface Reading {
  at: string;
  celsius: number | null;
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

/** A stay beyond a limit. */
export interface Stay {
  from: string;
  minutes: number;
}

/** Minutes since 1970 of a device's clock, which keeps no zone and no summer time. */
const minuteOf = (at: string) => Date.parse(`${at.replace(' ', 'T')}Z`) / 60_000;

const isBeyond = ({ side, celsius, orAt }: AlarmRule, value: number) =>
  (orAt && value === celsius) || (side === 'low' ? value < celsius : value > celsius);

/** How many minutes each reading stands for: until the next, but never longer than the logging interval. A gap is a gap. */
const spans = (readings: readonly Reading[], interval: number) =>
  readings.map(({ at }, index) => {
    const next = readings[index + 1];
    return next ? Math.max(0, Math.min(interval, minuteOf(next.at) - minuteOf(at))) : interval;
  });

/**
 * The stays beyond a rule's limit, in order. A gap, or a reading without a value, ends a stay: what nobody measured is
 * neither good nor bad.
 * @param readings in order of time
 * @param interval minutes between readings
 */
export function staysBeyond(readings: readonly Reading[], interval: number, rule: AlarmRule): Stay[] {
  const stays: Stay[] = [];
  let until: number | null = null;
  const span = spans(readings, interval);
  readings.forEach(({ at, celsius }, index) => {
    if (celsius === null || !isBeyond(rule, celsius)) return void (until = null);
    if (until === minuteOf(at)) stays.at(-1)!.minutes += span[index]!;
    else stays.push({ from: at, minutes: span[index]! });
    until = minuteOf(at) + span[index]!;
  });
  return stays;
}

/** What a rule makes of readings: the minutes it counts, and whether they raise the alarm. */
export function judge(readings: readonly Reading[], interval: number, rule: AlarmRule) {
  const minutes = staysBeyond(readings, interval, rule).map(stay => stay.minutes);
  const counted =
    rule.counts === 'single'
      ? minutes.reduce((most, one) => Math.max(most, one), 0)
      : minutes.reduce((sum, one) => sum + one, 0);
  return { minutes: counted, alarm: counted >= rule.minutes };
}

/** The minutes beyond a limit on one day of the device's clock; a stay over midnight counts on both sides of it. */
export function minutesBeyondOn(
  day: string,
  readings: readonly Reading[],
  interval: number,
  rule: AlarmRule,
): number {
  const start = minuteOf(`${day} 00:00`);
  return staysBeyond(readings, interval, rule).reduce((sum, { from, minutes }) => {
    const first = Math.max(start, minuteOf(from));
    return sum + Math.max(0, Math.min(start + 1440, minuteOf(from) + minutes) - first);
  }, 0);
}

/** The stretches in which nothing was measured between two readings: from the last that was, to the next. */
export function gapsIn(readings: readonly Reading[], interval: number): { from: string; to: string }[] {
  const measured = readings.filter(reading => reading.celsius !== null);
  return measured.slice(1).flatMap(({ at }, index) => {
    const from = measured[index]!.at;
    return minuteOf(at) - minuteOf(from) > interval ? [{ from, to: at }] : [];
  });
}

/** The molar gas constant, kJ/(mol·K) (CODATA 2018). */
const GAS = 8.314462618e-3;

/**
 * Mean kinetic temperature in °C (USP <1079.2>): the one temperature that would have done the same harm. Null without a
 * single reading.
 * @param energy of activation, kJ/mol; USP takes 83.144 where nothing better is known
 */
export function meanKineticTemperature(readings: readonly Reading[], energy = 83.144): number | null {
  const values = readings.flatMap(({ celsius }) => (celsius === null ? [] : [celsius + 273.15]));
  if (values.length === 0) return null;
  const mean = values.reduce((sum, kelvin) => sum + Math.exp(-energy / GAS / kelvin), 0) / values.length;
  return energy / GAS / -Math.log(mean) - 273.15;
}
