import fc from 'fast-check';
import { civilDayOf, startOfDay } from './civil-day';

describe('the civil day of an instant', () => {
  it('is already tomorrow east of Greenwich in the evening', () => {
    expect(civilDayOf(new Date('2026-02-28T18:30:00Z'), 'Asia/Kolkata')).toBe('2026-03-01');
  });

  it('is still yesterday west of Greenwich in the morning', () => {
    expect(civilDayOf(new Date('2026-01-01T02:59:59Z'), 'America/Sao_Paulo')).toBe('2025-12-31');
  });

  it('changes at local midnight exactly', () => {
    expect(civilDayOf(new Date('2026-06-01T18:00:00Z'), 'Asia/Dhaka')).toBe('2026-06-02');
    expect(civilDayOf(new Date('2026-06-01T17:59:59.999Z'), 'Asia/Dhaka')).toBe('2026-06-01');
  });

  it('is the same whatever was asked before, to the second, in every zone and time', () => {
    const instants = fc
      .date({ min: new Date('1960-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
      .map(instant => instant.getTime());

    fc.assert(
      fc.property(instants, fc.constantFrom(...Intl.supportedValuesOf('timeZone')), (at, timeZone) => {
        const shown = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
        for (const near of [at, at + 1_000, at + 59_000, at])
          expect(civilDayOf(new Date(near), timeZone)).toBe(shown.format(near));
      }),
    );
  });
});

describe('the first instant of a civil day', () => {
  it('is local midnight, east and west of Greenwich', () => {
    expect(startOfDay('2026-06-02', 'Asia/Dhaka').toISOString()).toBe('2026-06-01T18:00:00.000Z');
    expect(startOfDay('2026-01-01', 'America/Sao_Paulo').toISOString()).toBe('2026-01-01T03:00:00.000Z');
  });

  it('is the first moment that clocks show where they skip midnight', () => {
    expect(startOfDay('2018-11-04', 'America/Sao_Paulo').toISOString()).toBe('2018-11-04T03:00:00.000Z');
  });

  it('lies between the day before and the day, in every zone', () => {
    const days = fc
      .date({ min: new Date('1980-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
      .map(instant => instant.toISOString().slice(0, 10));

    fc.assert(
      fc.property(days, fc.constantFrom(...Intl.supportedValuesOf('timeZone')), (day, zone) => {
        const start = startOfDay(day, zone);
        expect(civilDayOf(start, zone) >= day).toBe(true);
        expect(civilDayOf(new Date(start.getTime() - 1), zone) < day).toBe(true);
      }),
    );
  });
});
