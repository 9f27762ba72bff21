import { type AlarmRule, type Reading } from './alarms';
import { dashes, type Entry, isDay, isTemperature, LoggerFault, readLines, type Row } from './lines';

/** One day as the device itself summed it up. */
export interface LoggerDay {
  date: string;
  /** °C; null where the sensor gave nothing that day. Times are the device's clock, `HH:mm`. */
  least: { celsius: number | null; at: string | null };
  most: { celsius: number | null; at: string | null };
  mean: number | null;
  /** For each rule of the report, in its order. */
  alarms: { minutes: number; raisedAt: string | null; count: number }[];
  /** Minutes in which a sensor, inside or outside, did not answer. */
  timeoutMinutes: number;
  events: number;
  /** When somebody looked at it, before and after noon. */
  checked: { am: string | null; pm: string | null };
}

/** What a logger exported. All times are the device's own clock, `YYYY-MM-DD HH:mm`, without a zone. */
export interface LoggerReport {
  device: string;
  version: string;
  firmware: string | null;
  sensor: string | null;
  serial: string;
  circuitBoard: string | null;
  configuration: string | null;
  lot: string | null;
  activated: string;
  /** When the report was made, or recording stopped. */
  ended: string;
  /** Minutes between readings; null for a device that keeps days only. */
  interval: number | null;
  rules: AlarmRule[];
  /** Newest first, as in the file; none for a device that keeps readings only. */
  days: LoggerDay[];
  readings: Reading[];
  /** The device's own mean kinetic temperature in °C, and the energy of activation it took, kJ/mol. */
  kinetic: { celsius: number; energy: number } | null;
  /** Hexadecimal, of the certificate and of the report; null for a report without. Not verified here. */
  signatures: { certificate: string; report: string } | null;
}

/**
 * Reads the text export of a Fridge-tag 2, 2 L or Ultra Low, or of a Q-tag CLm. Any text is answered, never thrown at:
 * what is not believed wholly is refused with the first line (from 1) that is wrong.
 */
export function readLogger(
  text: string,
): { ok: true; report: LoggerReport } | { ok: false; fault: { line: number; why: string } } {
  try {
    return { ok: true, report: reportOf(text) };
  } catch (error) {
    if (!(error instanceof LoggerFault)) throw error;
    const lines = text.trimEnd().split('\n').length;
    return { ok: false, fault: { line: Math.min(error.line, lines), why: error.why } };
  }
}

function reportOf(text: string): LoggerReport {
  const device = /^Device: ([^\r\n]+)/.exec(text)?.[1] ?? '';
  const isFridgeTag = /^(Q-tag )?Fridge-tag (2|2 L|UL|Ultra Low)$/.test(device);
  if (!isFridgeTag && !/^Q-tag CLm\b/.test(device))
    throw new LoggerFault(1, 'not a device that is known here');
  const { root, rows } = readLines(text);
  const conf = root.need('Conf');
  const data = (rows.get('Data') ?? []).slice(1);
  const signature = root.find('Sig');
  const may = (entry: Entry, key: string) => entry.find(key)?.value || null;
  return {
    device,
    version: root.text('Vers'),
    firmware: may(root, 'Fw Vers'),
    sensor: may(root, 'Sensor'),
    serial: conf.text('Serial'),
    circuitBoard: may(conf, 'PCB'),
    configuration: may(conf, 'CID'),
    lot: may(conf, 'Lot'),
    interval: conf.has('Logging Interval') ? conf.whole('Logging Interval') : null,
    ...(isFridgeTag ? fridgeTag(root, conf, data) : clm(root, conf, data)),
    readings: data.map(readingOf),
    signatures: (signature && { certificate: root.text('Sig Cert'), report: root.text('Sig') }) || null,
  };
}

