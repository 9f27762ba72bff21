import fc from 'fast-check';
import { addTo, isCivilDate } from '../common';
import { compileSchedule } from './compile-schedule';
import { forecast } from './forecast';
import { dose, madeUp, series } from './made-up.fixture';
import type { AgeRule, ConditionalSkip, IntervalRule, Schedule, SeriesDose } from './schedule-format';

// Schedules nobody would write, but could: the engine must answer for every one that validates.

const span = fc
  .tuple(fc.nat(200), fc.constantFrom('days', 'weeks', 'months', 'years'))
  .map(([count, unit]) => `${count} ${unit}`);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const ages: fc.Arbitrary<AgeRule> = fc.record({
  absoluteMinimum: maybe(span),
  minimum: maybe(span),
  earliestRecommended: maybe(span),
  latestRecommended: maybe(span),
  maximum: maybe(span),
});
const intervals: fc.Arbitrary<IntervalRule> = fc.record({
  from: fc.constantFrom<IntervalRule['from']>(
    { previousDose: true },
    { mostRecentOf: ['L'] },
    { observation: 'pregnant' },
  ),
  absoluteMinimum: maybe(span),
  minimum: maybe(span),
  earliestRecommended: maybe(span),
  latestRecommended: maybe(span),
});
const skips: fc.Arbitrary<ConditionalSkip> = fc.record({
  context: fc.constantFrom('evaluation' as const, 'forecast' as const, 'both' as const),
  sets: fc.array(
    fc.record({
      id: fc.constant('1'),
      logic: fc.constantFrom('and' as const, 'or' as const),
      conditions: fc.array(
        fc.oneof(
          fc.record({ type: fc.constant('age' as const), beginAge: maybe(span), endAge: maybe(span) }),
          fc.record({ type: fc.constant('interval' as const), interval: span }),
          fc.constant({ type: 'completed-series' as const, seriesGroups: ['1', '2'] }),
          fc.record({
            type: fc.constant('vaccine-count' as const),
            doseCount: fc.nat(3),
            compare: fc.constantFrom('greater-than' as const, 'equal-to' as const, 'less-than' as const),
            doseType: fc.constantFrom('valid' as const, 'total' as const),
          }),
        ),
        { minLength: 1, maxLength: 3 },
      ),
    }),
    { minLength: 1, maxLength: 2 },
  ),
});
const seriesDose: fc.Arbitrary<SeriesDose> = fc
  .record({
    ages: fc.array(ages, { maxLength: 1 }),
    preferableIntervals: fc.array(intervals, { maxLength: 2 }),
    conditionalSkips: fc.array(skips, { maxLength: 2 }),
    recurring: fc.boolean(),
    inadvertentVaccines: fc.constantFrom([], ['XL']),
    allowableVaccines: fc.constantFrom([], [{ vaccine: 'XL' }]),
  })
  .map(dose);
const schedules: fc.Arbitrary<Schedule> = fc
  .array(fc.array(seriesDose, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 })
  .map(all =>
    madeUp(
      all.map((doses, i) =>
        series(doses, {
          name: `series ${i}`,
          equivalentSeriesGroups: ['2'],
          select: {
            group: String((i % 2) + 1),
            default: i < 2,
            productPath: i === 3,
            priority: 'A',
            preference: i + 1,
          },
        }),
      ),
      {
        liveVaccineConflicts: [
          { previous: ['L', 'XL'], current: ['XL'], begin: '1 day', minimumEnd: '24 days', end: '28 days' },
        ],
      },
    ),
  );
const histories = fc.record({
  doses: fc.array(fc.tuple(fc.constantFrom('X', 'XL', 'L'), fc.nat(9_000)), { maxLength: 8 }),
  pregnant: maybe(fc.nat(9_000)),
  on: fc.nat(12_000),
});

describe('whatever the schedule', () => {
  it('every question has an answer, the same twice, with dates that exist', () => {
    fc.assert(
      fc.property(schedules, histories, (schedule, { doses, pregnant, on }) => {
        const compiled = compileSchedule(JSON.parse(JSON.stringify(schedule)) as Schedule);
        const person = {
          birthDate: '2000-02-29',
          sex: 'female' as const,
          doses: doses.map(([vaccineCode, day], i) => ({
            id: `d${i}`,
            vaccineCode,
            date: addTo('2000-02-29', `${day} days`),
          })),
          observations:
            pregnant === undefined
              ? []
              : [{ code: 'pregnant', date: addTo('2000-02-29', `${pregnant} days`) }],
        };
        const day = addTo('2000-02-29', `${on} days`);
        const answer = forecast(compiled, person, day);
        expect(forecast(compiled, person, day)).toEqual(answer);
        const dates = answer.groups.flatMap(({ earliest, recommended, pastDue, latest }) => [
          earliest,
          recommended,
          pastDue,
          latest,
        ]);
        expect(dates.filter(date => date !== undefined && !isCivilDate(date))).toEqual([]);
        expect(answer.groups.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});
