import type { CivilDate } from './dates';

const formats = new Map<string, Intl.DateTimeFormat>();
/** The days of minutes that were asked about, by zone: of now, and of those on which devices without a connection gave doses. */
const lately = new Map<string, Map<number, CivilDate>>();
/** Minutes of a zone that are remembered: some days of a country's hours of work. */
const MOST_MINUTES = 5_000;
const MINUTE = 60_000;
/** Since then every zone is whole minutes from UTC and changes on one: a minute is all on one day (IANA tzdb). */
const WHOLE_MINUTES_SINCE = Date.UTC(1973, 0) / MINUTE;

/** The civil day that an instant falls on in a time zone (IANA name), e.g. a country's own. */
export function civilDayOf(instant: Date, timeZone: string): CivilDate {
  const minute = Math.floor(instant.getTime() / MINUTE);
  if (!(minute >= WHOLE_MINUTES_SINCE)) return dayShown(instant, timeZone);
  const days = lately.get(timeZone) ?? new Map<number, CivilDate>();
  const known = days.get(minute);
  if (known !== undefined) return known;
  const day = dayShown(instant, timeZone);
  if (days.size >= MOST_MINUTES) days.clear();
  lately.set(timeZone, days.set(minute, day));
  return day;
}

/** As a calendar there shows it. */
function dayShown(instant: Date, timeZone: string): CivilDate {
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

const FIFTEEN_HOURS = 15 * 60 * 60 * 1000;
/** When days were found to begin, by zone and day: a register on paper tells a few days over and over. */
const begun = new Map<string, number>();
/** Days of some three years, so that a caller's strange ones do not stay for ever. */
const MOST_BEGUN = 1_000;

/**
 * The first instant of a civil day in a time zone (IANA name). No zone is more than fourteen hours from UTC. Where
 * clocks skip midnight it is the first moment they do show; a day that a zone never had begins with the one after.
 */
export function startOfDay(day: CivilDate, timeZone: string): Date {
  const key = `${timeZone} ${day}`;
  const known = begun.get(key);
  if (known !== undefined) return new Date(known);
  const at = firstInstantOf(day, timeZone);
  if (begun.size >= MOST_BEGUN) begun.clear();
  begun.set(key, at);
  return new Date(at);
}

function firstInstantOf(day: CivilDate, timeZone: string): number {
  const middle = Date.parse(`${day}T00:00:00Z`);
  let [before, at] = [middle - FIFTEEN_HOURS, middle + FIFTEEN_HOURS];
  while (at - before > 1) {
    const between = Math.floor((before + at) / 2);
    if (civilDayOf(new Date(between), timeZone) < day) before = between;
    else at = between;
  }
  return at;
}
