import { ask, dose, doses, madeUp, series } from '../made-up.fixture';
import type { SeriesDose } from '../schedule/schedule-format';

const group = (doseRules: readonly SeriesDose[], on: string, person: Parameters<typeof ask>[2] = {}) =>
  ask(madeUp([series(doseRules)]), on, person).groups[0];
const ages = {
  minimum: '6 weeks',
  earliestRecommended: '2 months',
  latestRecommended: '3 months',
  maximum: '2 years',
};

describe('the dates of the next dose', () => {
  it('are its ages, the past-due and latest dates each the day before', () => {
    expect(group([dose({ ages: [ages] })], '2020-01-01')).toMatchObject({
      status: 'not-complete',
      dueStatus: 'not-due',
      targetDoseNumber: 1,
      earliest: '2020-02-12',
      recommended: '2020-03-01',
      pastDue: '2020-03-31',
      latest: '2021-12-31',
      rule: 'FORECASTDTCAN-1',
      reason: 'minimum-age',
      vaccines: ['X'],
      antigens: ['Xitis'],
    });
  });

  it.each([
    ['2020-02-29', 'not-due'],
    ['2020-03-01', 'due'],
    ['2020-03-31', 'due'],
    ['2020-04-01', 'overdue'],
    ['2022-01-01', 'aged-out'],
  ])('on %s make the dose %s', (on, dueStatus) => {
    expect(group([dose({ ages: [ages] })], on)?.dueStatus).toBe(dueStatus);
  });

  it('are pushed back by the interval from the dose before', () => {
    const interval = {
      from: { previousDose: true as const },
      minimum: '4 weeks',
      earliestRecommended: '8 weeks',
    };
    const rules = [dose(), dose({ ages: [ages], preferableIntervals: [interval] })];
    expect(group(rules, '2020-06-01', { doses: doses('2020-05-20') })).toMatchObject({
      targetDoseNumber: 2,
      earliest: '2020-06-17',
      recommended: '2020-06-17',
      pastDue: '2020-06-17',
      unadjustedRecommended: '2020-03-01',
      reason: 'minimum-interval',
    });
  });

  it('come from the recommended interval where the schedule recommends no age', () => {
    const interval = {
      from: { previousDose: true as const },
      minimum: '4 weeks',
      earliestRecommended: '8 weeks',
      latestRecommended: '12 weeks',
    };
    const rules = [dose(), dose({ preferableIntervals: [interval] })];
    expect(group(rules, '2020-06-01', { doses: doses('2020-05-20') })).toMatchObject({
      earliest: '2020-06-17',
      recommended: '2020-07-15',
      pastDue: '2020-08-11',
    });
  });

  it('are never before a dose already given, an inadvertent one included', () => {
    const rules = [dose({ ages: [ages], inadvertentVaccines: ['XL'] })];
    const given = { doses: [{ id: 'd1', vaccineCode: 'XL', date: '2020-05-20' }] };
    expect(group(rules, '2020-06-01', given)).toMatchObject({
      earliest: '2020-05-20',
      reason: 'inadvertent-dose',
    });
  });

  it('begin with the season, and there is no dose after it', () => {
    const rules = [dose({ ages: [ages], season: { from: '2020-10-01', to: '2021-03-31' } })];
    expect(group(rules, '2020-06-01')).toMatchObject({ earliest: '2020-10-01', reason: 'season-start' });
    expect(group(rules, '2021-03-31')?.status).toBe('not-complete');
    expect(group(rules, '2021-04-01')).toMatchObject({ status: 'not-recommended', reason: 'past-season' });
  });

  it('fall on the first of the next month, or on the last of the month, as the country chose', () => {
    const rule = series([dose({ ages: [{ minimum: '1 month' }] })]);
    const bornOn31st = { birthDate: '2020-01-31' };
    expect(ask(madeUp([rule]), '2020-02-01', bornOn31st).groups[0]?.earliest).toBe('2020-03-01');
    const back = madeUp([rule], { policy: { monthEnd: 'back-to-month-end' } });
    expect(ask(back, '2020-02-01', bornOn31st).groups[0]?.earliest).toBe('2020-02-29');
  });
});

describe('no dose is forecast', () => {
  it('when none can be given before the maximum age', () => {
    const interval = { from: { previousDose: true as const }, minimum: '1 year' };
    const rules = [dose(), dose({ ages: [ages], preferableIntervals: [interval] })];
    expect(group(rules, '2021-06-02', { doses: doses('2021-06-01') })).toMatchObject({
      status: 'aged-out',
      reason: 'cannot-finish-before-maximum-age',
      rule: 'TABLE 7-10',
    });
  });

  it('to a person with evidence of immunity, by history or by birth unless exposed', () => {
    const immunity = {
      clinicalHistory: ['had-xitis'],
      birth: [{ before: '1957-01-01', country: 'XA', unless: ['health-worker'] }],
    };
    const schedule = madeUp([series([dose()])], {}, { immunity });
    const status = (person: Parameters<typeof ask>[2]) =>
      ask(schedule, '2021-01-01', person).groups[0]?.status;
    const old = { birthDate: '1956-12-31', countryOfBirth: 'XA' };
    expect(status({ observations: [{ code: 'had-xitis' }] })).toBe('immune');
    expect(status(old)).toBe('immune');
    expect(status({ ...old, birthDate: '1957-01-01' })).toBe('not-complete');
    expect(status({ ...old, countryOfBirth: 'XB' })).toBe('not-complete');
    expect(status({ ...old, observations: [{ code: 'HW1', system: 'icd' }] })).toBe('not-complete');
  });

  it('to a person with a contraindication to the antigen, at the ages it holds', () => {
    const contraindications = { group: [{ observation: 'pregnant', beginAge: '10 years' }] };
    const schedule = madeUp([series([dose()])], {}, { contraindications });
    const pregnant = { observations: [{ code: 'pregnant' }] };
    expect(ask(schedule, '2040-01-01', pregnant).groups[0]?.status).toBe('contraindicated');
    expect(ask(schedule, '2029-12-31', pregnant).groups[0]?.status).toBe('not-complete');
  });

  it('to a person with a contraindication, unless another observation takes it away', () => {
    const contraindications = { group: [{ observation: 'had-xitis', unless: ['health-worker'] }] };
    const schedule = madeUp([series([dose()])], {}, { contraindications });
    const status = (...codes: string[]) =>
      ask(schedule, '2040-01-01', { observations: codes.map(code => ({ code })) }).groups[0]?.status;
    expect(status('had-xitis')).toBe('contraindicated');
    expect(status('had-xitis', 'health-worker')).toBe('not-complete');
  });

  it('of a vaccine that is contraindicated; when all are, of none', () => {
    const two = dose({
      preferableVaccines: [
        { vaccine: 'X', recommend: true },
        { vaccine: 'XL', recommend: true },
      ],
    });
    const against = (...vaccines: string[]) => ({
      contraindications: {
        vaccine: [{ observation: 'pregnant', vaccines: vaccines.map(vaccine => ({ vaccine })) }],
      },
    });
    const answer = (...vaccines: string[]) =>
      ask(madeUp([series([two])], {}, against(...vaccines)), '2040-01-01', {
        observations: [{ code: 'pregnant' }],
      });
    expect(answer('XL').groups[0]).toMatchObject({ status: 'not-complete', vaccines: ['X'] });
    expect(answer('X', 'XL').groups[0]?.status).toBe('contraindicated');
  });
});
