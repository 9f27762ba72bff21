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
 * What samples say of stretches of their time, minute for minute and nothing of what was not measured.
 * @param samples in order of time, with those around the stretches
 */
export function summarise(
  samples: readonly Sample[],
  pace: Pace,
  stretches: readonly Stretch[],
  limits: readonly ClassLimit[],
): Summary[] {
  const measured = staysBeyond(samples, pace, { side: 'high', celsius: -Infinity, orAt: true });
  const beyond = limits.map(limit => ({ ...limit, stays: staysBeyond(samples, pace, limit.rule) }));
  return stretches.map(({ from, to }) => {
    const within = samples.filter(({ minute }) => minute >= from && minute < to);
    const values = within.flatMap(({ celsius }) => celsius ?? []);
    const over = (fold: (one: number, other: number) => number) =>
      values.length === 0 ? null : values.reduce(fold);
    const sum = over((one, other) => one + other);
    return {
      readings: within.length,
      measuredMinutes: Math.round(minutesWithin(measured, from, to)),
      least: over((one, other) => Math.min(one, other)),
      most: over((one, other) => Math.max(one, other)),
      mean: sum === null ? null : sum / values.length,
      meanKinetic: meanKineticTemperature(within),
      beyond: beyond.map(({ stays, ...limit }) => ({
        ...limit,
        minutes: Math.round(minutesWithin(stays, from, to)),
      })),
    };
  });
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
