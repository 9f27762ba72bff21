import { isObject } from '../json';
import type { Findings } from './findings';

/**
 * Says what in a FHIR resource is not as FHIR has it, one text a fault, places and rules and no values. Given by whoever
 * holds FHIR's schema; a codec has none.
 */
export type FhirSchema = (resource: Record<string, unknown>) => readonly string[];

const shortUrl = /^resource:\d+$/;
/** A reference to something elsewhere: `Type/id` or a whole address (FHIR R4 2.3.0). */
const elsewhere = /^(?:https?:\/\/\S+|([A-Z][A-Za-z]+)\/[A-Za-z0-9.-]{1,64})$/;

/**
 * Reports what is wrong with the FHIR bundle of a card (SMART Health Cards Framework, "Health Cards are Small"): entries
 * called `resource:0`, `resource:1`, …, each once, references by those names that lead somewhere, no ids, texts or
 * displays, nothing empty; a vaccination that was completed at one time.
 */
export function inspectBundle(
  bundle: Record<string, unknown>,
  findings: Findings,
  schema?: FhirSchema,
): void {
  const faults = schema?.(bundle) ?? [];
  for (const fault of faults) findings.error('fhir', fault);
  if (bundle.resourceType !== 'Bundle') return findings.error('schema', 'not a Bundle');
  const entries: unknown[] = Array.isArray(bundle.entry) ? bundle.entry : [];
  if (entries.length === 0) return findings.error('missing', 'entry');
  if (faults.length > 0) return;
  const known: Known = {
    urls: new Set(entries.map(entry => isObject(entry) && entry.fullUrl)),
    types: new Set(typesIn(bundle)),
  };
  const seen = new Set<unknown>();
  entries.forEach((entry, index) => {
    const { fullUrl, resource } = isObject(entry) ? entry : {};
    if (typeof fullUrl !== 'string' || !shortUrl.test(fullUrl) || seen.has(fullUrl))
      findings.error('fhir', `entry ${index} fullUrl`);
    seen.add(fullUrl);
    if (!isObject(resource) || typeof resource.resourceType !== 'string') {
      return findings.error('fhir', `entry ${index} has no resource`);
    }
    if (!isVaccinationDone(resource)) return findings.error('fhir', `entry ${index} status`);
    for (const fault of schema?.(resource) ?? []) findings.error('fhir', `entry ${index} ${fault}`);
    inspectProfile(resource, `entry ${index}`, findings);
    inspectElements(resource, `entry ${index}`, known, findings);
  });
}

/** A card tells of doses that were given: of one refused or entered in error there is nothing to certify. */
const isVaccinationDone = ({ resourceType, status }: Record<string, unknown>): boolean =>
  resourceType !== 'Immunization' || status === 'completed';

/** The resource types in a bundle, one for each entry that has one. */
export function typesIn(bundle: Record<string, unknown>): string[] {
  return resourcesIn(bundle).map(({ resourceType }) => String(resourceType));
}

/** The resources in a bundle. */
export function resourcesIn(bundle: Record<string, unknown>): Record<string, unknown>[] {
  const entries: unknown[] = Array.isArray(bundle.entry) ? bundle.entry : [];
  return entries.map(entry => isObject(entry) && entry.resource).filter(isObject);
}

interface Known {
  urls: ReadonlySet<unknown>;
  types: ReadonlySet<string>;
}

/** What a card leaves out to stay small. */
function inspectProfile(resource: Record<string, unknown>, where: string, findings: Findings): void {
  const { id, meta, text, resourceType, occurrenceDateTime, occurrenceString } = resource;
  // FHIR R4 has `occurrence[x]` exactly once, which its JSON schema cannot say
  if (
    resourceType === 'Immunization' &&
    (occurrenceDateTime === undefined) === (occurrenceString === undefined)
  )
    findings.error('fhir', `${where} occurrence`);
  if (id !== undefined) findings.warning('fhir', `${where} has an id`);
  if (text !== undefined) findings.warning('fhir', `${where} has a text`);
  const fields = isObject(meta) ? Object.keys(meta) : ['security'];
  if (fields.length !== 1 || fields[0] !== 'security') findings.warning('fhir', `${where} meta`);
}

function inspectElements(element: unknown, where: string, known: Known, findings: Findings): void {
  if (isEmpty(element)) findings.error('fhir', `${where} is empty`);
  if (Array.isArray(element)) {
    for (const one of element) inspectElements(one, where, known, findings);
  } else if (isObject(element)) {
    inspectReference(element.reference, where, known, findings);
    inspectWords(element, where, findings);
    for (const [name, child] of Object.entries(element))
      inspectElements(child, `${where}/${name}`, known, findings);
  }
}

function isEmpty(element: unknown): boolean {
  return (
    element === '' || (typeof element === 'object' && element !== null && Object.keys(element).length === 0)
  );
}

/** FHIR lets a reference lead out of the bundle; nobody who holds the card can follow it, so it is reported as unwise. */
function inspectReference(reference: unknown, where: string, known: Known, findings: Findings): void {
  if (typeof reference !== 'string') return;
  const outside = elsewhere.exec(reference);
  if (outside && !known.types.has(outside[1] ?? ''))
    return findings.warning('fhir', `${where} leads elsewhere`);
  if (!shortUrl.test(reference)) findings.error('fhir', `${where} is not a short reference`);
  if (!known.urls.has(reference)) findings.error('fhir', `${where} leads nowhere`);
}

/** Elements of FHIR that may be a text alone and are no concept: a name, an address, a note. */
const wording = /\/(?:name|address|note)$/;

/** Words beside a code, or in its stead: a verifier has its own. */
function inspectWords({ coding, ...rest }: Record<string, unknown>, where: string, findings: Findings): void {
  const isWordsAlone = Object.keys(rest).join() === 'text' && typeof rest.text === 'string';
  if (!Array.isArray(coding)) {
    if (coding === undefined && isWordsAlone && !wording.test(where))
      findings.warning('fhir', `${where} has a text`);
    return;
  }
  if (rest.text !== undefined) findings.warning('fhir', `${where} has a text`);
  if (coding.some(one => isObject(one) && one.display !== undefined))
    findings.warning('fhir', `${where} has a display`);
}
