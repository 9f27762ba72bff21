import { type Check, type CheckCode, digits, finding, first, whole, within } from './check-texts';

const exactly =
  (length: number, short: CheckCode, long: CheckCode): Check =>
  text =>
    first(
      text,
      whole(one => one.length >= length, short),
      whole(one => one.length <= length, long),
      digits,
    );

const atMost = (most: number, code: CheckCode) => whole(text => Number(text) <= most, code);

const part =
  (most: number, illegal: CheckCode, short: CheckCode, long: CheckCode): Check =>
  text =>
    first(text, exactly(2, short, long), atMost(most, illegal));

/** HH, 24 hours. */
export const hour = part(23, 'hour-illegal', 'hour-short', 'hour-long');
export const minute = part(59, 'minute-illegal', 'minute-short', 'minute-long');
export const second = part(59, 'second-illegal', 'second-short', 'second-long');

/** HHMI: hour and minute of a day. */
export const hourMinute: Check = text =>
  first(
    text,
    exactly(4, 'time-short', 'time-long'),
    within(0, 2, atMost(23, 'hour-illegal')),
    within(2, 4, atMost(59, 'minute-illegal')),
  );

/**
 * A day of the calendar, with two or four digits of the year. Of a year of two digits only leap years matter here, and
 * those are the same in every century that the sliding window of General Specifications 7.12 can reach.
 */
const day =
  (yearDigits: 2 | 4, mayBeWholeMonth: boolean): Check =>
  text => {
    const shape = exactly(yearDigits + 4, 'date-short', 'date-long')(text);
    if (shape) return shape;
    const [year, month, date] = [0, yearDigits, yearDigits + 2].map((from, index) =>
      Number(text.slice(from, index === 0 ? yearDigits : from + 2)),
    ) as [number, number, number];
    if (month < 1 || month > 12) return finding('month-illegal', yearDigits, 2);
    const last = month === 2 ? (isLeap(year, yearDigits) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
    const fits = date <= last && (date > 0 || mayBeWholeMonth);
    return fits ? null : finding('day-illegal', yearDigits + 2, 2);
  };

const isLeap = (year: number, yearDigits: 2 | 4) =>
  year % 4 === 0 && (yearDigits === 2 || year % 100 !== 0 || year % 400 === 0);

export const yymmdd = day(2, false);
/** Day 00 means: some day of the month. */
export const yymmd0 = day(2, true);
export const yyyymmdd = day(4, false);
export const yyyymmd0 = day(4, true);
