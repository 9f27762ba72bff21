import type { GroupForecast } from '../../forecasting';
import { daysToKeep, type NextVisit, nextVisitAfter } from './next-visit-rules';

const counted = (...groups: string[]) =>
  groups.map(vaccineGroup => ({ vaccineGroup, doseNumber: 1, status: 'valid' as const, reasons: [] }));
const group = (vaccineGroup: string, more: Partial<GroupForecast>): GroupForecast =>
  ({
    vaccineGroup,
    targetDoseNumber: 2,
    vaccines: [],
    preferableVaccines: ['v1', 'v2'],
    ...more,
  }) as GroupForecast;
const products = [
  { code: 'first', vaccine: 'v1' },
  { code: 'second', vaccine: 'v2' },
];

describe('the next visit', () => {
  it('is for the first group that a dose of this one counted for and that is due again', () => {
    const groups = [
      group('other', { recommended: '2030-01-01' }),
      group('late', { recommended: '2030-03-01' }),
      group('soon', { recommended: '2030-02-01' }),
      group('done', {}),
    ];

    const visit = nextVisitAfter(
      [{ counted: counted('late', 'soon', 'done'), productCode: 'first' }],
      groups,
      products,
    );

    expect(visit).toMatchObject({ vaccineGroup: 'soon', doseNumber: 2, recommended: '2030-02-01' });
  });

  it('is with the same product where that counts, and with another where it does not', () => {
    const after = (vaccines: string[]) =>
      nextVisitAfter(
        [{ counted: counted('a'), productCode: 'second' }],
        [group('a', { recommended: '2030-02-01', vaccines })],
        products,
      )?.product;

    expect([after([]), after(['v2']), after(['v1']), after(['v9'])]).toEqual([
      'second',
      'second',
      'first',
      null,
    ]);
  });

  it('is none when nothing is due again', () => {
    expect(
      nextVisitAfter([{ counted: counted('a'), productCode: 'first' }], [group('a', {})], products),
    ).toBeNull();
  });
});

describe('the days on which a place is kept', () => {
  const visit = (more: Partial<NextVisit>): NextVisit => ({
    vaccineGroup: 'a',
    doseNumber: 2,
    product: 'first',
    earliest: '2030-01-20',
    recommended: '2030-02-01',
    pastDue: null,
    latest: null,
    ...more,
  });

  it('begin when the dose is recommended and end four weeks on, later when it is not overdue by then', () => {
    const until = (more: Partial<NextVisit>) => daysToKeep(visit(more), '2030-01-01');

    expect(until({})).toEqual({ from: '2030-02-01', until: '2030-03-01' });
    expect(until({ pastDue: '2030-02-10' }).until).toBe('2030-03-01');
    expect(until({ pastDue: '2030-04-10' }).until).toBe('2030-04-10');
  });

  it('end before it is too late', () => {
    expect(daysToKeep(visit({ latest: '2030-02-05' }), '2030-01-01').until).toBe('2030-02-05');
  });

  it('are never today', () => {
    expect(daysToKeep(visit({}), '2030-02-01').from).toBe('2030-02-02');
  });
});
