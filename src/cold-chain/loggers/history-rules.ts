import {
  gapsIn,
  meanKineticTemperature,
  minutesWithin,
  type Pace,
  type Sample,
  staysBeyond,
} from '../../codecs/temperature-loggers';
import type { Bearing, BearRule, Stretch } from '../excursions/alarm-rules';

/** A limit of a storage class. */
export interface ClassLimit {
  storageClass: string;
  rule: BearRule;
}

/** What readings say of a stretch of time. Temperatures in °C, null without a single value. */
export interface Summary {
  readings: number;
  /** Of the whole stretch; the rest is gaps. */
  measuredMinutes: number;
  least: number | null;
  most: number | null;
  mean: number | null;
  /** USP <1079.2>, by the energy of activation that it takes where nothing better is known. */
  meanKinetic: number | null;
  /** Minutes beyond each limit. */
  beyond: (ClassLimit & { minutes: number })[];
}

/** The limits of what is kept at a temperature. */
export const limitsOf = (bearings: readonly Bearing[]): ClassLimit[] =>
  bearings.flatMap(({ code, rules }) => rules.map(rule => ({ storageClass: code, rule })));

/**
 * What samples say of a stretch of it, minute for minute and nothing of what was not measured.
 * @param samples in order of time, with those around the stretch
 */
export function summarise(
  samples: readonly Sample[],
  pace: Pace,
  { from, to }: Stretch,
  limits: readonly ClassLimit[],
): Summary {
  const within = samples.filter(({ minute }) => minute >= from && minute < to);
  const values = within.flatMap(({ celsius }) => celsius ?? []);
  const always = { side: 'high', celsius: -Infinity, orAt: true } as const;
  const minutesOf = (rule: Parameters<typeof staysBeyond>[2]): number =>
    Math.round(minutesWithin(staysBeyond(samples, pace, rule), from, to));
  return {
    readings: within.length,
    measuredMinutes: minutesOf(always),
    least: values.length === 0 ? null : values.reduce((one, other) => Math.min(one, other)),
    most: values.length === 0 ? null : values.reduce((one, other) => Math.max(one, other)),
    mean: values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length,
    meanKinetic: meanKineticTemperature(within),
    beyond: limits.map(limit => ({ ...limit, minutes: minutesOf(limit.rule) })),
  };
}

/** The stretches of a time of which nobody knows: before the first value and after the last one too. */
export function gapsOf(samples: readonly Sample[], pace: Pace, { from, to }: Stretch): Stretch[] {
  const measured = samples.filter(({ celsius }) => celsius !== null);
  const [first, last] = [measured[0], measured.at(-1)];
  if (!first || !last) return from < to ? [{ from, to }] : [];
  const edges = [
    { from, to: first.minute },
    ...gapsIn(measured, pace),
    { from: last.minute + pace.interval, to },
  ];
  return edges
    .map(gap => ({ from: Math.max(from, gap.from), to: Math.min(to, gap.to) }))
    .filter(gap => gap.from < gap.to);
}
