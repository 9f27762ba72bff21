import { ask, dose, doses, madeUp, series } from '../made-up.fixture';
import type { Series } from '../schedule/schedule-format';

const select = (rule: Partial<Series['select']>): Series['select'] => ({
  group: '1',
  default: false,
  productPath: false,
  priority: 'A',
  preference: 1,
  ...rule,
});
const monthly = { from: { previousDose: true as const }, absoluteMinimum: '4 weeks', minimum: '4 weeks' };
const speaking = (all: readonly Series[], person: Parameters<typeof ask>[2] = {}, on = '2025-01-01') =>
  ask(madeUp(all), on, person).groups.map(({ seriesName }) => seriesName);

describe('the series that speaks for a person', () => {
  const three = series([
    dose(),
    dose({ preferableIntervals: [monthly] }),
    dose({ preferableIntervals: [monthly] }),
  ]);
  const two = series([dose(), dose({ preferableIntervals: [monthly] })], {
    name: 'Xitis short',
    select: select({ preference: 2 }),
  });

  it('is the default before any dose', () => {
    expect(speaking([three, two])).toEqual(['Xitis standard']);
  });

  it('is the one closest to completion once both are begun', () => {
    expect(speaking([three, two], { doses: doses('2024-12-01') })).toEqual(['Xitis short']);
  });

  it('is the complete one', () => {
    expect(speaking([three, two], { doses: doses('2024-06-01', '2024-12-01') })).toEqual(['Xitis short']);
  });

  it('among complete ones, is the one with most valid doses', () => {
    expect(speaking([three, two], { doses: doses('2024-04-01', '2024-06-01', '2024-12-01') })).toEqual([
      'Xitis standard',
    ]);
  });

  it('is not one begun too late', () => {
    const forInfants = { ...two, select: select({ preference: 2, maxAgeToStart: '1 year' }) };
    expect(speaking([three, forInfants], { doses: doses('2024-12-01') })).toEqual(['Xitis standard']);
  });

  it('by preference, where points are equal', () => {
    const twin = { ...three, name: 'Xitis twin', select: select({ preference: 2 }) };
    const preferred = { ...three, name: 'Xitis first', select: select({ preference: 1 }) };
    expect(speaking([twin, preferred])).toEqual(['Xitis first']);
    expect(speaking([twin, preferred], { doses: doses('2024-12-01') })).toEqual(['Xitis first']);
  });

  it('depends on sex where the schedule says so', () => {
    const boys = { ...two, requiredSex: ['male' as const], select: select({ default: true }) };
    const girls = { ...three, requiredSex: ['female' as const, 'unknown' as const] };
    expect(speaking([girls, boys], { sex: 'female' })).toEqual(['Xitis standard']);
    expect(speaking([girls, boys], { sex: 'male' })).toEqual(['Xitis short']);
    expect(speaking([girls, boys], { sex: 'unknown' })).toEqual(['Xitis standard']);
  });

  it('is an evaluation-only one only when complete', () => {
    const abroad = { ...two, name: 'Xitis abroad', type: 'evaluation-only' as const };
    expect(speaking([three, abroad], { doses: doses('2024-12-01') })).toEqual(['Xitis standard']);
    expect(speaking([three, abroad], { doses: doses('2024-06-01', '2024-12-01') })).toEqual(['Xitis abroad']);
  });
});

describe('a risk series', () => {
  const standard = series([dose(), dose()], { equivalentSeriesGroups: ['2'] });
  const atWork = (rule: Partial<Series> = {}) =>
    series([dose(), dose(), dose()], {
      name: 'Xitis at work',
      type: 'risk',
      indications: [{ observation: 'health-worker', beginAge: '4 years' }],
      select: select({ group: '2' }),
      ...rule,
    });
  const healthWorker = { observations: [{ code: 'health-worker' }] };

  it('speaks only for those it is indicated for, at the ages it is', () => {
    expect(speaking([standard, atWork()])).toEqual(['Xitis standard']);
    expect(speaking([standard, atWork()], healthWorker, '2023-12-31')).toEqual(['Xitis standard']);
    expect(speaking([standard, atWork()], healthWorker, '2024-01-01')).toEqual(['Xitis at work']);
  });

  it('speaks beside the standard one where neither stands in for the other', () => {
    expect(speaking([{ ...standard, equivalentSeriesGroups: [] }, atWork()], healthWorker)).toEqual([
      'Xitis standard',
      'Xitis at work',
    ]);
  });

  it('of the higher priority hides the others of its group', () => {
    const lesser = atWork({ name: 'Xitis at home', select: select({ group: '2', priority: 'B' }) });
    expect(speaking([standard, lesser, atWork()], healthWorker)).toEqual(['Xitis at work']);
  });

  it('without any date to begin at does not begin first', () => {
    const undated = atWork({
      name: 'Xitis for infants at work',
      select: select({ group: '2', preference: 1 }),
    });
    const dated = atWork({
      doses: [dose({ ages: [{ minimum: '2 years' }] }), dose()],
      select: select({ group: '2', preference: 2 }),
    });
    expect(speaking([standard, undated, dated], healthWorker)).toEqual(['Xitis at work']);
  });
});
