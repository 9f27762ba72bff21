import { type LoggerReport, readLogger } from '../../codecs/temperature-loggers';
import { addTo, type CivilDate, startOfDay } from '../../common';
import type { Stretch } from '../excursions/alarm-rules';

/** A device keeps a year or two of days and some weeks of readings: a few hundred kilobytes. */
export const MOST_BYTES = 2 * 1024 * 1024;
const MOST_READINGS = 150_000;
const MOST_DAYS = 1_000;
/** What a text of this many bytes is in base64. */
export const MOST_BASE64 = Math.ceil(MOST_BYTES / 3) * 4;

/** Why a file is not taken, and its line (from 1). */
export interface FileFault {
  line: number;
  why: string;
}

/** The bytes of a base64 text (RFC 4648 §4); null when it is none, is empty or holds more than may be. */
export function bytesOf(base64: string): Buffer | null {
  if (base64.length === 0 || base64.length > MOST_BASE64 || base64.length % 4 > 0) return null;
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return null;
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length <= MOST_BYTES ? bytes : null;
}

/** Reads a file: wholly, or not at all. `today`: the country's own day, which no device is ahead of by more than one. */
export function readFile(
  bytes: Uint8Array,
  today: CivilDate,
): { report: LoggerReport } | { fault: FileFault } {
  const text = textOf(bytes);
  if (text === null) return { fault: { line: 1, why: 'the file is not UTF-8 text' } };
  const read = readLogger(text);
  if (!read.ok) return { fault: read.fault };
  const { report } = read;
  const tomorrow = `${addTo(today, '1 day')} 23:59`;
  const times = [
    report.activated,
    report.ended,
    ...report.days.map(({ date }) => date),
    ...report.readings.map(({ at }) => at),
  ];
  const wrong = times.find(at => at > tomorrow || at < '2000');
  if (wrong !== undefined) {
    const line = text.slice(0, text.indexOf(wrong)).split('\n').length;
    return { fault: { line, why: 'the clock of the device is not right' } };
  }
  if (report.readings.length > MOST_READINGS || report.days.length > MOST_DAYS)
    return { fault: { line: text.split('\n').length, why: 'more days or readings than a device keeps' } };
  return { report };
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * Whether a registered model and what the device calls itself are the same: `Fridge-tag 2 L` is a `Q-tag Fridge-tag 2
 * L`.
 */
export const isModel = (registered: string, stated: string): boolean => plain(registered) === plain(stated);

const plain = (model: string): string =>
  model
    .toLowerCase()
    .replace(/^q-tag (?=fridge-tag)/, '')
    .replaceAll(/[^a-z0-9]/g, '');

/**
 * Turns a device's clock, `YYYY-MM-DD HH:mm`, into instants. It keeps no zone: it is set to the country's own time. On a
 * day on which the clocks change, minutes count from its beginning.
 */
export function countryClock(timeZone: string): (at: string) => Date {
  const starts = new Map<string, number>();
  return at => {
    const day = at.slice(0, 10);
    const start = starts.get(day) ?? startOfDay(day, timeZone).getTime();
    starts.set(day, start);
    return new Date(start + (Number(at.slice(11, 13)) * 60 + Number(at.slice(14, 16))) * 60_000);
  };
}

/** What a device says of a day. Temperatures in °C, null where it had none. */
export interface DeviceDay {
  day: string;
  least: number | null;
  most: number | null;
  mean: number | null;
  alarms: {
    side: 'low' | 'high';
    celsius: number;
    orAt: boolean;
    /** How long it may be, and how long it was that day. */
    limit: number;
    minutes: number;
    /** `HH:mm`; null when it was not raised. */
    raisedAt: string | null;
  }[];
  timeoutMinutes: number;
}

/** The days of a report, each once, in order. */
export function daysOf({ days, rules }: LoggerReport): DeviceDay[] {
  const byDay = new Map(
    days.map(({ date, least, most, mean, alarms, timeoutMinutes }): [string, DeviceDay] => [
      date,
      {
        day: date,
        least: least.celsius,
        most: most.celsius,
        mean,
        timeoutMinutes,
        alarms: alarms.slice(0, rules.length).map(({ minutes, raisedAt }, at) => ({
          side: rules[at]!.side,
          celsius: rules[at]!.celsius,
          orAt: rules[at]!.orAt,
          limit: rules[at]!.minutes,
          minutes,
          raisedAt: raisedAt?.slice(-5) ?? null,
        })),
      },
    ]),
  );
  return [...byDay.values()].sort((one, other) => (one.day < other.day ? -1 : 1));
}

/** An alarm that a device raised by itself, over days that follow each other. Minutes since 1970. */
export interface DeviceAlarm extends Stretch {
  side: 'low' | 'high';
  celsius: number;
  orAt: boolean;
  limit: number;
  minutes: number;
  furthest: number | null;
}

/**
 * The alarms that a device raised on days of which it gives no readings. It says only how long each day was beyond the
 * limit: an alarm lasts from its limit's minutes before it was raised to the end of the last day on which it stood.
 */
export function deviceAlarms(
  days: readonly DeviceDay[],
  measured: ReadonlySet<string>,
  instantOf: (at: string) => Date,
): DeviceAlarm[] {
  const found: DeviceAlarm[] = [];
  const open = new Map<string, { alarm: DeviceAlarm; day: string }>();
  for (const { day, least, most, alarms } of days)
    for (const { side, celsius, orAt, limit, minutes, raisedAt } of alarms) {
      if (raisedAt === null || measured.has(day)) continue;
      const key = `${side} ${celsius}`;
      const extreme = side === 'low' ? least : most;
      const to = instantOf(`${addTo(day, '1 day')} 00:00`).getTime() / 60_000;
      const before = open.get(key);
      if (before && addTo(before.day, '1 day') === day) {
        const { alarm } = before;
        before.day = day;
        alarm.to = to;
        alarm.minutes += minutes;
        alarm.furthest = further(side, alarm.furthest, extreme);
        continue;
      }
      const from = instantOf(`${day} ${raisedAt}`).getTime() / 60_000 - limit;
      const alarm = { side, celsius, orAt, limit, minutes, from, to, furthest: extreme };
      found.push(alarm);
      open.set(key, { alarm, day });
    }
  return found;
}

function further(side: 'low' | 'high', one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return side === 'low' ? Math.min(one, other) : Math.max(one, other);
}
