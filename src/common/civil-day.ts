import type { CivilDate } from './dates';

const formats = new Map<string, Intl.DateTimeFormat>();

/** The civil day that an instant falls on in a time zone (IANA name), e.g. a country's own. */
export function civilDayOf(instant: Date, timeZone: string): CivilDate {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** Calendar and digits are fixed, whatever the machine's language: this is data, not a text for people. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat(undefined, {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  formats.set(timeZone, format);
  return format;
}
