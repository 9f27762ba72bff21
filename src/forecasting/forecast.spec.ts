import { compileSchedule, ScheduleInvalid } from './schedule/compile-schedule';
import { evaluate, forecast } from './forecast';
import { dose, doses, madeUp, series } from './made-up.fixture';

const schedule = compileSchedule(
  madeUp([series([dose({ ages: [{ absoluteMinimum: '6 weeks', minimum: '6 weeks' }] })])]),
);
const person = { birthDate: '2020-01-01', sex: 'female' as const, doses: doses('2020-01-15') };

describe('a forecast', () => {
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

  it('counts doses as they count when nobody asks what is next', () => {
    const twice = { ...person, doses: doses('2020-01-15', '2020-03-01') };

    const evaluations = evaluate(schedule, twice, '2020-04-01');

    expect(evaluations.map(({ status }) => status)).toEqual(['not-valid', 'valid']);
    expect(evaluations).toEqual(forecast(schedule, twice, '2020-04-01').evaluations);
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
