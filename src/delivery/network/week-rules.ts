import { addTo, type CivilDate, civilDayOf, toDayNumber, startOfDay } from '../../common';
import { WEEK } from '../timetable-rules';

const DAY = 24 * 60;
const MINUTE_MS = 60_000;

/**
 * A moment of the timetable: minutes from Monday 00:00 of the week that begins on `monday`, which may be a week or
 * more.
 */
export interface WeekMoment {
  monday: CivilDate;
  minute: number;
}

/** When a place takes things in and hands them out. Days are ISO 8601's, 1 is Monday; times `HH:MM`. */
export interface OpeningHours {
  openDays: readonly number[];
  opens: string;
  closes: string;
}

/** Day number 0 (1970-01-01) was a Thursday. */
const daysSinceMonday = (day: CivilDate): number => (((toDayNumber(day) + 3) % 7) + 7) % 7;

/** The Monday on or before a day. */
export const mondayOf = (day: CivilDate): CivilDate => addTo(day, { months: 0, days: -daysSinceMonday(day) });

/** How many weeks lie between two Mondays. */
export const weeksBetween = (from: CivilDate, to: CivilDate): number =>
  (toDayNumber(to) - toDayNumber(from)) / 7;

/** The first whole minute of the timetable that is not before an instant. */
export function momentOf(instant: Date, timeZone: string): WeekMoment {
  const day = civilDayOf(instant, timeZone);
  const since = instant.getTime() - startOfDay(day, timeZone).getTime();
  return { monday: mondayOf(day), minute: daysSinceMonday(day) * DAY + Math.ceil(since / MINUTE_MS) };
}

/** The instant of a moment. On a day on which the clocks change, minutes count from its beginning. */
export function instantOf({ monday, minute }: WeekMoment, timeZone: string): Date {
  const day = dayOf({ monday, minute });
  return new Date(startOfDay(day, timeZone).getTime() + (minute % DAY) * MINUTE_MS);
}

/** The country's own day of a moment. */
export const dayOf = ({ monday, minute }: WeekMoment): CivilDate =>
  addTo(monday, { months: 0, days: Math.floor(minute / DAY) });

/** Whether a leg that departs at a minute of the week departs on a day. */
export const departsOn = (departs: number, day: CivilDate): boolean =>
  daysSinceMonday(day) + 1 === dayAndTime(departs).day;

/** The first minute, not before `minute`, at which a place with these hours is open. */
export function openFrom({ openDays, opens, closes }: OpeningHours, minute: number): number {
  for (let day = Math.floor(minute / DAY); ; day++) {
    if (!openDays.includes((day % 7) + 1)) continue;
    const from = Math.max(minute, day * DAY + minutesOf(opens));
    if (from < day * DAY + minutesOf(closes)) return from;
  }
}

/** Minutes since midnight of a time `HH:MM`. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** A minute of the week as its day (1 is Monday) and time `HH:MM`. */
export function dayAndTime(minute: number): { day: number; time: string } {
  const inDay = minute % DAY;
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    day: Math.floor((minute % WEEK) / DAY) + 1,
    time: `${two(Math.floor(inDay / 60))}:${two(inDay % 60)}`,
  };
}

/** The minute of the week of a day (1 is Monday) and a time `HH:MM`. */
export const minuteOfWeek = (day: number, time: string): number => (day - 1) * DAY + minutesOf(time);
