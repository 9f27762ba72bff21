import { lintSchedule, type LintFinding } from '../../forecasting';
import {
  type CountryPack,
  type GoldenFailure,
  placeIn,
  runGolden,
  type SchedulePlace,
} from '../country-pack';

/** What the linter says of a pack's schedule, by series, dose and field. */
export interface PackLint extends SchedulePlace {
  readonly code: LintFinding['code'];
  readonly severity: LintFinding['severity'];
  /** JSON pointer into `schedule.json`. */
  readonly path: string;
  readonly params: LintFinding['params'];
}

/** A golden case as it was played: nothing differs when it came out as expected. */
export interface GoldenOutcome {
  readonly name: string;
  readonly differences: readonly GoldenFailure[];
}

/** Errors first, then what deserves a second look. */
export function lintOf({ schedule }: CountryPack): PackLint[] {
  const findings = lintSchedule(schedule).map(finding => ({
    ...placeIn(schedule, finding.path),
    ...finding,
  }));
  return findings.sort((one, other) => one.severity.localeCompare(other.severity));
}

export function goldenOf(pack: CountryPack): GoldenOutcome[] {
  const failures = runGolden(pack);
  return pack.golden.map(({ name }) => ({
    name,
    differences: failures.filter(failure => failure.name === name),
  }));
}

/** What keeps a pack from being proposed or published: errors of the linter, golden cases that come out otherwise. */
export function obstaclesOf(pack: CountryPack): { lint: PackLint[]; golden: GoldenOutcome[] } {
  return {
    lint: lintOf(pack).filter(({ severity }) => severity === 'error'),
    golden: goldenOf(pack).filter(({ differences }) => differences.length > 0),
  };
}
