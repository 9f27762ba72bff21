import { addTo, isCivilDate } from '../../../common';
import type { Schedule } from '../../../forecasting';
import { checkUnique } from './check-manifest';
import type { PackManifest } from './check-shape';
import type { GoldenCase, PriorityGroup } from '../country-pack';
import type { JsonFile } from '../reading/json-file';
import type { Faults, PackFaultCode } from '../pack-fault';

const reporter =
  (file: JsonFile, faults: Faults) =>
  (path: string, code: PackFaultCode, params: Record<string, string | number> = {}): void =>
    faults.add(file.name, file.placeOf(path), path, code, params);

/** A day to lay two ages side by side on; any would do. */
const ANY_DAY = '2000-01-01';

/** Priority groups name observations of the schedule and sources of the pack. */
export function checkPriorityGroups(
  file: JsonFile,
  groups: readonly PriorityGroup[],
  manifest: PackManifest,
  schedule: Schedule | undefined,
  faults: Faults,
): void {
  const add = reporter(file, faults);
  const observations = new Set(schedule?.observations?.map(({ code }) => code));
  checkUnique('/groups', groups, 'code', add);
  groups.forEach((group, g) => {
    if (!manifest.sources.some(({ id }) => id === group.source))
      add(`/groups/${g}/source`, 'source-unknown', { source: group.source });
    group.anyOf.forEach(({ observation, beginAge, endAge }, i) => {
      const path = `/groups/${g}/anyOf/${i}`;
      if (schedule && observation !== undefined && !observations.has(observation))
        add(`${path}/observation`, 'unknown-observation', { observation });
      if (
        beginAge !== undefined &&
        endAge !== undefined &&
        addTo(ANY_DAY, beginAge) >= addTo(ANY_DAY, endAge)
      )
        add(`${path}/endAge`, 'age-range', { beginAge, endAge });
    });
  });
}

/** Golden cases name vaccines, observations and groups of the schedule, and days that exist. */
export function checkGolden(
  file: JsonFile,
  cases: readonly GoldenCase[],
  schedule: Schedule | undefined,
  faults: Faults,
): void {
  const add = reporter(file, faults);
  checkUnique('/cases', cases, 'name', add);
  const vaccines = new Set(schedule?.vaccines.map(({ code }) => code));
  const groups = new Set(schedule?.vaccineGroups.map(({ code }) => code));
  const observations = new Set(schedule?.observations?.map(({ code }) => code));
  const options = new Set(schedule?.options?.map(({ code }) => code));
  cases.forEach((golden, c) => {
    const path = `/cases/${c}`;
    const day = (at: string, date: string | undefined): void => {
      if (date !== undefined && !isCivilDate(date)) add(`${path}/${at}`, 'date-does-not-exist', { date });
    };
    const known = (at: string, code: string, codes: ReadonlySet<string>, fault: PackFaultCode): void => {
      if (schedule && !codes.has(code)) add(`${path}/${at}`, fault, { code });
    };
    day('born', golden.born);
    day('on', golden.on);
    golden.doses.forEach(({ vaccine, date }, i) => {
      known(`doses/${i}/vaccine`, vaccine, vaccines, 'unknown-vaccine');
      day(`doses/${i}/date`, date);
    });
    golden.observations?.forEach(({ code, date }, i) => {
      known(`observations/${i}/code`, code, observations, 'unknown-observation');
      day(`observations/${i}/date`, date);
    });
    golden.options?.forEach((code, i) => known(`options/${i}`, code, options, 'unknown-option'));
    golden.expect.forEach((expected, i) => {
      known(`expect/${i}/group`, expected.group, groups, 'unknown-group');
      day(`expect/${i}/earliest`, expected.earliest);
      day(`expect/${i}/recommended`, expected.recommended);
      day(`expect/${i}/pastDue`, expected.pastDue);
    });
  });
}
