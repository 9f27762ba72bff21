import fc from 'fast-check';
import { addTo, isCivilDate } from '../../../src/common';
import {
  type CompiledSchedule,
  type GroupForecast,
  type DoseGiven,
  evaluate,
  forecast,
  type Person,
  type PersonForecast,
} from '../../../src/forecasting';
import { skipUnless } from '../../harness/run/skip';
import { compileRelease, DATA, releases } from './schedule-cases';

const folder = releases().at(-1);
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 300);

/** Any person at all: doses of any vaccine on any day, some of them impossible, and any observations. */
function anyone(schedule: CompiledSchedule): fc.Arbitrary<{ person: Person; on: string }> {
  const vaccineCode = fc.constantFrom(...schedule.vaccines.map(({ code }) => code), 'no-such-vaccine');
  const observed = fc.record({
    code: fc.constantFrom(...schedule.observations),
    date: fc.option(fc.integer({ min: 0, max: 30_000 }), { nil: undefined }),
  });
  const dose = fc.record({
    vaccineCode,
    after: fc.oneof(fc.integer({ min: -30, max: 800 }), fc.integer({ min: 0, max: 30_000 })),
    condition: fc.option(fc.constant('recall'), { nil: undefined, freq: 20 }),
  });
  return fc
    .record({
      born: fc.integer({ min: 0, max: 36_000 }),
      age: fc.oneof(fc.integer({ min: 0, max: 1_500 }), fc.integer({ min: 0, max: 33_000 })),
      sex: fc.constantFrom('female' as const, 'male' as const, 'other' as const, 'unknown' as const),
      doses: fc.array(dose, { maxLength: 12 }),
      observations: fc.array(observed, { maxLength: 3 }),
    })
    .map(({ born, age, sex, doses, observations }) => {
      const birthDate = addTo('1930-01-01', `${born} days`);
      return {
        person: {
          birthDate,
          sex,
          doses: doses.map(({ after, ...rest }, i) => ({
            id: `dose-${String(i).padStart(2, '0')}`,
            date:
              after < 0 ? addTo(birthDate, { months: 0, days: after }) : addTo(birthDate, `${after} days`),
            ...rest,
          })),
          observations: observations.map(({ code, date }) => ({
            code,
            ...(date !== undefined && { date: addTo(birthDate, `${date} days`) }),
          })),
        },
        on: addTo(birthDate, `${age} days`),
      };
    });
}

const datesOf = ({ groups }: PersonForecast) =>
  groups.flatMap(group => [
    group.earliest,
    group.recommended,
    group.pastDue,
    group.latest,
    group.unadjustedRecommended,
    group.unadjustedPastDue,
  ]);

const named = ({ vaccineGroup, seriesGroup }: GroupForecast) => `${vaccineGroup} ${seriesGroup}`;

/** The groups complete in one answer and not in the other. */
function completeOnlyIn(answer: PersonForecast, other: PersonForecast): string[] {
  const complete = ({ groups }: PersonForecast) =>
    groups.filter(({ status }) => status === 'complete').map(named);
  return complete(answer).filter(group => !complete(other).includes(group));
}

/** Vaccine groups with a dose that may be skipped only up to an age, and so comes back: the schedule says so. */
function groupsThatComeBack({ schedule }: CompiledSchedule): Set<string> {
  const series = schedule.antigens.flatMap(antigen => antigen.series);
  const comesBack = series.filter(({ doses }) =>
    doses
      .flatMap(dose => dose.conditionalSkips ?? [])
      .flatMap(({ sets }) => sets.flatMap(({ conditions }) => conditions))
      .some(condition => condition.type === 'age' && condition.endAge !== undefined),
  );
  return new Set(comesBack.map(({ vaccineGroup }) => vaccineGroup));
}

