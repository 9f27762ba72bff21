import fc from 'fast-check';
import { addTo, isCivilDate } from '../common';
import { forecast } from './forecast';
import { dose, madeUp, series } from './made-up.fixture';
import type { Person } from './person';
import type { PersonForecast } from './person-forecast';
import { compileSchedule } from './schedule/compile-schedule';
import type {
  AgeRule,
  Antigen,
  ConditionalSkip,
  IntervalRule,
  Schedule,
  SeriesDose,
  SkipCondition,
} from './schedule/schedule-format';
import { validateSchedule } from './schedule/validate-schedule';

// The engine must answer for every schedule that validates. A failing run prints its seed.

const RUNS = { numRuns: Number(process.env['FUZZ_RUNS'] ?? 150) };

const complete = ({ groups }: PersonForecast) =>
  groups.filter(({ status }) => status === 'complete').map(({ seriesGroup }) => seriesGroup);
const lost = (before: PersonForecast, after: PersonForecast) =>
  complete(before).filter(group => !complete(after).includes(group));

// Schedules nobody would write, but could, and people of whom nearly anything was recorded.

const BORN = '2000-02-29';

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const span = fc
  .tuple(
    fc.nat(200),
    fc.constantFrom('days', 'weeks', 'months', 'years'),
    fc.constantFrom('', ' - 4 days', ' + 4 weeks'),
  )
  .map(([count, unit, more]) => `${count} ${unit}${more}`);
const day = fc.nat(9_000).map(days => addTo(BORN, `${days} days`));
const window = fc.record({ effectiveFrom: maybe(day), effectiveTo: maybe(day) });
const ages: fc.Arbitrary<AgeRule> = fc
  .record({
    absoluteMinimum: maybe(span),
    minimum: maybe(span),
    earliestRecommended: maybe(span),
    latestRecommended: maybe(span),
    maximum: maybe(span),
  })
  .chain(rule => window.map(dates => ({ ...rule, ...dates })));
const observation = fc.constantFrom('pregnant', 'had-xitis', 'health-worker');
const intervals = (number: number): fc.Arbitrary<IntervalRule> =>
  fc.record({
    from: fc.constantFrom<IntervalRule['from']>(
      { previousDose: true },
      { mostRecentOf: ['L'] },
      { observation: 'pregnant' },
      ...(number > 1 ? [{ targetDose: 1 }] : []),
    ),
    absoluteMinimum: maybe(span),
    minimum: maybe(span),
    earliestRecommended: maybe(span),
    latestRecommended: maybe(span),
    override: fc.boolean(),
  });

/** What the skips of a schedule are made of. */
interface Skips {
  readonly condition: fc.Arbitrary<SkipCondition>;
  readonly contexts: readonly ConditionalSkip['context'][];
}

