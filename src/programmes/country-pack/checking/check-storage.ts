import type { Schedule } from '../../../forecasting';
import { checkUnique } from './check-manifest';
import type { PackManifest } from './check-shape';
import type { JsonFile } from '../reading/json-file';
import type { Faults, PackFaultCode } from '../pack-fault';

/**
 * Storage classes: each name once, each vaccine of the schedule in one class at most of those kept at one temperature. One
 * that is frozen in the store and chilled in the clinic is in two.
 */
export function checkStorage(
  file: JsonFile,
  { storage = [] }: PackManifest,
  schedule: Schedule | undefined,
  faults: Faults,
): void {
  const add = (path: string, code: PackFaultCode, params?: Record<string, string | number>): void =>
    faults.add(file.name, file.placeOf(path), path, code, params);
  checkUnique('/storage', storage, 'code', add);
  const seen = new Set<string>();
  storage.forEach(({ keptAt, vaccines }, s) =>
    vaccines.forEach((vaccine, v) => {
      const path = `/storage/${s}/vaccines/${v}`;
      if (schedule && !schedule.vaccines.some(({ code }) => code === vaccine))
        add(path, 'unknown-vaccine', { vaccine });
      const name = `${keptAt} ${vaccine}`;
      if (seen.has(name)) add(path, 'duplicate', { vaccine });
      seen.add(name);
    }),
  );
}