skipUnless(folder, `no CDSi supporting data in ${DATA}`)('Whatever the history', () => {
  const schedule = folder ? compileRelease(folder) : undefined!;
  const always = (law: (one: { person: Person; on: string }) => void) =>
    fc.assert(fc.property(anyone(schedule), law), { numRuns: RUNS });

  it('every date forecast is a day of the calendar, and the dates are in order', () => {
    always(({ person, on }) => {
      const answer = forecast(schedule, person, on);
      expect(datesOf(answer).filter(date => date !== undefined && !isCivilDate(date))).toEqual([]);
      const outOfOrder = answer.groups.filter(
        ({ earliest, recommended, pastDue }) =>
          (recommended ?? '') < (earliest ?? '') || (pastDue !== undefined && pastDue < (earliest ?? '')),
      );
      expect(outOfOrder).toEqual([]);
    });
  });

  it('a dose to come has a number, an earliest and a recommended date; no other group has any', () => {
    always(({ person, on }) => {
      const wrong = forecast(schedule, person, on).groups.filter(
        ({ status, earliest, recommended, targetDoseNumber }) =>
          [earliest, recommended, targetDoseNumber].filter(value => value !== undefined).length !==
          (status === 'not-complete' ? 3 : 0),
      );
      expect(wrong).toEqual([]);
    });
  });

  it('the same question has the same answer, with or without its reasoning', () => {
    always(({ person, on }) => {
      const answer = forecast(schedule, person, on);
      const { trace, ...explained } = forecast(schedule, person, on, { trace: true });
      expect(explained).toEqual({ ...answer, trace: undefined });
      expect(trace?.length).toBeGreaterThan(0);
    });
  });

  it('how one dose counts is the same whether all is asked or that dose alone', () => {
    always(({ person, on }) => {
      const { evaluations } = forecast(schedule, person, on);
      expect(evaluate(schedule, person, on)).toEqual(evaluations);
      for (const { id } of person.doses)
        expect(evaluate(schedule, person, on, id)).toEqual(evaluations.filter(({ doseId }) => doseId === id));
    });
  });

  it('the order in which the records come changes nothing', () => {
    always(({ person, on }) => {
      const shuffled = {
        ...person,
        doses: [...person.doses].reverse(),
        observations: [...(person.observations ?? [])].reverse(),
      };
      const { groups, evaluations } = forecast(schedule, shuffled, on);
      const straight = forecast(schedule, person, on);
      expect({ groups, evaluations }).toEqual({ groups: straight.groups, evaluations: straight.evaluations });
    });
  });

  it('a dose that cannot be used is named and changes nothing else', () => {
    always(({ person, on }) => {
      const unusable: DoseGiven[] = [
        { id: 'x-unknown', vaccineCode: 'no-such-vaccine', date: on },
        { id: 'x-future', vaccineCode: schedule.vaccines[0]!.code, date: addTo(on, '1 day') },
        {
          id: 'x-unborn',
          vaccineCode: schedule.vaccines[0]!.code,
          date: addTo(person.birthDate, { months: 0, days: -1 }),
        },
        { id: 'x-no-day', vaccineCode: schedule.vaccines[0]!.code, date: '2023-02-30' },
      ];
      const before = forecast(schedule, person, on);
      const after = forecast(schedule, { ...person, doses: [...person.doses, ...unusable] }, on);
      expect(after.groups).toEqual(before.groups);
      expect(after.evaluations).toEqual(before.evaluations);
      expect(
        after.findings
          .filter(({ doseId }) => doseId?.startsWith('x-'))
          .map(({ code }) => code)
          .sort(),
      ).toEqual(['dose-before-birth', 'future-dose', 'invalid-date', 'unknown-vaccine']);
    });
  });

  it('a dose that was unfit never completes a series', () => {
    const extra = fc.record({ vaccine: fc.nat(), day: fc.nat(33_000) });
    fc.assert(
      fc.property(anyone(schedule), extra, ({ person, on }, { vaccine, day }) => {
        const vaccineCode = schedule.vaccines[vaccine % schedule.vaccines.length]!.code;
        const unfit = {
          id: 'unfit',
          vaccineCode,
          date: addTo(person.birthDate, `${day} days`),
          condition: 'recall',
        };
        const after = forecast(schedule, { ...person, doses: [...person.doses, unfit] }, on);
        expect(completeOnlyIn(after, forecast(schedule, person, on))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('time alone never un-completes a series, unless the schedule brings a dose back at an age', () => {
    const comesBack = groupsThatComeBack(schedule);
    fc.assert(
      fc.property(anyone(schedule), fc.nat(3_000), ({ person, on }, days) => {
        const dated = person.observations?.filter(({ date }) => date === undefined) ?? [];
        const now = { ...person, doses: person.doses.filter(({ date }) => date <= on), observations: dated };
        const later = forecast(schedule, now, addTo(on, `${days} days`));
        const lost = completeOnlyIn(forecast(schedule, now, on), later);
        expect(lost.filter(group => !comesBack.has(group.slice(0, group.lastIndexOf(' '))))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});
