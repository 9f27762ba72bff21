import { birthDateFault, latestBirthDate, parseBirthDate, writeBirthDate } from './birth-date-rules';

test.each([
  ['2019', '2019-01-01', 'year', '2019-12-31'],
  ['2020-02', '2020-02-01', 'month', '2020-02-29'],
  ['2020-02-28', '2020-02-28', 'day', '2020-02-28'],
])('%s is kept as known and can be any day from %s', (text, date, precision, latest) => {
  const birth = parseBirthDate(text)!;
  expect(birth).toEqual({ date, precision });
  expect(writeBirthDate(birth)).toBe(text);
  expect(latestBirthDate(birth)).toBe(latest);
});

test.each(['', '19', '2019-13', '2019-02-30', '2019-2-3', '2019-02-03T00:00', '٢٠١٩'])(
  '%p is no birth date',
  text => {
    expect(parseBirthDate(text)).toBeNull();
  },
);

test('a year that has begun can be a birth year, a day that has not come cannot', () => {
  expect(birthDateFault(parseBirthDate('2026')!, '2026-03-01')).toBeNull();
  expect(birthDateFault(parseBirthDate('2026-03-02')!, '2026-03-01')).toBe('validation.dateInFuture');
  expect(birthDateFault(parseBirthDate('1895')!, '2026-03-01')).toBe('registry.invalid.tooLongAgo');
});
