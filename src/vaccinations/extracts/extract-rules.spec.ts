import { ageBandOf, cellsOf, monthsFault } from './extract-rules';

const AREA = '01900000-0000-7000-8000-000000000001';
const person = (id: string, birthDate: string) => ({ id, birthDate, sex: 'female', areaId: AREA });
const dose = (personId: string, givenOn: string, vaccineCode = 'bcg') => ({ personId, givenOn, vaccineCode });

describe('an extract of doses', () => {
  it.each([
    ['2024-02-29', '2024-02-29', '0'],
    ['2024-03-01', '2025-02-28', '0'],
    ['2024-03-01', '2025-03-01', '1-4'],
    ['2019-06-15', '2024-06-14', '1-4'],
    ['2019-06-15', '2024-06-15', '5-14'],
    ['1959-01-01', '2024-06-15', '65+'],
    ['2024-06-16', '2024-06-15', '0'],
  ])('has somebody born on %s among those who were %s in %s years', (born, on, band) => {
    expect(ageBandOf(born, on)).toBe(band);
  });

  it('counts a person once in each figure, however many doses she had', () => {
    const cells = cellsOf(
      [person('a', '2024-01-05'), person('b', '2024-01-09')],
      [dose('a', '2024-03-01'), dose('a', '2024-03-28'), dose('b', '2024-03-02'), dose('a', '2024-04-02')],
    );

    expect(cells).toEqual([
      { month: '2024-03-01', areaId: AREA, ageBand: '0', sex: 'female', vaccine: 'bcg', persons: 2 },
      { month: '2024-04-01', areaId: AREA, ageBand: '0', sex: 'female', vaccine: 'bcg', persons: 1 },
    ]);
  });

  it.each([
    ['2024-01-02', '2024-02-01', 'vaccinations.extract.invalid.firstOfMonth'],
    ['2024-03-01', '2024-02-01', 'vaccinations.extract.invalid.backwards'],
    ['2024-01-01', '2026-05-01', 'vaccinations.extract.invalid.monthNotOver'],
    ['2024-01-01', '2026-01-01', 'vaccinations.extract.invalid.tooMany'],
    ['2024-01-01', '2025-12-01', null],
    ['2026-04-01', '2026-04-01', null],
  ])('from %s until %s: %s', (from, until, fault) => {
    expect(monthsFault(from, until, '2026-05-31')).toBe(fault);
  });
});
