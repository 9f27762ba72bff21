import {
  compileSchedule,
  type CompiledSchedule,
  forecast,
  type GroupForecast,
  type Schedule,
} from '../../../forecasting';
import type { CountryPack, GoldenCase, GoldenExpectation } from '../country-pack';

/** A golden case whose forecast is not what the country expects. */
export interface GoldenFailure {
  readonly name: string;
  readonly group: string;
  /** The property that differs: `status`, `dose`, `earliest`, `recommended` or `pastDue`. */
  readonly property: string;
  readonly expected: string;
  /** Empty where the engine gave none. */
  readonly found: string;
}

/** Plays golden cases through the engine. Empty: the schedule does what the country expects of it. */
export function runGolden({ schedule, golden }: Pick<CountryPack, 'schedule' | 'golden'>): GoldenFailure[] {
  const asChosen = compileSchedule(schedule);
  return golden.flatMap(one => {
    const { options } = one;
    return runCase(options ? compileSchedule(choosing(schedule, options)) : asChosen, one);
  });
}

const choosing = (schedule: Schedule, options: readonly string[]): Schedule => ({
  ...schedule,
  policy: { ...schedule.policy, options },
});

function runCase(schedule: CompiledSchedule, golden: GoldenCase): GoldenFailure[] {
  const person = {
    birthDate: golden.born,
    sex: golden.sex,
    doses: golden.doses.map(({ vaccine, date }, i) => ({ id: String(i + 1), vaccineCode: vaccine, date })),
    observations: golden.observations ?? [],
  };
  const { groups } = forecast(schedule, person, golden.on);
  return golden.expect.flatMap(expected => {
    const forecasts = groups.filter(({ vaccineGroup }) => vaccineGroup === expected.group);
    const differences = forecasts.map(found => differencesOf(golden.name, expected, found));
    if (differences.some(list => list.length === 0)) return [];
    const none = {
      name: golden.name,
      group: expected.group,
      property: 'status',
      expected: expected.status,
      found: '',
    };
    return differences[0] ?? [none];
  });
}

function differencesOf(name: string, expected: GoldenExpectation, found: GroupForecast): GoldenFailure[] {
  const facts: Readonly<Record<string, string | number | undefined>> = {
    status: found.dueStatus,
    dose: found.targetDoseNumber,
    earliest: found.earliest,
    recommended: found.recommended,
    pastDue: found.pastDue,
  };
  const { group, ...wanted } = expected;
  return Object.entries(wanted)
    .filter(([property, value]) => facts[property] !== value)
    .map(([property, value]) => ({
      name,
      group,
      property,
      expected: String(value),
      found: String(facts[property] ?? ''),
    }));
}
