import type { Schedule } from '../../../forecasting';
import { checkUnique } from './check-manifest';
import type { PackManifest } from './check-shape';
import type { JsonFile } from '../reading/json-file';
import type { Faults, PackFaultCode } from '../pack-fault';

/** Templates of certificates: each name once, for languages and vaccines that the country has. */
export function checkTemplates(
  file: JsonFile,
  { certificateTemplates = [], languages }: PackManifest,
  schedule: Schedule | undefined,
  faults: Faults,
): void {
  const add = (path: string, code: PackFaultCode, params?: Record<string, string | number>): void =>
    faults.add(file.name, file.placeOf(path), path, code, params);
  checkUnique('/certificateTemplates', certificateTemplates, 'code', add);
  certificateTemplates.forEach((template, t) => {
    template.languages?.forEach((language, l) => {
      if (!languages.some(({ code }) => code === language))
        add(`/certificateTemplates/${t}/languages/${l}`, 'language-undeclared', { language });
    });
    template.vaccines?.forEach((vaccine, v) => {
      if (schedule && !schedule.vaccines.some(({ code }) => code === vaccine))
        add(`/certificateTemplates/${t}/vaccines/${v}`, 'unknown-vaccine', { vaccine });
    });
  });
}
