import { compileSchedule, ScheduleInvalid } from './compile-schedule';
import { forecast } from './forecast';
import { dose, doses, madeUp, series } from './made-up.fixture';

const schedule = compileSchedule(
  madeUp([series([dose({ ages: [{ absoluteMinimum: '6 weeks', minimum: '6 weeks' }] })])]),
);
const person = { birthDate: '2020-01-01', sex: 'female' as const, doses: doses('2020-01-15') };

describe('a forecast', () => {
  it('says by which rule each dose was judged and each date was found', () => {
    const answer = forecast(schedule, person, '2020-02-01', { trace: true });
    expect(answer.trace).toEqual([
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
      expect.objectContaining({ rule: 'TABLE 6-31', outcome: 'not-valid too-young' }),
      expect.objectContaining({ rule: 'TABLE 7-10', outcome: 'not-complete minimum-age' }),
      expect.objectContaining({
        rule: 'FORECASTDTCAN-1',
        inputs: { 'minimum-age': '2020-02-12', 'latest-dose': '2020-01-15' },
        outcome: '2020-02-12',
      }),
      expect.objectContaining({
        rule: 'FORECASTDT-2',
        inputs: { decidedBy: 'earliest-date' },
        outcome: '2020-02-12',
      }),
      expect.objectContaining({ rule: 'FORECASTDT-5', outcome: '2020-02-12' }),
      expect.objectContaining({ rule: 'TABLE 8-3', outcome: 'prioritised' }),
      expect.objectContaining({ rule: 'TABLE 8-14', outcome: 'best' }),
    ]);
  });

  it('names the version of the schedule it was made under', () => {
    expect(forecast(schedule, person, '2020-02-01')).toMatchObject({
      schedule: { code: 'made-up', version: '1' },
      on: '2020-02-01',
    });
  });

  it('changes nothing that it was given', () => {
    const before = JSON.stringify([person, schedule.schedule]);
    forecast(schedule, person, '2020-02-01', { trace: true });
    expect(JSON.stringify([person, schedule.schedule])).toBe(before);
  });

  it('is refused for a birth date that is no day', () => {
    expect(() => forecast(schedule, { ...person, birthDate: '2020-02-30' }, '2020-03-01')).toThrow(
      RangeError,
    );
  });
});

describe('a schedule with faults', () => {
  it('is not compiled, and says where they are', () => {
    const wrong = madeUp([series([dose({ preferableVaccines: [{ vaccine: 'Q' }] })])]);
    expect(() => compileSchedule(wrong)).toThrow(ScheduleInvalid);
    expect(() => compileSchedule(wrong)).toThrow('/antigens/0/series/0/doses/0/preferableVaccines/0/vaccine');
  });
});
