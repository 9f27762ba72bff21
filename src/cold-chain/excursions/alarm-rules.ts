import {
  type AlarmRule,
  defaultAlarmRules,
  isBeyond,
  minutesWithin,
  type Pace,
  type Sample,
  type Stay,
  staysBeyond,
} from '../../codecs/temperature-loggers';
import type { TemperatureClass } from '../../common';

/** An alarm rule of a country. A cumulative one counts the stays of so many days together. */
export type BearRule = AlarmRule & { withinDays: number | null };

/** Products that bear the same. */
export interface Bearing {
  /** Code of the country's storage class. */
  code: string;
  keptAt: TemperatureClass;
  rules: readonly BearRule[];
  productCodes: readonly string[];
}

/** A storage class as a country says it; see `storage` of its pack. */
export interface CountryClass {
  readonly code: string;
  readonly keptAt: TemperatureClass;
  readonly vaccines: readonly string[];
  readonly alarms: readonly {
    readonly side: 'low' | 'high';
    readonly celsius: number;
    readonly orAt?: boolean;
    readonly minutes: number;
    readonly counts: 'single' | { readonly withinDays: number };
  }[];
}

/** The class of what a country names in none: kept at +2 to +8 °C, WHO PQS E006. */
const USUAL = 'usual';

/** What each product of a country bears. */
export function bearingsOf(
  classes: readonly CountryClass[],
  products: readonly { code: string; vaccine: string }[],
): Bearing[] {
  const named = new Set(classes.flatMap(({ vaccines }) => vaccines));
  const codesOf = (has: (vaccine: string) => boolean) =>
    products.filter(({ vaccine }) => has(vaccine)).map(({ code }) => code);
  const usual: Bearing = {
    code: USUAL,
    keptAt: 'CHILLED',
    rules: defaultAlarmRules.map(rule => ({ ...rule, withinDays: null })),
    productCodes: codesOf(vaccine => !named.has(vaccine)),
  };
  return [
    ...classes.map(({ code, keptAt, vaccines, alarms }) => ({
      code,
      keptAt,
      rules: alarms.map(ruleOf),
      productCodes: codesOf(vaccine => vaccines.includes(vaccine)),
    })),
    usual,
  ];
}

const ruleOf = ({ side, celsius, orAt, minutes, counts }: CountryClass['alarms'][number]): BearRule => ({
  side,
  celsius,
  orAt: orAt ?? false,
  minutes,
  counts: counts === 'single' ? 'single' : 'cumulative',
  withinDays: counts === 'single' ? null : counts.withinDays,
});

/**
 * What is judged on one side: classes that bear the same there are one matter and one decision. It goes by the name of what
 * is usual where that is among them, else of the first.
 */
export function bearingsOn(side: BearRule['side'], bearings: readonly Bearing[]): Bearing[] {
  const alike = new Map<string, Bearing>();
  for (const { rules, ...bearing } of bearings) {
    const ofSide = rules.filter(rule => rule.side === side);
    if (ofSide.length === 0) continue;
    const key = JSON.stringify([bearing.keptAt, ofSide]);
    const { code, productCodes } = alike.get(key) ?? { code: bearing.code, productCodes: [] };
    alike.set(key, {
      ...bearing,
      code: bearing.code === USUAL ? USUAL : code,
      rules: ofSide,
      productCodes: [...productCodes, ...bearing.productCodes],
    });
  }
  return [...alike.values()];
}

/** A stretch of time, in minutes since 1970. */
export interface Stretch {
  from: number;
  to: number;
}

/** When a rule says that its products were at risk. */
export interface Alarm extends Stretch {
  rule: BearRule;
}

/**
 * The stretches of time that raise the alarm by each rule, those of one rule in order and apart. One of a cumulative rule
 * lasts from the first of the stays that count together to the end of the last.
 * @param samples in order of time, with all that a rule counts together
 */
export const alarmsIn = (samples: readonly Sample[], pace: Pace, rules: readonly BearRule[]): Alarm[] =>
  rules.flatMap(rule =>
    stretchesOf(staysBeyond(samples, pace, rule), rule).map(stretch => ({ ...stretch, rule })),
  );

function stretchesOf(stays: readonly Stay[], { minutes, withinDays }: BearRule): Stretch[] {
  if (withinDays === null)
    return stays
      .filter(stay => stay.minutes >= minutes)
      .map(stay => ({ from: stay.from, to: stay.from + stay.minutes }));
  const window = withinDays * 1440;
  const raised: Stretch[] = [];
  // The stays that count with the last one: from the `first` on, of which the window may cut off the beginning.
  let [first, together] = [0, 0];
  for (const { from, minutes: lasted } of stays) {
    const to = from + lasted;
    together += lasted;
    while (endOf(stays[first]!) <= to - window) together -= stays[first++]!.minutes;
    const start = Math.max(stays[first]!.from, to - window);
    if (together - (start - stays[first]!.from) < minutes) continue;
    const last = raised.at(-1);
    if (last && start <= last.to) last.to = to;
    else raised.push({ from: start, to });
  }
  return raised;
}

const endOf = (stay: Stay): number => stay.from + stay.minutes;

/** What is measured of an excursion: the minutes beyond its limit within it, and the furthest that it went. */
export function measure(
  samples: readonly Sample[],
  pace: Pace,
  limit: Pick<AlarmRule, 'side' | 'celsius' | 'orAt'>,
  { from, to }: Stretch,
): { minutes: number; furthest: number | null } {
  const beyond = samples.flatMap(({ minute, celsius }) =>
    celsius !== null && minute >= from && minute < to && isBeyond(limit, celsius) ? [celsius] : [],
  );
  const further = limit.side === 'low' ? Math.min : Math.max;
  return {
    minutes: Math.round(minutesWithin(staysBeyond(samples, pace, limit), from, to)),
    furthest: beyond.length === 0 ? null : beyond.reduce((most, one) => further(most, one)),
  };
}

/** Whether two stretches have a minute in common, or meet. */
export const meets = (one: Stretch, other: Stretch): boolean => one.from <= other.to && other.from <= one.to;

/** The one stretch from the beginning of the first to the end of the last. */
export const union = (one: Stretch, other: Stretch): Stretch => ({
  from: Math.min(one.from, other.from),
  to: Math.max(one.to, other.to),
});

export const wider = ({ from, to }: Stretch, minutes: number): Stretch => ({
  from: from - minutes,
  to: to + minutes,
});

/**
 * Alarms less than a day apart are one matter, and one decision: a refrigerator that fails every afternoon is one
 * that fails.
 */
export const ONE_MATTER_MINUTES = 1440;

/** Stretches in groups, each less than a day from the next of its group; in order of time. */
export function matters<One extends Stretch>(stretches: readonly One[]): One[][] {
  const groups: One[][] = [];
  let end = -Infinity;
  for (const one of [...stretches].sort((a, b) => a.from - b.from)) {
    if (one.from - end < ONE_MATTER_MINUTES) groups.at(-1)!.push(one);
    else groups.push([one]);
    end = Math.max(end, one.to);
  }
  return groups;
}

export const covers = (whole: Stretch, part: Stretch): boolean =>
  whole.from <= part.from && part.to <= whole.to;

/** How exact a live logger keeps its pace: a reading may come half an interval late without leaving a gap. */
export const paceOf = (intervalMinutes: number): Pace => ({
  interval: intervalMinutes,
  slack: intervalMinutes / 2,
});
