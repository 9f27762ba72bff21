import type { CivilDate } from '../../common';
import { type CountryProfile, localeOf, showCivilDate } from '../../localisation';

/** A birth date as the country's people read it, no more of it than is known (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`). */
export function showBirthDate(profile: CountryProfile, language: string, known: string): string {
  if (known.length === 10) return showCivilDate(profile, language, known);
  const [year, month] = known.split('-');
  const format = new Intl.DateTimeFormat(localeOf(profile, language), {
    year: 'numeric',
    ...(month ? { month: 'long' } : {}),
    timeZone: 'UTC',
  });
  return format.format(new Date(`${year}-${month ?? '01'}-01T00:00:00Z`));
}

/**
 * A day as short as it can be said with the month in letters: in figures alone, nobody abroad knows which of 04/05 is
 * the month. The day is never moved by a time zone.
 */
export function showShortDate(profile: CountryProfile, language: string, date: CivilDate): string {
  const format = new Intl.DateTimeFormat(localeOf(profile, language), {
    // Not dateStyle: in some languages its month is a figure
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return format.format(new Date(`${date}T00:00:00Z`));
}

/** A number in the country's digits. */
export const showNumber = (profile: CountryProfile, language: string, number: number): string =>
  new Intl.NumberFormat(localeOf(profile, language), { useGrouping: false }).format(number);