/** What may make a dose needless, and for good: no upper age, no end, no dose that did not count. */
const untimedCondition: fc.Arbitrary<SkipCondition> = fc.oneof(
  fc.constant({ type: 'completed-series' as const, seriesGroups: ['1', '2'] }),
  fc.record({
    type: fc.constant('vaccine-count' as const),
    doseCount: fc.nat(3),
    compare: fc.constant('greater-than' as const),
    doseType: fc.constant('valid' as const),
    beginAge: maybe(span),
    endAge: maybe(span),
    startDate: maybe(day),
    endDate: maybe(day),
  }),
);
const lastingCondition: fc.Arbitrary<SkipCondition> = fc.oneof(
  fc.record({ type: fc.constant('age' as const), beginAge: maybe(span) }),
  fc.record({ type: fc.constant('interval' as const), interval: span }),
  untimedCondition,
);
const anyCondition: fc.Arbitrary<SkipCondition> = fc.oneof(
  lastingCondition,
  fc.record({ type: fc.constant('age' as const), beginAge: maybe(span), endAge: span }),
  fc.record({
    type: fc.constant('vaccine-count' as const),
    doseCount: fc.nat(3),
    compare: fc.constantFrom('equal-to' as const, 'less-than' as const),
    doseType: fc.constantFrom('valid' as const, 'total' as const),
    vaccines: maybe(fc.constantFrom(['L'], ['X', 'XL'])),
  }),
);
const skips = ({ condition, contexts }: Skips): fc.Arbitrary<ConditionalSkip> =>
  fc.record({
    context: fc.constantFrom(...contexts),
    logic: fc.constantFrom('and' as const, 'or' as const),
    sets: fc.array(
      fc.record({
        id: fc.constant('1'),
        logic: fc.constantFrom('and' as const, 'or' as const),
        conditions: fc.array(condition, { minLength: 1, maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  });
const seriesDose = (number: number, made: Skips): fc.Arbitrary<SeriesDose> =>
  fc
    .record({
      ages: fc.array(ages, { maxLength: 2 }),
      preferableIntervals: fc.array(intervals(number), { maxLength: 2 }),
      allowableIntervals: fc.constantFrom(
        [],
        [{ from: { previousDose: true as const }, absoluteMinimum: '5 days' }],
      ),
      conditionalSkips: fc.array(skips(made), { maxLength: 2 }),
      recurring: fc.boolean(),
      inadvertentVaccines: fc.constantFrom([], ['XL']),
      allowableVaccines: fc.constantFrom([], [{ vaccine: 'XL' }], [{ vaccine: 'XL', beginAge: '1 year' }]),
    })
    .map(dose);
const antigen: fc.Arbitrary<Partial<Antigen>> = fc.record({
  immunity: fc.record({
    clinicalHistory: fc.constantFrom([], ['had-xitis']),
    birth: fc.array(fc.record({ before: day, unless: fc.constantFrom([], ['pregnant']) }), { maxLength: 1 }),
  }),
  contraindications: fc.record({
    group: fc.array(fc.record({ observation, beginAge: maybe(span), endAge: maybe(span) }), { maxLength: 1 }),
    vaccine: fc.array(
      fc.record({
        observation,
        vaccines: fc.constantFrom([{ vaccine: 'X' }], [{ vaccine: 'XL', endAge: '9 years' }]),
      }),
      { maxLength: 1 },
    ),
  }),
});

const schedulesWith = (made: Skips, season: boolean): fc.Arbitrary<Schedule> =>
  fc
    .record({
      all: fc.array(
        fc.record({
          doses: fc
            .array(fc.nat(), { minLength: 1, maxLength: 4 })
            .chain(list => fc.tuple(...list.map((_, i) => seriesDose(i + 1, made)))),
          risk: fc.boolean(),
          indicated: observation,
          season: fc.boolean(),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      antigen,
      policy: fc.record({
        monthEnd: fc.constantFrom('roll-forward' as const, 'back-to-month-end' as const),
        graceDays: maybe(fc.nat(10)),
      }),
    })
    .map(({ all, antigen: rule, policy }) =>
      madeUp(
        all.map((one, i) =>
          series(
            one.doses.map(target =>
              season && one.season ? { ...target, season: { from: '2015-09-01', to: '2016-06-30' } } : target,
            ),
            {
              name: `series ${i}`,
              type: one.risk ? 'risk' : 'standard',
              indications: one.risk ? [{ observation: one.indicated }] : [],
              equivalentSeriesGroups: ['2'],
              select: {
                group: String((i % 2) + 1),
                default: i < 2,
                productPath: i === 3,
                priority: 'A',
                preference: i + 1,
              },
            },
          ),
        ),
        {
          policy,
          liveVaccineConflicts: [
            { previous: ['L', 'XL'], current: ['XL'], begin: '1 day', minimumEnd: '24 days', end: '28 days' },
          ],
        },
        rule,
      ),
    )
    .map(schedule => JSON.parse(JSON.stringify(schedule)) as Schedule);

/** Schedules of one antigen that use every kind of rule of the format. */
const anySchedule = schedulesWith(
  { condition: anyCondition, contexts: ['evaluation', 'forecast', 'both'] },
  true,
);
/**
 * The same without what a schedule itself may take back (upper ages of skips, counts of less, seasons), or
 * lets any dose bring about (skips only in evaluation).
 */
const lastingWith = (condition: fc.Arbitrary<SkipCondition>): fc.Arbitrary<Schedule> =>
  schedulesWith({ condition, contexts: ['forecast', 'both'] }, false).map(schedule => ({
    ...schedule,
    antigens: schedule.antigens.map(one => ({
      ...one,
      series: one.series.map(path => ({
        ...path,
        doses: path.doses.map(target => ({
          ...target,
          ages: target.ages?.slice(0, 1).map(({ effectiveFrom: _from, effectiveTo: _to, ...rule }) => rule),
        })),
      })),
    })),
  }));
const lastingSchedule = lastingWith(lastingCondition);

/**
 * The same without skips that time brings about: an interval counts from a dose that did not count, too, so that the next
 * one is due later, and by then she may be old enough to need none.
 */
const untimedSchedule = lastingWith(untimedCondition);

/** A girl born on 29 February 2000, some doses and observations of hers, and a day to ask about. */
const someone: fc.Arbitrary<{ readonly person: Person; readonly on: string }> = fc
  .record({
    doses: fc.array(fc.record({ vaccineCode: fc.constantFrom('X', 'X', 'XL', 'L'), date: day }), {
      maxLength: 8,
    }),
    observed: fc.uniqueArray(observation, { maxLength: 2 }),
    since: maybe(day),
    on: fc.nat(12_000).map(days => addTo(BORN, `${days} days`)),
  })
  .map(({ doses, observed, since, on }) => ({
    person: {
      birthDate: BORN,
      sex: 'female',
      doses: doses.map((given, i) => ({ id: `d${i}`, ...given })),
      observations: observed.map(code => ({ code, ...(since !== undefined && { date: since }) })),
    },
    on,
  }));

describe('whatever the schedule', () => {
  it('one that validates compiles, and every question has an answer with dates that exist', () => {
    fc.assert(
      fc.property(anySchedule, someone, (schedule, { person, on }) => {
        expect(validateSchedule(schedule)).toEqual([]);
        const { groups } = forecast(compileSchedule(schedule), person, on);
        const dates = groups.flatMap(one => [one.earliest, one.recommended, one.pastDue, one.latest]);
        expect(dates.filter(date => date !== undefined && !isCivilDate(date))).toEqual([]);
        for (const { status, earliest, recommended, pastDue } of groups) {
          expect(earliest !== undefined).toBe(status === 'not-complete');
          expect((recommended ?? '') >= (earliest ?? '')).toBe(true);
          expect(pastDue === undefined || pastDue >= earliest!).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('the same question has the same answer, with or without its reasoning, in any order of the records', () => {
    fc.assert(
      fc.property(anySchedule, someone, (schedule, { person, on }) => {
        const compiled = compileSchedule(schedule);
        const answer = forecast(compiled, person, on);
        const { trace, ...explained } = forecast(compiled, person, on, { trace: true });
        expect(explained).toEqual({ ...answer, trace: undefined });
        expect(trace).toBeDefined();
        const shuffled = { ...person, doses: [...person.doses].reverse() };
        expect(forecast(compiled, shuffled, on)).toEqual(answer);
      }),
      RUNS,
    );
  });

  it('a dose of an unknown vaccine, of the future, or of before birth is named and changes nothing else', () => {
    fc.assert(
      fc.property(anySchedule, someone, (schedule, { person, on }) => {
        const compiled = compileSchedule(schedule);
        const unusable = [
          { id: 'x1', vaccineCode: 'Q', date: on },
          { id: 'x2', vaccineCode: 'X', date: addTo(on, '1 day') },
          { id: 'x3', vaccineCode: 'X', date: '2000-02-28' },
        ];
        const before = forecast(compiled, person, on);
        const after = forecast(compiled, { ...person, doses: [...person.doses, ...unusable] }, on);
        expect({ ...after, findings: [] }).toEqual({ ...before, findings: [] });
        const named = after.findings.filter(({ doseId }) => doseId?.startsWith('x'));
        expect(named.map(({ code }) => code)).toEqual([
          'unknown-vaccine',
          'future-dose',
          'dose-before-birth',
        ]);
      }),
      RUNS,
    );
  });
});

describe('where a schedule takes nothing back', () => {
  const undated = (person: Person): Person => ({
    ...person,
    observations: person.observations?.map(({ code }) => ({ code })),
  });

  it('time alone never un-completes a series', () => {
    fc.assert(
      fc.property(lastingSchedule, someone, fc.nat(3_000), (schedule, { person, on }, days) => {
        const compiled = compileSchedule(schedule);
        const now = { ...undated(person), doses: person.doses.filter(({ date }) => date <= on) };
        const later = forecast(compiled, now, addTo(on, `${days} days`));
        expect(lost(forecast(compiled, now, on), later)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('one more dose that counts nowhere never completes a series', () => {
    fc.assert(
      fc.property(
        untimedSchedule,
        someone,
        fc.constantFrom('X', 'XL'),
        (schedule, { person, on }, vaccineCode) => {
          const compiled = compileSchedule(schedule);
          const before = { ...person, doses: person.doses.filter(({ date }) => date < on) };
          const more = { ...before, doses: [...before.doses, { id: 'more', vaccineCode, date: on }] };
          const after = forecast(compiled, more, on);
          fc.pre(after.evaluations.every(({ doseId, status }) => doseId !== 'more' || status !== 'valid'));
          expect(lost(after, forecast(compiled, before, on))).toEqual([]);
        },
      ),
      RUNS,
    );
  });
});
