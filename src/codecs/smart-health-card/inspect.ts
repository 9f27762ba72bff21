import { isObject, tryReadJson } from '../json';
import { inspectBundle, type FhirSchema } from './bundle';
import { trimmed, type Findings } from './findings';
import { inspectJws, type Inspection } from './health-card';
import { fromNumeric } from './numeric';

/** Reports what is wrong with a card in the texts of its QR codes, in any order. */
export function inspectCodes(codes: readonly string[], inspection: Inspection, findings: Findings): void {
  const jws = fromNumeric(codes, findings);
  if (jws !== undefined) inspectJws(jws, inspection, findings);
}

/** Reports what is wrong with the text of a FHIR bundle that is to become a card. */
export function inspectBundleText(text: string, findings: Findings, schema?: FhirSchema): void {
  const bundle = objectIn(text, findings);
  if (bundle) inspectBundle(bundle, findings, schema);
}

/** Reports what is wrong with a file of cards, `{"verifiableCredential": [jws, …]}` (`.smart-health-card`). */
export function inspectFile(
  file: { name: string; text: string },
  inspection: Inspection,
  findings: Findings,
): void {
  if (!file.name.endsWith('.smart-health-card')) findings.warning('file-name', 'not .smart-health-card');
  const content = objectIn(file.text, findings);
  inspectAll(content && listOf(content.verifiableCredential), inspection, findings);
}

/** Reports what is wrong with the answer to FHIR's operation `$health-cards-issue`: `Parameters` with cards in them. */
export function inspectParameters(text: string, inspection: Inspection, findings: Findings): void {
  const parameters = listOf(objectIn(text, findings)?.parameter);
  const cards = parameters?.filter(isObject).filter(({ name }) => name === 'verifiableCredential');
  inspectAll(
    cards?.map(({ valueString }) => valueString),
    inspection,
    findings,
  );
}

function objectIn(text: string, findings: Findings): Record<string, unknown> | undefined {
  const content = tryReadJson(trimmed(text, findings, 'file'));
  if (isObject(content)) return content;
  findings.error('json', 'file');
  return undefined;
}

function inspectAll(cards: readonly unknown[] | undefined, inspection: Inspection, findings: Findings): void {
  if (!cards?.length) return findings.error('missing', 'no card in it');
  for (const jws of cards) {
    if (typeof jws === 'string') inspectJws(jws, inspection, findings);
    else findings.error('schema', 'a card that is no text');
  }
}

function listOf(value: unknown): unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}
