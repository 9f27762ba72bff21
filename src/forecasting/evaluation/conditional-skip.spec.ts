import { ask, dose, doses, madeUp, series, verdicts } from '../made-up.fixture';
import type { ConditionalSkip, SkipCondition } from '../schedule/schedule-format';

const when = (...conditions: SkipCondition[]): ConditionalSkip => ({
  context: 'both',
  sets: [{ id: '1', logic: 'and', conditions }],
});
const skipFirst = (...skips: ConditionalSkip[]) =>
  madeUp([series([dose({ conditionalSkips: skips }), dose()])]);
const next = (schedule: Parameters<typeof ask>[0], on: string, ...given: string[]) =>
  ask(schedule, on, { doses: doses(...given) }).groups[0];

describe('a target dose is skipped', () => {
  it('from an age and before another', () => {
    const schedule = skipFirst(when({ type: 'age', beginAge: '1 year', endAge: '2 years' }));
    const target = (on: string) => ask(schedule, on, { doses: doses(on) }).evaluations[0]?.targetDoseNumber;
    expect([target('2020-12-31'), target('2021-01-01'), target('2021-12-31'), target('2022-01-01')]).toEqual([
      1, 2, 2, 1,
    ]);
  });

  it('after an interval from the dose before', () => {
    const schedule = madeUp([
      series([
        dose(),
        dose({ conditionalSkips: [when({ type: 'interval', interval: '6 months' })] }),
        dose(),
      ]),
    ]);
    const answer = ask(schedule, '2022-01-01', { doses: doses('2020-02-01', '2020-08-01') });
    expect(answer.evaluations.map(({ targetDoseNumber }) => targetDoseNumber)).toEqual([1, 3]);
    expect(answer.groups[0]?.status).toBe('complete');
  });

  it('by the number of earlier doses, of some vaccines or of the antigen, valid ones or all', () => {
    const counting = (rule: object) =>
      madeUp([
        series([
          dose({ ages: [{ absoluteMinimum: '6 weeks' }] }),
          dose({
            conditionalSkips: [
              when({
                type: 'vaccine-count',
                doseCount: 1,
                compare: 'greater-than',
                doseType: 'total',
                ...rule,
              } as never),
            ],
          }),
        ]),
      ]);
    const given = ['2020-01-02', '2020-03-01'];
    expect(next(counting({}), '2021-01-01', ...given)?.status).toBe('complete');
    expect(next(counting({ vaccines: ['X'] }), '2021-01-01', ...given)?.status).toBe('complete');
    expect(next(counting({ vaccines: ['L'] }), '2021-01-01', ...given)?.status).toBe('not-complete');
    expect(next(counting({ doseType: 'valid' }), '2021-01-01', ...given)?.status).toBe('not-complete');
    expect(next(counting({ beginAge: '1 month' }), '2021-01-01', ...given)?.status).toBe('not-complete');
    expect(next(counting({ endDate: '2020-03-01' }), '2021-01-01', ...given)?.status).toBe('not-complete');
    expect(next(counting({ compare: 'equal-to', doseCount: 2 }), '2021-01-01', ...given)?.status).toBe(
      'complete',
    );
    expect(next(counting({ compare: 'less-than', doseCount: 2 }), '2021-01-01', ...given)?.status).toBe(
      'not-complete',
    );
  });

  it('only in its context', () => {
    const later = (context: 'evaluation' | 'forecast') =>
      skipFirst({ ...when({ type: 'age', beginAge: '1 year' }), context });
    expect(
      ask(later('evaluation'), '2022-01-01', { doses: doses('2022-01-01') }).evaluations[0]?.targetDoseNumber,
    ).toBe(2);
    expect(
      ask(later('forecast'), '2022-01-01', { doses: doses('2022-01-01') }).evaluations[0]?.targetDoseNumber,
    ).toBe(1);
  });

  it('when all conditions of a set hold, or any, and all sets, or any', () => {
    const age = (beginAge: string): SkipCondition => ({ type: 'age', beginAge });
    const sets = (logic: 'and' | 'or', ...of: { logic: 'and' | 'or'; conditions: SkipCondition[] }[]) =>
      skipFirst({ context: 'both', logic, sets: of.map((set, i) => ({ id: String(i), ...set })) });
    const skipped = (schedule: Parameters<typeof ask>[0]) =>
      ask(schedule, '2021-06-01', { doses: doses('2021-06-01') }).evaluations[0]?.targetDoseNumber === 2;
    const [yes, no] = [age('1 year'), age('2 years')];
    expect(skipped(sets('and', { logic: 'and', conditions: [yes, no] }))).toBe(false);
    expect(skipped(sets('and', { logic: 'or', conditions: [yes, no] }))).toBe(true);
    expect(
      skipped(sets('and', { logic: 'and', conditions: [yes] }, { logic: 'and', conditions: [no] })),
    ).toBe(false);
    expect(skipped(sets('or', { logic: 'and', conditions: [yes] }, { logic: 'and', conditions: [no] }))).toBe(
      true,
    );
  });

  it('once another series group is complete, but not by a dose given before that', () => {
    const standard = series([dose(), dose()], { equivalentSeriesGroups: [] });
    const risk = series(
      [dose({ conditionalSkips: [when({ type: 'completed-series', seriesGroups: ['1'] })] }), dose()],
      {
        name: 'Xitis at work',
        type: 'risk',
        indications: [{ observation: 'health-worker' }],
        select: { group: '2', default: false, productPath: false, priority: 'A', preference: 1 },
      },
    );
    const answer = ask(madeUp([standard, risk]), '2023-01-01', {
      doses: doses('2020-02-01', '2020-03-01', '2022-06-01'),
      observations: [{ code: 'health-worker' }],
    });
    expect(answer.groups.map(({ seriesName, status }) => `${seriesName} ${status}`)).toEqual([
      'Xitis standard complete',
      'Xitis at work complete',
    ]);
    expect(verdicts(answer).slice(3)).toEqual([
      'd1 valid',
      'd2 valid',
      'd3 extraneous series-already-complete',
    ]);
  });

  it('in the forecast, when it would be skipped on the earliest day forecast for it', () => {
    const monthly = { from: { previousDose: true as const }, minimum: '4 weeks' };
    const yearly = { from: { previousDose: true as const }, minimum: '8 weeks' };
    const schedule = madeUp([
      series([
        dose(),
        dose({
          preferableIntervals: [monthly],
          conditionalSkips: [when({ type: 'age', beginAge: '1 year' })],
        }),
        dose({ preferableIntervals: [yearly] }),
      ]),
    ]);
    expect(next(schedule, '2020-12-20', '2020-12-10')).toMatchObject({
      targetDoseNumber: 2,
      earliest: '2021-02-04',
    });
    expect(next(schedule, '2020-06-20', '2020-06-10')).toMatchObject({
      targetDoseNumber: 2,
      earliest: '2020-07-08',
    });
  });
});
