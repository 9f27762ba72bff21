/**
 * Civil dates: days of a calendar without a time zone, written `YYYY-MM-DD`. Inside a calculation a day is an integer,
 * the count of days since 1970-01-01 (proleptic Gregorian), which is fast to compare and to add to.
 */
export type CivilDate = string;

/** Days since 1970-01-01; negative before it. */
export type DayNumber = number;

/**
 * What becomes of a day that the month does not have (31 January + 1 month): the first of the next month (CDSi
 * CALCDT-5), or the last day of the month meant.
 */
export type MonthEnd = 'roll-forward' | 'back-to-month-end';

/** A span of calendar time. Months are added first, then days (CDSi CALCDT-6). Either may be negative. */
export interface CalendarSpan {
  readonly months: number;
  readonly days: number;
}

/** The day number of a year, month (1-12) and day. Howard Hinnant's days_from_civil; exact for all years. */
export function dayNumberOf(year: number, month: number, day: number): DayNumber {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The year, month (1-12) and day of a day number. */
export function civilOf(dayNumber: DayNumber): { year: number; month: number; day: number } {
  const z = dayNumber + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

/** 28 to 31. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** True for `YYYY-MM-DD` of a day that exists. */
export function isCivilDate(value: unknown): value is CivilDate {
  return typeof value === 'string' && !Number.isNaN(readDay(value));
}

/** @throws RangeError when it is not a civil date of a day that exists. */
export function toDayNumber(date: CivilDate): DayNumber {
  const day = typeof date === 'string' ? readDay(date) : Number.NaN;
  if (Number.isNaN(day)) throw new RangeError(`not a civil date: ${String(date)}`);
  return day;
}

const HYPHEN = 45;

/** NaN for what is no civil date. By character codes, since it is asked for every date of every dose of a country. */
function readDay(text: string): number {
  if (text.length !== 10 || text.charCodeAt(4) !== HYPHEN || text.charCodeAt(7) !== HYPHEN) return Number.NaN;
  const [year, month, day] = [digitsIn(text, 0, 4), digitsIn(text, 5, 7), digitsIn(text, 8, 10)];
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return exists ? dayNumberOf(year, month, day) : Number.NaN;
}

function digitsIn(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

/** `YYYY-MM-DD` of a day number. */
export function toCivilDate(dayNumber: DayNumber): CivilDate {
  const { year, month, day } = civilOf(dayNumber);
  return `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
}

/** Adds years and months, then weeks and days (CDSi CALCDT-1 to CALCDT-6). Allocates little. */
export function addSpan(from: DayNumber, span: CalendarSpan, monthEnd: MonthEnd = 'roll-forward'): DayNumber {
  if (span.months === 0) return from + span.days;
  const start = civilOf(from);
  const monthIndex = start.year * 12 + (start.month - 1) + span.months;
  const year = Math.floor(monthIndex / 12);
  const month = monthIndex - year * 12 + 1;
  const length = daysInMonth(year, month);
  if (start.day <= length) return dayNumberOf(year, month, start.day) + span.days;
  const overflow = monthEnd === 'roll-forward' ? 1 : 0;
  return dayNumberOf(year, month, length) + overflow + span.days;
}

const PART = /^([+-]?)\s*(\d+)\s*(day|week|month|year)s?\s*/i;
const PARTS = /^\s*\d+\s*(day|week|month|year)s?(\s*[+-]\s*\d+\s*(day|week|month|year)s?)*\s*$/i;

/** True for a text that {@link parseSpan} reads. */
export function isSpan(text: string): boolean {
  return PARTS.test(text);
}

/**
 * Reads `"6 weeks"`, `"12 months - 4 days"`, `"1 year + 2 weeks"`.
 * @throws RangeError when the text is anything else.
 */
export function parseSpan(text: string): CalendarSpan {
  if (!isSpan(text)) throw new RangeError(`not a span of time: ${text}`);
  let [months, days] = [0, 0];
  for (let rest = text.trim(); rest !== '';) {
    const [whole = '', sign, count, unit = ''] = PART.exec(rest) ?? [];
    const amount = Number(count) * (sign === '-' ? -1 : 1);
    if (unit.toLowerCase() === 'year') months += amount * 12;
    else if (unit.toLowerCase() === 'month') months += amount;
    else days += amount * (unit.toLowerCase() === 'week' ? 7 : 1);
    rest = rest.slice(whole.length);
  }
  return { months, days };
}

/** A civil date plus a span: `addTo('2024-01-31', '1 month')` is `2024-03-01`. */
export function addTo(
  date: CivilDate,
  span: CalendarSpan | string,
  monthEnd: MonthEnd = 'roll-forward',
): CivilDate {
  return toCivilDate(addSpan(toDayNumber(date), typeof span === 'string' ? parseSpan(span) : span, monthEnd));
}

/** Whole days from the first date to the second; negative when the second is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return toDayNumber(to) - toDayNumber(from);
}

/** Completed years of age on a day, as people count them: a child of 29 February turns one on 1 March. */
export function ageInYears(birthDate: CivilDate, on: CivilDate): number {
  const years = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return on.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
