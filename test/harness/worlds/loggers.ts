import { addTo } from '../../../src/common';

/** What a made-up Fridge-tag measured. */
export interface Measured {
  serial: string;
  /** The first day, `YYYY-MM-DD`; readings begin at its midnight. */
  day: string;
  /** One reading after another. */
  celsius: readonly number[];
  /** Minutes between readings. */
  interval?: number;
}

/** The text that a Fridge-tag 2 L exports: rules, one summed-up day without an alarm, readings. */
export function fridgeTag2L({ serial, day, celsius, interval = 30 }: Measured): string {
  const end = celsius.length * interval;
  const clock = (minute: number): string => {
    const date = addTo(day, { months: 0, days: Math.floor(minute / 1440) });
    const two = (value: number): string => String(value).padStart(2, '0');
    return `${date} ${two(Math.floor((minute % 1440) / 60))}:${two(minute % 60)}`;
  };
  return [
    'Device: Q-tag Fridge-tag 2 L',
    ...head(serial),
    ` Logging Interval: ${interval}`,
    'Hist:',
    ` TS Actv: ${clock(0)}`,
    ` TS Report Creation: ${clock(end)}`,
    ...summary(1, day, { least: '+2.0', most: '+9.0' }),
    'Data:',
    '\tyyyy-MM-dd hh:mm\tT\tOut of limits',
    ...celsius.map((value, index) => `\t${clock(index * interval)}\t${value.toFixed(1)}`),
    '',
  ].join('\n');
}

/** The text that a Fridge-tag 2 exports, which keeps days only: each with the minutes above +8 °C, the newest first. */
export function fridgeTag2({ serial, day, warm }: { serial: string; day: string; warm: number[] }): string {
  const days = warm.map((minutes, index) => ({ minutes, date: addTo(day, { months: 0, days: index }) }));
  return [
    'Device: Q-tag Fridge-tag 2',
    ...head(serial),
    'Hist:',
    ` TS Actv: ${day} 00:00`,
    ` TS Report Creation: ${days.at(-1)!.date} 23:59`,
    ...days
      .toReversed()
      .flatMap(({ minutes, date }, index) =>
        summary(index + 1, date, { least: '+4.0', most: '+12.5', warm: minutes }),
      ),
    '',
  ].join('\n');
}

const head = (serial: string): string[] => [
  'Vers: 0.5',
  'Conf:',
  ` Serial: ${serial}`,
  ' Temp unit: C',
  ' Alarm:',
  '  0:',
  '   T AL: -0.5, t AL: 60',
  '  1:',
  '   T AL: +8.0, t AL: 600',
];

const summary = (
  number: number,
  date: string,
  { least, most, warm = 0 }: { least: string; most: string; warm?: number },
): string[] => [
  ` ${number}:`,
  `  Date: ${date}`,
  `  Min T: ${least}, TS Min T: 00:10`,
  `  Max T: ${most}, TS Max T: 10:00`,
  '  Avrg T: +6.0',
  '  Alarm:',
  '   0:',
  '    t Acc: 0',
  '   1:',
  warm >= 600 ? `    t Acc: ${warm}, TS A: 10:00, C A: 1` : `    t Acc: ${warm}`,
  '  Int Sensor timeout:',
  '   t AccST: 0',
  '  Events: 0',
];

/** A text as an import takes it. */
export const base64 = (text: string): string => Buffer.from(text).toString('base64');
