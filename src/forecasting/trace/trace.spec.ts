import { compileSchedule } from '../schedule/compile-schedule';
import { forecast } from '../forecast';
import { dose, doses, madeUp, series } from '../made-up.fixture';
import type { Person } from '../person';
import type { TraceStep } from './rules';

const told = (rules: Parameters<typeof series>, person: Partial<Person>, antigen = {}) =>
  forecast(
    compileSchedule(madeUp([series(...rules)], {}, antigen)),
    { birthDate: '2020-01-01', sex: 'female', doses: [], ...person },
    '2020-02-01',
    { trace: true },
  ).trace!;
const short = ({ rule, outcome, value }: TraceStep) => [rule, outcome, value ?? ''].join(' ').trim();
const of = (steps: readonly TraceStep[], rule: string) => steps.filter(step => step.rule === rule);

describe('the reasoning behind a forecast', () => {
  const sixWeeks = dose({ ages: [{ absoluteMinimum: '6 weeks', minimum: '6 weeks' }] });

  it('goes from the dose given to the group, by rule', () => {
    expect(told([[sixWeeks]], { doses: doses('2020-01-15') }).map(short)).toEqual([
      'TABLE 5-5 met',
      'TABLE 6-15 too-young',
      'TABLE 6-26 met',
      'TABLE 6-31 not-valid',
      'TABLE 7-10 not-complete',
      'FORECASTDTCAN-1 date 2020-02-12',
      'FORECASTDT-2 date 2020-02-12',
      'FORECASTDT-3 blank',
      'FORECASTDT-4 blank',
      'FORECASTDT-5 date 2020-02-12',
      'FORECASTDT-6 blank',
      'FORECASTDN-1 number 1',
      'FORECASTRECVAC-1 codes X',
      'SELECTSCORE-2 not-met',
      'TABLE 8-3 prioritised',
      'TABLE 8-14 best',
      'SINGLEANTVG-1 not-complete',
      'SINGLEANTVG-2 date 2020-02-12',
      'FORECASTVG-2 date 2020-02-12',
      'FORECASTVG-3 blank',
      'FORECASTVG-4 blank',
      'FORECASTDN-2 number 1',
    ]);
  });

  it('says what each rule looked at, of which series, dose and target dose', () => {
    const steps = told([[sixWeeks]], { doses: doses('2020-01-15') });
    expect(of(steps, 'TABLE 6-15')).toEqual([
      {
        rule: 'TABLE 6-15',
        series: 'Xitis standard',
        targetDose: 1,
        doseId: 'd1',
        inputs: {
          date: '2020-01-15',
          absoluteMinimumAgeDate: '2020-02-12',
          minimumAgeDate: '2020-02-12',
          maximumAgeDate: null,
        },
        outcome: 'too-young',
      },
    ]);
    expect(of(steps, 'FORECASTDTCAN-1')[0]?.inputs).toEqual({
      'minimum-age': '2020-02-12',
      'latest-dose': '2020-01-15',
    });
  });

  it('says why a dose was unfit', () => {
    const [given] = doses('2020-01-15');
    expect(
      of(told([[sixWeeks]], { doses: [{ ...given!, lotExpiry: '2019-12' }] }), 'TABLE 6-3'),
    ).toMatchObject([{ inputs: { date: '2020-01-15', lotExpiry: '2019-12' }, outcome: 'sub-standard' }]);
  });

  it('says which condition let a dose be skipped', () => {
    const whenOld = {
      context: 'forecast' as const,
      sets: [{ id: '1', conditions: [{ type: 'age' as const, beginAge: '4 weeks' }] }],
    };
    const steps = told([[dose({ conditionalSkips: [whenOld] }), dose()]], {});
    expect(steps.filter(({ rule }) => /^TABLE 6-(6|10|11)$/.test(rule)).map(short)).toEqual([
      'TABLE 6-6 met',
      'TABLE 6-10 met',
      'TABLE 6-11 skipped',
    ]);
  });

  it('says which vaccines are contraindicated', () => {
    const antigen = {
      contraindications: { vaccine: [{ observation: 'pregnant', vaccines: [{ vaccine: 'X' }] }] },
    };
    const steps = told([[sixWeeks]], { observations: [{ code: 'pregnant' }] }, antigen);
    expect(steps.filter(({ rule }) => rule.startsWith('TABLE 7-')).map(short)).toEqual([
      'TABLE 7-5 not-met',
      'TABLE 7-6 codes X',
      'TABLE 7-7 met',
      'TABLE 7-10 contraindicated',
    ]);
  });
});
