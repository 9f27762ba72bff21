import { compileSchedule, forecast } from '../forecasting';
import type { CountryPack, GoldenCase, GoldenExpectation } from './country-pack';

/** A golden case that the schedule does not answer as the country expects. */
export interface GoldenFailure {
  /** Name of the case. */
  name: string;
  group: string;
  /** What differs, e.g. `recommended`. */
  field: string;
  expected: string;
  got: string;
}

/** Runs the pack's golden cases through its own schedule; empty when it answers every one as expected. */
export function failedGoldenCases(pack: CountryPack): GoldenFailure[] {
  const schedule = compileSchedule(pack.schedule);
  return pack.golden.flatMap(golden => {
    const { groups } = forecast(schedule, personOf(golden), golden.on);
    return golden.expect.flatMap(expected => {
      const candidates = groups.filter(group => group.vaccineGroup === expected.group).map(asExpectation);
      const failures = candidates.map(candidate => differences(golden.name, expected, candidate));
      if (failures.some(list => list.length === 0)) return [];
      return (
        failures[0] ?? [
          { name: golden.name, group: expected.group, field: 'group', expected: 'forecast', got: '' },
        ]
      );
    });
  });
}

const personOf = (golden: GoldenCase) => ({
  birthDate: golden.born,
  sex: golden.sex,
  doses: golden.doses.map((dose, index) => ({
    id: String(index).padStart(4, '0'),
    vaccineCode: dose.vaccine,
    date: dose.date,
  })),
  observations: [...(golden.observations ?? [])],
});

type Comparable = Partial<Record<Exclude<keyof GoldenExpectation, 'group'>, string | number>>;

const asExpectation = (
  group: ReturnType<typeof forecast>['groups'][number],
): Comparable & { dueStatus: string } => ({
  status: group.status,
  dueStatus: group.dueStatus,
  dose: group.targetDoseNumber,
  earliest: group.earliest,
  recommended: group.recommended,
  pastDue: group.pastDue,
});

/** A status may be the series' (`not-complete`) or what people are told (`due`); whatever is left out is not compared. */
function differences(
  name: string,
  expected: GoldenExpectation,
  got: ReturnType<typeof asExpectation>,
): GoldenFailure[] {
  const { group, ...fields } = expected;
  return Object.entries(fields)
    .filter(
      ([field, value]) =>
        got[field as keyof Comparable] !== value && !(field === 'status' && got.dueStatus === value),
    )
    .map(([field, value]) => ({
      name,
      group,
      field,
      expected: String(value),
      got: String(got[field as keyof Comparable] ?? ''),
    }));
}
