import {
  type LoggerReport,
  meanKineticTemperature,
  minutesWithin,
  readLogger,
  type Sample,
  samplesOf,
  staysBeyond,
} from '../../../src/codecs/temperature-loggers';
import { filesIn, textOf } from './data';

/** The exports of real devices, by name. */
export const exported = (): string[] => filesIn('.txt', 'coldchain');

/** Every export that must be read, as a path. */
export const validExports = (): string[][] => [
  ...exported().map(name => ['coldchain', name]),
  ...filesIn('.txt', 'coldchain', 'fixtures-valid').map(name => ['coldchain', 'fixtures-valid', name]),
];

/** Every export that must be refused, as a path. */
export const brokenExports = (): string[][] =>
  filesIn('.txt', 'coldchain', 'fixtures-invalid').map(name => ['coldchain', 'fixtures-invalid', name]);

/** What is wrong with how an export that must be read is read; null when nothing is. */
export function validFault(path: readonly string[]): string | null {
  const read = readLogger(textOf(...path));
  return read.ok ? null : `${path.at(-1)}: line ${read.fault.line}: ${read.fault.why}`;
}

/** What is wrong with how a broken export is refused: that it is not, or at no line of its own. */
export function brokenFault(path: readonly string[]): string | null {
  const text = textOf(...path);
  const read = readLogger(text);
  if (read.ok) return `${path.at(-1)}: was read`;
  const isLine = read.fault.line >= 1 && read.fault.line <= text.split('\n').length;
  return isLine ? null : `${path.at(-1)}: line ${read.fault.line} of none such`;
}

/** A given export, which is read. */
export function reportOf(name: string): LoggerReport {
  const read = readLogger(textOf('coldchain', name));
  if (!read.ok) throw new Error(`${name}: line ${read.fault.line}: ${read.fault.why}`);
  return read.report;
}

/** A day of a device and one of its rules: its minutes beyond the limit, and ours. */
export interface DayPair {
  name: string;
  day: string;
  device: number;
  ours: number;
}

/** For each rule and each day of which every reading is there and has a value: the device's minutes, and ours. */
export const dayPairs = (): DayPair[] =>
  exported().flatMap(name => {
    const { days, readings, rules, interval, activated, ended } = reportOf(name);
    const whole = days.filter(({ date }) => {
      const ofDay = readings.filter(reading => reading.at.startsWith(date) && reading.celsius !== null);
      const first = date === activated.slice(0, 10) ? minute(activated) : 0;
      const end = date === ended.slice(0, 10) ? minute(ended) : 1440;
      return (
        interval !== null && ofDay.length > 0 && ofDay.length >= Math.floor((end - first) / interval) - 1
      );
    });
    return whole.flatMap(({ date, alarms }) =>
      rules.map((rule, at) => {
        const stays = staysBeyond(samplesOf(readings), { interval: interval!, slack: 0 }, rule);
        const [{ minute: midnight }] = samplesOf([{ at: `${date} 00:00`, celsius: null }]) as [Sample];
        const ours = minutesWithin(stays, midnight, midnight + 1440);
        return { name, day: date, device: alarms[at]!.minutes, ours };
      }),
    );
  });

/** Why a pair is too far apart; null for five minutes or less. */
export const pairFault = ({ name, day, device, ours }: DayPair): string | null =>
  Math.abs(device - ours) <= 5 ? null : `${name} ${day}: the device says ${device} minutes, we ${ours}`;

/** The devices' own mean kinetic temperature and ours, cut to a tenth, where they give it. */
export const kineticPairs = (): { name: string; device: number; ours: number }[] =>
  exported().flatMap(name => {
    const { kinetic, readings } = reportOf(name);
    if (!kinetic) return [];
    const ours = Math.trunc(meanKineticTemperature(samplesOf(readings), kinetic.energy)! * 10) / 10;
    return [{ name, device: kinetic.celsius, ours }];
  });

export const kineticFault = ({ name, device, ours }: { name: string; device: number; ours: number }) =>
  device === ours ? null : `${name}: the device says ${device} °C, we ${ours}`;

const minute = (at: string): number => Number(at.slice(11, 13)) * 60 + Number(at.slice(14, 16));
