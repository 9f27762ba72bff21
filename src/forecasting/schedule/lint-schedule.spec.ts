import { lintSchedule } from './lint-schedule';
import { dose, madeUp, series } from '../made-up.fixture';
import type { Schedule, Series, SeriesDose } from './schedule-format';

const age = { minimum: '6 weeks' };
const lint = (schedule: Schedule) => lintSchedule(schedule).map(({ code, path }) => `${code} ${path}`);
const lintDoses = (...doses: SeriesDose[]) => lint(madeUp([series(doses)]));
const other = (rule: Partial<Series>) => series([dose({ ages: [age] })], { name: 'Xitis other', ...rule });
const at = '/antigens/0/series/0/doses/0';

describe('the linter', () => {
  it('is content with a sound schedule', () => {
    expect(lintDoses(dose({ ages: [age] }), dose({ ages: [{ minimum: '10 weeks' }] }))).toEqual([]);
  });

  it('names series, dose and field of ages and intervals out of order', () => {
    const wrong = dose({
      ages: [{ minimum: '2 months', earliestRecommended: '6 weeks' }],
      preferableIntervals: [{ from: { previousDose: true }, absoluteMinimum: '8 weeks', minimum: '4 weeks' }],
    });
    expect(lintSchedule(madeUp([series([wrong])]))).toEqual([
      {
        code: 'ages-not-in-order',
        severity: 'error',
        path: `${at}/ages/0/earliestRecommended`,
        series: 'Xitis standard',
        dose: 1,
        params: { field: 'earliestRecommended', before: 'minimum' },
      },
      expect.objectContaining({ code: 'interval-not-in-order', path: `${at}/preferableIntervals/0/minimum` }),
    ]);
  });

  it('finds a group with two default series, or none', () => {
    expect(lint(madeUp([series([dose({ ages: [age] })]), other({})]))).toContain(
      'several-default-series /antigens/0',
    );
    const none = { group: '1', default: false, productPath: false, priority: 'A', preference: 1 };
    expect(lint(madeUp([other({ select: none })]))).toContain('no-default-series /antigens/0');
  });

  it('lets each sex have a default of its own', () => {
    const girls = series([dose({ ages: [age] })], { requiredSex: ['female'] });
    expect(lint(madeUp([girls, other({ requiredSex: ['male'] })]))).toEqual([]);
  });

  it('finds a dose that nobody can reach', () => {
    const second = dose({
      ages: [{ minimum: '6 weeks', maximum: '8 weeks' }],
      preferableIntervals: [{ from: { previousDose: true }, minimum: '4 weeks' }],
    });
    expect(lintDoses(dose({ ages: [age] }), second)).toEqual([
      'unreachable-dose /antigens/0/series/0/doses/1/ages',
    ]);
    expect(lintDoses(dose({ ages: [age], recurring: true }), dose({ ages: [age] }))).toEqual([
      'unreachable-after-recurring /antigens/0/series/0/doses/1',
    ]);
  });

  it('finds vaccines that can never count', () => {
    expect(lintDoses({ ages: [age] })).toEqual([`no-vaccine ${at}`]);
    expect(lintDoses({ ages: [age], preferableVaccines: [{ vaccine: 'L' }] })).toEqual([
      `vaccine-without-antigen ${at}/preferableVaccines/0/vaccine`,
    ]);
    expect(lintDoses(dose({ ages: [age], inadvertentVaccines: ['X'] }))).toEqual([
      `vaccine-also-inadvertent ${at}/preferableVaccines/0/vaccine`,
    ]);
  });

  it('finds windows that overlap or end before they begin', () => {
    const twice = [
      { ...age, effectiveTo: '2020-06-30' },
      { ...age, effectiveFrom: '2020-06-30', effectiveTo: '2020-01-01' },
    ];
    expect(lintDoses(dose({ ages: twice }))).toContain(`window-ends-before-it-begins ${at}/ages/1`);
    expect(lintDoses(dose({ ages: [age, age] }))).toEqual([`overlapping-windows ${at}/ages/1`]);
    expect(lintDoses(dose({ ages: [age], season: { from: '2020-10-01', to: '2020-03-31' } }))).toEqual([
      `window-ends-before-it-begins ${at}/season`,
    ]);
  });

  it('finds groups and antigens that do not know each other, and risk without indication', () => {
    const schedule = madeUp([other({ type: 'risk', equivalentSeriesGroups: ['7'] })], {
      vaccineGroups: [
        { code: 'X', antigens: ['Xitis'] },
        { code: 'Z', antigens: ['Xitis'] },
      ],
    });
    expect(lint(schedule).sort()).toEqual([
      'antigen-without-series /vaccineGroups/1/antigens/0',
      'risk-without-indication /antigens/0/series/0',
      'unknown-series-group /antigens/0/series/0',
    ]);
  });

  it('doubts a first dose without a minimum age and a dose younger than the one before', () => {
    expect(lintDoses(dose({ ages: [{ earliestRecommended: '0 days' }] }))).toEqual([`no-minimum-age ${at}`]);
    expect(lintDoses(dose({ ages: [{ minimum: '1 year' }] }), dose({ ages: [age] }))).toEqual([
      'age-before-previous-dose /antigens/0/series/0/doses/1/ages',
    ]);
  });
});
