import { type CivilDate, daysInMonth, isCivilDate } from '../common';

/** How much of a birth date is known. */
export type BirthDatePrecision = 'day' | 'month' | 'year';

/** A birth date as far as it is known: `date` is the earliest day it can be, and only `precision` of it is true. */
export interface BirthDate {
  readonly date: CivilDate;
  readonly precision: BirthDatePrecision;
}

const PARTIAL = /^\d{4}(-\d{2}(-\d{2})?)?$/;

/** Reads `2019`, `2019-03` or `2019-03-21` (ISO 8601 reduced precision, as FHIR's `date`); null for anything else. */
export function parseBirthDate(text: string): BirthDate | null {
  if (!PARTIAL.test(text)) return null;
  const precision = text.length === 4 ? 'year' : text.length === 7 ? 'month' : 'day';
  const date = `${text}-01-01`.slice(0, 10);
  return isCivilDate(date) && date >= '1' ? { date, precision } : null;
}

/** The date as it was known, without a day or month that nobody said: the inverse of {@link parseBirthDate}. */
export function writeBirthDate({ date, precision }: BirthDate): string {
  return date.slice(0, precision === 'year' ? 4 : precision === 'month' ? 7 : 10);
}

/** The last day that it can be. */
export function latestBirthDate({ date, precision }: BirthDate): CivilDate {
  if (precision === 'day') return date;
  const [year, month] = [date.slice(0, 4), precision === 'year' ? '12' : date.slice(5, 7)];
  return `${year}-${month}-${daysInMonth(Number(year), Number(month))}`;
}

/** Nobody alive was born longer ago. */
const OLDEST_YEARS = 130;

/** Why a birth date cannot be, as a key of the texts; null when it can. `today` is the country's own day. */
export function birthDateFault(birth: BirthDate, today: CivilDate): string | null {
  if (birth.date > today) return 'validation.dateInFuture';
  const tooOld = Number(today.slice(0, 4)) - Number(birth.date.slice(0, 4)) > OLDEST_YEARS;
  return tooOld ? 'registry.invalid.tooLongAgo' : null;
}
