import Ajv2020 from 'ajv/dist/2020';
import { shapeOf, type Shape } from '../../../common';
import { validateSchedule, type Schedule, type ScheduleFault } from '../../../forecasting';
import type { JsonFile } from '../reading/json-file';
import type { Faults, PackFaultCode } from '../pack-fault';
import { GOLDEN_SCHEMA, PACK_SCHEMA, PRIORITY_GROUPS_SCHEMA, TEXTS_SCHEMA } from '../pack-schemas';
import type {
  CertificateDetails,
  CertificateTemplate,
  GoldenCase,
  ObservationRule,
  OfflineRule,
  PackSource,
  PriorityGroup,
  ConsentPurpose,
  PackSupply,
  StorageClass,
  PACK_FORMAT,
} from '../country-pack';
import type { CountryProfile } from '../../../localisation';

/** `pack.json` as it is written. */
export interface PackManifest extends CountryProfile {
  readonly format: typeof PACK_FORMAT;
  readonly version: string;
  readonly sources: readonly PackSource[];
  readonly consentPurposes: readonly ConsentPurpose[];
  readonly offline?: OfflineRule;
  readonly observation?: ObservationRule;
  readonly certificateTemplates?: readonly CertificateTemplate[];
  readonly certificateDetails?: CertificateDetails;
  readonly storage?: readonly StorageClass[];
  readonly supplies?: readonly PackSupply[];
}

const ajv = new Ajv2020({ allErrors: true, strict: false, discriminator: true });
const isManifest = shapeOf(() => ajv.compile<PackManifest>(PACK_SCHEMA));
const isPriorityGroups = shapeOf(() => ajv.compile<{ groups: PriorityGroup[] }>(PRIORITY_GROUPS_SCHEMA));
const isGolden = shapeOf(() => ajv.compile<{ cases: GoldenCase[] }>(GOLDEN_SCHEMA));
const isTexts = shapeOf(() => ajv.compile<Record<string, string>>(TEXTS_SCHEMA));

/** The file as what it must hold; undefined, and its faults added, when it has another shape. */
export const asManifest = (file: JsonFile, faults: Faults): PackManifest | undefined =>
  as(isManifest, file, faults);
export const asPriorityGroups = (file: JsonFile, faults: Faults): { groups: PriorityGroup[] } | undefined =>
  as(isPriorityGroups, file, faults);
export const asGolden = (file: JsonFile, faults: Faults): { cases: GoldenCase[] } | undefined =>
  as(isGolden, file, faults);
export const asTexts = (file: JsonFile, faults: Faults): Record<string, string> | undefined =>
  as(isTexts, file, faults);

export function asSchedule(file: JsonFile, faults: Faults): Schedule | undefined {
  const found = validateSchedule(file.value);
  addShapeFaults(file, found, faults);
  return found.length === 0 ? (file.value as Schedule) : undefined;
}

function as<T>(validate: Shape<T>, file: JsonFile, faults: Faults): T | undefined {
  if (validate(file.value)) return file.value;
  const found = (validate.errors ?? []).map(({ instancePath, keyword, params, message }) => ({
    path: instancePath,
    code: `schema.${keyword}`,
    params: params as Record<string, string | number>,
    reason: message ?? keyword,
  }));
  addShapeFaults(file, found, faults);
  return undefined;
}

const SHAPE_CODES: Readonly<Record<string, PackFaultCode>> = {
  additionalProperties: 'property-unknown',
  anyOf: 'wrong-shape',
  const: 'wrong-value',
  discriminator: 'wrong-value',
  enum: 'wrong-value',
  oneOf: 'wrong-shape',
  pattern: 'wrong-form',
  propertyNames: 'language-unknown',
  required: 'property-missing',
  type: 'wrong-type',
};

function addShapeFaults(file: JsonFile, found: readonly ScheduleFault[], faults: Faults): void {
  for (const { path, code, params } of withoutBranches(found)) {
    const keyword = code.startsWith('schema.') ? code.slice('schema.'.length) : undefined;
    const property = params['additionalProperty'] ?? params['propertyName'];
    const place = file.placeOf(path, property === undefined ? undefined : String(property));
    if (keyword === undefined) faults.add(file.name, place, path, code as PackFaultCode, params);
    else faults.add(file.name, place, path, SHAPE_CODES[keyword] ?? 'wrong-size', plain(params));
  }
}

/** Where several shapes were tried and none fits, one fault says so; the reasons of each try would only confuse. */
function withoutBranches(found: readonly ScheduleFault[]): ScheduleFault[] {
  const choices = found
    .filter(({ code }) => code === 'schema.oneOf' || code === 'schema.anyOf')
    .map(({ path }) => path);
  return found.filter(
    ({ code, path }) =>
      code === 'schema.oneOf' ||
      code === 'schema.anyOf' ||
      !choices.some(choice => path === choice || path.startsWith(`${choice}/`)),
  );
}

function plain(params: Readonly<Record<string, unknown>>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(params)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [
        name,
        typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value),
      ]),
  );
}
