import fc from 'fast-check';
import { dayAndTime, instantOf, minuteOfWeek, momentOf, mondayOf, openFrom } from './week-rules';

const WEEKDAYS = { openDays: [1, 2, 3, 4, 5], opens: '08:00', closes: '16:00' };
const DAY = 24 * 60;

describe('a week of the timetable', () => {
  it.each([
    ['2026-11-16', '2026-11-16'],
    ['2026-11-22', '2026-11-16'],
    ['2027-01-01', '2026-12-28'],
  ])('to which %s belongs begins on %s', (day, monday) => {
    expect(mondayOf(day)).toBe(monday);
  });

  it('counts its minutes by the country’s own clock', () => {
    expect(momentOf(new Date('2026-11-15T18:30:00Z'), 'Asia/Dhaka')).toEqual({
      monday: '2026-11-16',
      minute: 30,
    });
  });

  it('takes a moment between two minutes as the later one', () => {
    expect(momentOf(new Date('2026-11-16T00:00:00.001Z'), 'UTC').minute).toBe(1);
  });

  it('gives every whole minute back as the instant it was, where clocks do not change', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 * 24 * 3650 }),
        fc.constantFrom('UTC', 'Asia/Dhaka', 'Asia/Kathmandu', 'Africa/Accra', 'Pacific/Kiritimati'),
        (minutes, zone) => {
          const instant = new Date(Date.UTC(2020, 0, 1) + minutes * 60_000);
          expect(instantOf(momentOf(instant, zone), zone)).toEqual(instant);
        },
      ),
    );
  });

  it('says each of its minutes as a day and a time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7 * DAY - 1 }), minute => {
        const { day, time } = dayAndTime(minute);
        expect(minuteOfWeek(day, time)).toBe(minute);
      }),
    );
  });
});

describe('a hub that is open on weekdays from eight to four', () => {
  it.each([
    ['before it opens', 0, 8 * 60],
    ['while it is open', 9 * 60, 9 * 60],
    ['at the minute it closes', 16 * 60, DAY + 8 * 60],
    ['on a Friday evening', 4 * DAY + 20 * 60, 7 * DAY + 8 * 60],
    ['on the Saturday after next', 12 * DAY, 14 * DAY + 8 * 60],
  ])('hands out what comes %s at the next minute it is open', (_when, minute, opens) => {
    expect(openFrom(WEEKDAYS, minute)).toBe(opens);
  });
});
