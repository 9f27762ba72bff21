import type { ErrorObject } from 'ajv';
import type {
  AllergyIntolerance,
  Condition,
  Immunization,
  Observation,
  Parameters,
  ParametersParameter,
  Patient,
  Reference,
} from 'fhir/r4';
import { type CivilDate, isCivilDate, type Shape } from '../../common';
import type { InputFault } from '../../platform/errors';
import { isParameters, PARAMETERS } from './request-schemas';

/** A resource of the request and its place among the parameters, from 0. */
export interface Given<R> {
  readonly index: number;
  readonly resource: R;
}

/** What `$immds-forecast` is asked: a day, a patient and all that is known of her. */
export interface ForecastRequest {
  readonly on: CivilDate;
  readonly patient: Given<Patient>;
  readonly immunizations: readonly Given<Immunization>[];
  readonly facts: readonly Given<Observation | Condition | AllergyIntolerance>[];
}

/** The days that can be reckoned with, both inclusive: those of CDSi (1900 on) that leave room for spans of ages. */
const FIRST_DAY = '1900-01-01';
const LAST_DAY = '2199-12-31';
/** Faults told at once; the caller mends these and sees the rest. */
const MOST_FAULTS = 20;

/** FHIRPath of a parameter of the request; issues of the answer name it too. */
export const pathOf = (index: number): string => `Parameters.parameter[${index}]`;

/** The request in a body, or everything that is wrong with it, each at its FHIRPath. Never throws. */
export function readForecastRequest(body: unknown): ForecastRequest | InputFault[] {
  if (!isParameters(body)) return faultsOf(isParameters, 'Parameters');
  const { parameter = [] } = body as Parameters;
  const faults = parameter.flatMap(faultsOfParameter);
  faults.push(...notOnce(parameter, 'assessmentDate'), ...notOnce(parameter, 'patient'));
  if (faults.length > 0) return faults.slice(0, MOST_FAULTS);
  const request: ForecastRequest = {
    on: parameter.find(({ name }) => name === 'assessmentDate')!.valueDate!,
    patient: given<Patient>(parameter, 'patient')[0]!,
    immunizations: given<Immunization>(parameter, 'immunization'),
    facts: [
      ...given<Observation>(parameter, 'observation'),
      ...given<Condition>(parameter, 'condition'),
      ...given<AllergyIntolerance>(parameter, 'allergyIntolerance'),
    ],
  };
  const unfit = faultsOfContent(request);
  return unfit.length > 0 ? unfit.slice(0, MOST_FAULTS) : request;
}

const given = <R>(parameters: readonly ParametersParameter[], wanted: string): Given<R>[] =>
  parameters.flatMap(({ name, resource }, index) =>
    name === wanted ? [{ index, resource: resource as R }] : [],
  );

/** A parameter that is not known may hold what forbids a vaccine: it is refused, not passed over. */
function faultsOfParameter(parameter: ParametersParameter, index: number): InputFault[] {
  const isIt = PARAMETERS.get(parameter.name);
  if (!isIt)
    return [fault(`${pathOf(index)}.name`, 'parameter', { known: [...PARAMETERS.keys()].join(', ') })];
  return isIt(parameter) ? [] : faultsOf(isIt, pathOf(index));
}

const notOnce = (parameters: readonly ParametersParameter[], wanted: string): InputFault[] =>
  parameters.filter(({ name }) => name === wanted).length === 1
    ? []
    : [fault('Parameters.parameter', 'once', { name: wanted })];

function faultsOfContent({ on, patient, immunizations, facts }: ForecastRequest): InputFault[] {
  const faults: InputFault[] = [];
  if (!isReckonable(on)) faults.push(fault('Parameters.parameter', 'day', { name: 'assessmentDate' }));
  if (!isReckonable(patient.resource.birthDate!.padEnd(10, '-01')))
    faults.push(fault(`${pathOf(patient.index)}.resource.birthDate`, 'day', { name: 'birthDate' }));
  for (const { index, resource } of immunizations)
    if (resource.occurrenceDateTime === undefined && resource.occurrenceString === undefined)
      faults.push(fault(`${pathOf(index)}.resource.occurrence`, 'required'));
  for (const { index, resource } of [...immunizations, ...facts]) {
    const about =
      'patient' in resource ? resource.patient : 'subject' in resource ? resource.subject : undefined;
    if (isAboutAnother(about, patient.resource.id))
      faults.push(fault(`${pathOf(index)}.resource`, 'otherPatient'));
  }
  return faults;
}

const isReckonable = (day: string): boolean => isCivilDate(day) && day >= FIRST_DAY && day <= LAST_DAY;

/** A record that names another patient must not count for this one. */
function isAboutAnother(reference: Reference | undefined, patientId: string | undefined): boolean {
  const named = /(?:^|\/)Patient\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]+)?$/.exec(
    reference?.reference ?? '',
  )?.[1];
  return named !== undefined && patientId !== undefined && named !== patientId;
}

const fault = (path: string, text: string, params?: InputFault['params']): InputFault => ({
  path,
  message: `interop.invalid.${text}`,
  ...(params && { params }),
});

/** By the keyword of JSON Schema that failed; anything else is a value of the wrong form. */
const TEXTS: Readonly<Record<string, string>> = {
  required: 'required',
  type: 'type',
  enum: 'code',
  const: 'code',
  maxItems: 'tooMany',
  maxLength: 'tooLong',
};

function faultsOf({ errors }: Shape, root: string): InputFault[] {
  return (errors ?? []).slice(0, MOST_FAULTS).map(error => {
    const missing = error.keyword === 'required' ? `.${String(error.params['missingProperty'])}` : '';
    return fault(`${root}${fhirPath(error.instancePath)}${missing}`, TEXTS[error.keyword] ?? 'format', {
      expected: expectedBy(error),
    });
  });
}

/** `/resource/coding/0/code` as FHIRPath: `.resource.coding[0].code`. The names are the schema's, never the caller's. */
const fhirPath = (pointer: string): string =>
  pointer.replaceAll(/\/(\d+)(?=\/|$)/g, '[$1]').replaceAll('/', '.');

const expectedBy = ({ keyword, params }: ErrorObject): string | number => {
  const { type, allowedValues, allowedValue, limit } = params as Record<string, unknown>;
  if (keyword === 'enum') return (allowedValues as string[]).join(', ');
  return (type ?? allowedValue ?? limit ?? '') as string | number;
};
