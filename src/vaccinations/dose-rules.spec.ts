import { compileSchedule, type DoseGiven, type Person, type Schedule } from '../forecasting';
import { assumedBirthDate, decideDose } from './dose-rules';

const dose = (id: string, vaccineCode: string, date: string): DoseGiven => ({ id, vaccineCode, date });
const vaccine = (code: string, ...antigens: string[]) => ({
  code,
  name: { en: code },
  antigens: antigens.map(antigen => ({ antigen })),
});
const series = (name: string, vaccineGroup: string, vaccineCode: string, doses: object[]) => ({
  name,
  vaccineGroup,
  type: 'standard',
  select: { group: '1', default: true, productPath: false, priority: 'A', preference: 1 },
  doses: doses.map(rules => ({ preferableVaccines: [{ vaccine: vaccineCode, recommend: true }], ...rules })),
});
const age = (minimum: string, maximum?: string) => ({
  ages: [{ minimum, earliestRecommended: minimum, ...(maximum && { maximum }) }],
});
const again = {
  preferableIntervals: [{ from: { previousDose: true }, absoluteMinimum: '4 weeks', minimum: '4 weeks' }],
};

// Made up: X in two doses, Y and Z together in one.
const schedule = compileSchedule({
  format: 'tikasetu.schedule/1',
  code: 'made-up',
  version: '1',
  effectiveFrom: '2020-01-01',
  title: { en: 'Made up' },
  sources: [{ id: 'none', title: 'Made up', publisher: 'Nobody', year: 2020 }],
  policy: { monthEnd: 'roll-forward', graceDays: 0 },
  vocabulary: { vaccines: { system: 'urn:made-up', maps: [] } },
  vaccineGroups: [
    { code: 'X', antigens: ['x'] },
    { code: 'YZ', antigens: ['y', 'z'], administerFullGroup: true },
  ],
  vaccines: [
    vaccine('VX', 'x'),
    vaccine('VX-OLD', 'x'),
    vaccine('VYZ', 'y', 'z'),
    vaccine('VXYZ', 'x', 'y', 'z'),
  ],
  antigens: [
    {
      code: 'x',
      series: [
        series('X', 'X', 'VX', [
          { ...age('6 weeks', '5 years'), allowableVaccines: [{ vaccine: 'VXYZ' }] },
          { ...age('10 weeks', '5 years'), ...again },
        ]),
      ],
    },
    { code: 'y', series: [series('Y', 'YZ', 'VYZ', [age('9 months')])] },
    { code: 'z', series: [series('Z', 'YZ', 'VYZ', [age('9 months')])] },
  ],
} as unknown as Schedule);

const born = '2026-01-01';
const child = (...doses: DoseGiven[]): Person => ({ birthDate: born, sex: 'female', doses });

describe('a dose held against the schedule', () => {
  it('counts as the first when it is due', () => {
    const decision = decideDose(schedule, child(), dose('new', 'VX', '2026-02-12'), '2026-02-12');

    expect(decision).toEqual({
      counted: [{ vaccineGroup: 'X', doseNumber: 1, status: 'valid', reasons: [] }],
      objection: null,
    });
  });

  it('counts as the second after the first', () => {
    const first = dose('1', 'VX', '2026-02-12');

    const { counted, objection } = decideDose(
      schedule,
      child(first),
      dose('new', 'VX', '2026-03-12'),
      '2026-03-12',
    );

    expect(counted[0]).toMatchObject({ doseNumber: 2, status: 'valid' });
    expect(objection).toBeNull();
  });

  it('is too early a day before the minimum age, with the day from which it would count', () => {
    const { counted, objection } = decideDose(
      schedule,
      child(),
      dose('new', 'VX', '2026-02-11'),
      '2026-02-11',
    );

    expect(counted[0]).toMatchObject({ status: 'not-valid', reasons: ['too-young'] });
    expect(objection).toMatchObject({ kind: 'too-early', earliest: '2026-02-12', reason: 'minimum-age' });
  });

  it('is too early within the minimum interval, even when old enough', () => {
    const first = dose('1', 'VX', '2026-06-01');

    const { objection } = decideDose(schedule, child(first), dose('new', 'VX', '2026-06-28'), '2026-06-28');

    expect(objection).toMatchObject({
      kind: 'too-early',
      earliest: '2026-06-29',
      reason: 'minimum-interval',
    });
  });

  it('is not needed when the series is complete', () => {
    const doses = [dose('1', 'VX', '2026-02-12'), dose('2', 'VX', '2026-03-12')];

    const { objection } = decideDose(
      schedule,
      child(...doses),
      dose('new', 'VX', '2026-06-01'),
      '2026-06-01',
    );

    expect(objection).toMatchObject({ kind: 'no-dose-needed', vaccineGroup: 'X', status: 'complete' });
  });

  it('is not needed once the age for it is over', () => {
    const { objection } = decideDose(schedule, child(), dose('new', 'VX', '2031-01-02'), '2031-01-02');

    expect(objection).toMatchObject({ kind: 'no-dose-needed', status: 'aged-out' });
  });

  it('is not suitable when the schedule does not take that vaccine', () => {
    const { objection } = decideDose(schedule, child(), dose('new', 'VX-OLD', '2026-03-01'), '2026-03-01');

    expect(objection).toMatchObject({ kind: 'not-suitable', vaccineGroups: ['X'] });
  });

  it('has one line for a group of several antigens', () => {
    const { counted } = decideDose(schedule, child(), dose('new', 'VYZ', '2026-10-01'), '2026-10-01');

    expect(counted).toEqual([{ vaccineGroup: 'YZ', doseNumber: 1, status: 'valid', reasons: [] }]);
  });

  it('says nothing of a group that takes another vaccine for the same antigen', () => {
    const { counted, objection } = decideDose(
      schedule,
      child(),
      dose('new', 'VXYZ', '2026-02-01'),
      '2026-02-01',
    );

    expect(counted.map(({ vaccineGroup }) => vaccineGroup)).toEqual(['X']);
    expect(objection).toMatchObject({ kind: 'too-early', vaccineGroup: 'X', earliest: '2026-02-12' });
  });

  it('takes its place among the others when it is entered late', () => {
    const later = dose('1', 'VX', '2026-06-01');

    const { counted } = decideDose(schedule, child(later), dose('new', 'VX', '2026-02-12'), '2026-07-01');

    expect(counted[0]).toMatchObject({ doseNumber: 1, status: 'valid' });
  });
});

describe('a birth date of which only the year is known', () => {
  it('is taken as late as it can be', () => {
    expect(assumedBirthDate('2025-12-31', '2026-07-01', [])).toBe('2025-12-31');
  });

  it('is not taken later than today or than the first dose', () => {
    expect(assumedBirthDate('2026-12-31', '2026-07-01', [])).toBe('2026-07-01');
    const doses = [{ givenOn: '2026-05-05' }, { givenOn: '2026-03-03' }];
    expect(assumedBirthDate('2026-12-31', '2026-07-01', doses)).toBe('2026-03-03');
  });
});