function fridgeTag(root: Entry, conf: Entry, data: readonly Row[]) {
  const unit = conf.find('Temp unit');
  if (unit && unit.value !== 'C') throw new LoggerFault(unit.line, 'temperatures are not in °C');
  const hist = root.need('Hist');
  const levels = (conf.find('Alarm')?.inside ?? []).map(level => ({
    side: level.key === '0' ? ('low' as const) : ('high' as const),
    celsius: level.number('T AL'),
    orAt: isMarked(data, level.number('T AL')),
    minutes: level.whole('t AL'),
    counts: 'single' as const,
  }));
  return {
    activated: hist.moment('TS Actv'),
    ended: hist.moment('TS Report Creation'),
    rules: levels,
    days: hist.inside.filter(entry => /^\d+$/.test(entry.key)).map(dayOf),
    kinetic: null,
  };
}

/**
 * Whether a limit itself is beyond it. The devices mark what is, and all given ones leave the limit unmarked, as the
 * manual says ("< −0.5 °C": Fridge-tag 2, §8.3); one that is set otherwise says so by its marks.
 */
const isMarked = (data: readonly Row[], limit: number): boolean =>
  data.some(
    ({ cells: [, value = '', mark = ''] }) =>
      mark.trim() !== '' && !dashes.test(value) && Number(value) === limit,
  );

function dayOf(day: Entry): LoggerDay {
  const extreme = (which: 'Min' | 'Max') => ({
    celsius: day.celsius(`${which} T`),
    at: day.time(`TS ${which} T`),
  });
  const timeouts = day.inside.filter(entry => entry.key.endsWith('Sensor timeout'));
  const checked = day.find('Checked');
  return {
    date: day.day('Date'),
    least: extreme('Min'),
    most: extreme('Max'),
    mean: day.celsius('Avrg T'),
    alarms: day.need('Alarm').inside.map(alarm => ({
      minutes: alarm.whole('t Acc'),
      raisedAt: alarm.time('TS A'),
      count: alarm.has('C A') ? alarm.whole('C A') : 0,
    })),
    timeoutMinutes: timeouts.reduce((sum, sensor) => sum + sensor.whole('t AccST'), 0),
    events: day.whole('Events'),
    checked: { am: checked?.time('TS AM') ?? null, pm: checked?.time('TS PM') ?? null },
  };
}

/** The kinds of alarm of a Q-tag CLm; 0 is off. */
const clmAlarms = {
  1: { side: 'low', counts: 'single' },
  2: { side: 'high', counts: 'single' },
  3: { side: 'low', counts: 'cumulative' },
  4: { side: 'high', counts: 'cumulative' },
} as const;

function clm(root: Entry, conf: Entry, data: readonly Row[]) {
  const result = root.need('Res');
  const rules = conf.need('Alarm').inside.flatMap((alarm): AlarmRule[] => {
    const type = alarm.whole('Type');
    if (type === 0) return [];
    const kind = clmAlarms[type as keyof typeof clmAlarms];
    if (!kind) throw new LoggerFault(alarm.need('Type').line, 'not a kind of alarm that is known here');
    const celsius = alarm.number('T AL');
    return [{ ...kind, celsius, orAt: isMarked(data, celsius), minutes: alarm.whole('t AL') }];
  });
  return {
    activated: result.moment('TS Actv'),
    ended: result.moment('TS Stop'),
    rules,
    days: [],
    kinetic: { celsius: result.number('MKT'), energy: conf.number('MKT Energy') },
  };
}

function readingOf({ cells: [at = '', value = ''], line }: Row): Reading {
  const clock = /^(\d{4}-\d\d-\d\d) ([01]\d|2[0-3]):[0-5]\d$/.exec(at);
  if (!clock || !isDay(clock[1]!)) throw new LoggerFault(line, 'a reading has no time');
  if (dashes.test(value)) return { at, celsius: null };
  if (!/^[+-]?\d+(\.\d+)?$/.test(value)) throw new LoggerFault(line, 'a reading is not a number');
  if (!isTemperature(Number(value))) throw new LoggerFault(line, 'a reading is no temperature');
  return { at, celsius: Number(value) };
}
