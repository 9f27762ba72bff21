import Ajv from 'ajv';
import { shapeOf, type Shape } from '../../common';

// The shapes that are read of a request, as far as they are read: FHIR R4 lets a resource hold much more, and what is
// not read is not looked at. Sizes are ours: far above any true record, far below what hurts the service.

type Json = Readonly<Record<string, unknown>>;
const object = (properties: Json, required: readonly string[] = []): Json => ({
  type: 'object',
  properties,
  required,
});
const list = (items: Json, maxItems = 20): Json => ({ type: 'array', maxItems, items });
/** No control characters (FHIR R4 §2.24.0.1, string): what is wrong with a text is answered with the text in it. */
const text = (maxLength: number): Json => ({ type: 'string', maxLength, pattern: '^[ \\r\\n\\t\\S]+$' });
const oneOf = (...values: readonly string[]): Json => ({ enum: values });

const id: Json = { type: 'string', pattern: '^[A-Za-z0-9.-]{1,64}$' };
const DAY = '\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?';
const date: Json = { type: 'string', pattern: `^${DAY}$` };
const dateTime: Json = {
  type: 'string',
  maxLength: 40,
  pattern: `^${DAY}(T([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d))?$`,
};
const coding = object({ system: text(255), code: text(64), display: text(1_000) });
const concept = object({ coding: list(coding), text: text(1_000) });
const identifier = object({ system: text(255), value: text(255) });
const reference = object({ reference: text(255), identifier, display: text(1_000) });

const patient = object(
  {
    resourceType: { const: 'Patient' },
    id,
    gender: oneOf('male', 'female', 'other', 'unknown'),
    birthDate: date,
    extension: list(object({ url: text(255), valueAddress: object({ country: text(100) }) }, ['url']), 100),
  },
  ['resourceType', 'birthDate'],
);

const immunization = object(
  {
    resourceType: { const: 'Immunization' },
    id,
    identifier: list(identifier),
    status: oneOf('completed', 'entered-in-error', 'not-done'),
    vaccineCode: concept,
    patient: reference,
    occurrenceDateTime: dateTime,
    occurrenceString: text(1_000),
    manufacturer: reference,
    expirationDate: date,
    doseQuantity: object({ value: { type: 'number' }, unit: text(50), code: text(50) }),
    isSubpotent: { type: 'boolean' },
    subpotentReason: list(concept),
  },
  ['resourceType', 'status', 'vaccineCode', 'patient'],
);

const observation = object(
  {
    resourceType: { const: 'Observation' },
    status: oneOf(
      'registered',
      'preliminary',
      'final',
      'amended',
      'corrected',
      'cancelled',
      'entered-in-error',
      'unknown',
    ),
    code: concept,
    subject: reference,
    effectiveDateTime: dateTime,
    valueBoolean: { type: 'boolean' },
    valueCodeableConcept: concept,
  },
  ['resourceType', 'status', 'code'],
);

const problem = (resourceType: string, person: string): Json =>
  object(
    {
      resourceType: { const: resourceType },
      clinicalStatus: concept,
      verificationStatus: concept,
      code: concept,
      [person]: reference,
      onsetDateTime: dateTime,
      recordedDate: dateTime,
    },
    ['resourceType', 'code', person],
  );

const ajv = new Ajv({ allErrors: true });
const compiled = (schema: Json): Shape => shapeOf(() => ajv.compile(schema));
const parameter = (resource: Json) => compiled(object({ name: text(64), resource }, ['resource']));

/** Entries of a request: no true record has as many. With 30 antigens so many doses take a quarter of a second. */
const MOST_PARAMETERS = 250;

export const isParameters = compiled(
  object(
    {
      resourceType: { const: 'Parameters' },
      parameter: list(object({ name: text(64) }, ['name']), MOST_PARAMETERS),
    },
    ['resourceType', 'parameter'],
  ),
);

/** What each parameter must look like. The first three are the guide's; the others hold facts that some rules ask for. */
export const PARAMETERS: ReadonlyMap<string, Shape> = new Map([
  ['assessmentDate', compiled(object({ valueDate: date }, ['valueDate']))],
  ['patient', parameter(patient)],
  ['immunization', parameter(immunization)],
  ['observation', parameter(observation)],
  ['condition', parameter(problem('Condition', 'subject'))],
  ['allergyIntolerance', parameter(problem('AllergyIntolerance', 'patient'))],
]);
