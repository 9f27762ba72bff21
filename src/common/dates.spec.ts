import fc from 'fast-check';
import {
  addTo,
  ageInYears,
  daysBetween,
  isCivilDate,
  isSpan,
  parseSpan,
  toCivilDate,
  toDayNumber,
} from './dates';

describe('adding to a civil date', () => {
  // The examples of CDSi table 3-6 (CALCDT-1 to CALCDT-6).
  it.each([
    ['2000-01-01', '3 years', '2003-01-01'],
    ['2000-01-01', '6 months', '2000-07-01'],
    ['2000-11-01', '6 months', '2001-05-01'],
    ['2000-01-01', '3 days', '2000-01-04'],
    ['2000-01-01', '3 weeks', '2000-01-22'],
    ['2000-02-01', '5 weeks', '2000-03-07'],
    ['2001-02-01', '5 weeks', '2001-03-08'],
    ['2000-03-31', '6 months', '2000-10-01'],
    ['2000-08-31', '6 months', '2001-03-01'],
    ['2000-01-31', '6 months - 4 days', '2000-07-27'],
    ['2020-02-29', '1 year', '2021-03-01'],
  ])('%s + %s is %s', (date, span, sum) => {
    expect(addTo(date, span)).toBe(sum);
  });

  it('goes back to the end of the month where that is the policy', () => {
    expect(addTo('2020-01-31', '1 month', 'back-to-month-end')).toBe('2020-02-29');
    expect(addTo('2020-02-29', '1 year', 'back-to-month-end')).toBe('2021-02-28');
    expect(addTo('2020-01-30', '1 month', 'back-to-month-end')).toBe('2020-02-29');
    expect(addTo('2020-01-15', '1 month', 'back-to-month-end')).toBe('2020-02-15');
  });
});

describe('a span of time', () => {
  it.each([
    ['6 weeks', { months: 0, days: 42 }],
    ['1 year + 2 weeks', { months: 12, days: 14 }],
    ['12 months - 4 days', { months: 12, days: -4 }],
    ['0 days', { months: 0, days: 0 }],
  ])('%s is read', (text, span) => {
    expect(parseSpan(text)).toEqual(span);
  });

  it.each(['', 'six weeks', '6', '6 weeks -', '- 4 days', '6 wks', '6 weeks 4 days'])(
    '%j is not one',
    text => {
      expect(isSpan(text)).toBe(false);
      expect(() => parseSpan(text)).toThrow(RangeError);
    },
  );
});

describe('a civil date', () => {
  it('is a day that exists', () => {
    expect(
      ['2024-02-29', '2023-02-29', '2023-13-01', '2023-00-10', '2023-1-1', 20230101].map(isCivilDate),
    ).toEqual([true, false, false, false, false, false]);
    expect(() => toDayNumber('1900-02-29')).toThrow(RangeError);
  });

  it('and its number are two names of one day, counted as the calendar counts', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 1_000_000 }), day => {
        const date = toCivilDate(day);
        expect(toDayNumber(date)).toBe(day);
        expect(date).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10));
        expect(daysBetween(date, toCivilDate(day + 1))).toBe(1);
      }),
    );
  });

  it('gives an age in completed years', () => {
    expect([ageInYears('2020-02-29', '2021-02-28'), ageInYears('2020-02-29', '2021-03-01')]).toEqual([0, 1]);
  });
});
