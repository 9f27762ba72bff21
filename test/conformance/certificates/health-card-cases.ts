import { createPublicKey } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ErrorObject } from 'ajv';
import {
  type FhirSchema,
  type FindingCode,
  Findings,
  inspectBundleText,
  inspectCodes,
  inspectFile,
  inspectJws,
  inspectParameters,
  inspectQrLayout,
  type Inspection,
  readPayload,
} from '../../../src/codecs/smart-health-card';
import { DATA, materialAt } from '../material';
import { readQrPicture } from './qr-pictures';

/** The cases of the SMART Health Cards validator, read in place, and our answers to them. */
export const folder = join(DATA, 'certificates', 'shc');

/** A case: files, what they are taken for, and what the validator says of them. */
export interface HealthCardCase {
  name: string;
  files: string[];
  type: string;
  /** The call in the validator's own tests: its options stand there, and what it expects when that is a constant. */
  args: string;
  /** `[CODE, CODE]`, or how many. */
  errors: string;
  warnings: string;
}

/** The validator's name for each of our findings. */
const officialOf: Record<FindingCode, string> = {
  size: 'INVALID_NUMERIC_QR',
  spaces: 'TRAILING_CHARACTERS',
  'qr-unreadable': 'QR_DECODE_ERROR',
  'qr-version': 'INVALID_QR_VERSION',
  'qr-segments': 'INVALID_QR',
  'qr-chunked': 'QR_CHUNKING_DEPRECATED',
  'qr-unbalanced': 'UNBALANCED_QR_CHUNKS',
  'qr-header': 'INVALID_NUMERIC_QR_HEADER',
  'qr-digits': 'INVALID_NUMERIC_QR',
  'qr-missing': 'MISSING_QR_CHUNK',
  'file-name': 'INVALID_FILE_EXTENSION',
  json: 'JSON_PARSE_ERROR',
  'jws-long': 'JWS_TOO_LONG',
  'jws-header': 'JWS_HEADER_ERROR',
  'signature-format': 'SIGNATURE_FORMAT_ERROR',
  inflation: 'INFLATION_ERROR',
  'issuer-url': 'INVALID_ISSUER_URL',
  'issuer-unknown': 'ISSUER_KEY_DOWNLOAD_ERROR',
  'issuer-untrusted': 'ISSUER_NOT_TRUSTED',
  'key-unknown': 'JWS_VERIFICATION_ERROR',
  signature: 'JWS_VERIFICATION_ERROR',
  'key-usage': 'JWS_VERIFICATION_ERROR',
  schema: 'SCHEMA_ERROR',
  'vc-types': 'SCHEMA_ERROR',
  missing: 'CRITICAL_DATA_MISSING',
  fhir: 'FHIR_SCHEMA_ERROR',
  'not-yet-valid': 'NOT_YET_VALID',
  expiry: 'EXPIRATION_ERROR',
  expired: 'EXPIRATION_ERROR',
  revocation: 'REVOCATION_ERROR',
  revoked: 'REVOCATION_ERROR',
};

export const readCases = (): HealthCardCase[] =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter(name => /^expected\b.*\.json$/.test(name))
    .flatMap(name => JSON.parse(read(name)) as HealthCardCase[]);

const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const material = (name: string) => readFileSync(materialAt('certificates/shc', name), 'utf8');

/** The file of that name, or the SVG that the validator's authors made it from. */
function pictureOf(name: string): string {
  const file = materialAt('certificates/shc', name);
  return existsSync(file) ? file : file.replace(/\.(png|jpg|bmp)$/, '.svg');
}

/** A case without its files cannot be run: links and revocation lists are fetched from the network, and are not here. */
export const hasFiles = ({ files }: HealthCardCase) =>
  files.length > 0 && files.every(name => existsSync(pictureOf(name)));

/** What our codec says of a case, as `CODE` lists in the validator's names. */
export function inspectCase(one: HealthCardCase): { errors: string[]; warnings: string[] } {
  const findings = new Findings();
  inspectors[one.type]!(one.files, inspectionOf(one), findings);
  const excluded = /exclude: \['([^']+)'\]/.exec(one.args)?.[1]?.toUpperCase().replaceAll('-', '_');
  const of = (level: string) =>
    findings.all
      .filter(finding => finding.level === level)
      .map(({ code }) => officialOf[code])
      .filter(code => code !== excluded)
      .sort();
  return { errors: of('error'), warnings: of('warning') };
}

/** The faults of an answer; none when it is exactly what the validator says. */
export function judgeCase(one: HealthCardCase): string[] {
  const found = inspectCase(one);
  const faults = [fault('errors', one.errors, found.errors)];
  if (!isConstant(one)) faults.push(fault('warnings', one.warnings, found.warnings));
  return faults.flatMap(text => text ?? []);
}

/** Expected by a constant of the validator's tests that the manifest does not know: it writes no warnings for it. */
const isConstant = ({ args }: HealthCardCase) => /\[(?:\[?)[A-Z_]+(?:_WARNINGS?|_ARRAY)\b/.test(args);

function fault(what: string, expected: string, found: readonly string[]): string | undefined {
  const codes = /^\[(.*)\]$/.exec(expected)?.[1]?.split(', ').sort();
  const agree = codes ? codes.join() === found.join() : Number(expected) === found.length;
  return agree ? undefined : `${what}: ${expected} expected, found [${found.join(', ')}]`;
}

type Inspector = (files: readonly string[], inspection: Inspection, findings: Findings) => void;

const inspectors: Record<string, Inspector> = {
  fhirbundle: ([name], { fhir }, findings) => inspectBundleText(read(name!), findings, fhir),
  jwspayload: ([name], { at, fhir }, findings) => void readPayload(read(name!), at, findings, fhir),
  jws: ([name], inspection, findings) => void inspectJws(read(name!), inspection, findings),
  healthcard: ([name], inspection, findings) =>
    inspectFile({ name: name!, text: read(name!) }, inspection, findings),
  fhirhealthcard: ([name], inspection, findings) => inspectParameters(read(name!), inspection, findings),
  qrnumeric: (names, inspection, findings) => inspectCodes(names.map(read), inspection, findings),
  qr: (names, inspection, findings) => {
    const codes = names.map(name => readQrPicture(pictureOf(name)));
    for (const code of codes) if (code) inspectQrLayout(code, findings);
    // A picture in which no code is found is the reader's finding, not the codec's
    if (codes.includes(undefined)) return findings.error('qr-unreadable', 'picture');
    for (const card of cardsIn(codes.map(code => code!.text))) inspectCodes(card, inspection, findings);
  },
};

/** Codes of one card have a part number; one without is a card by itself. */
function cardsIn(texts: readonly string[]): string[][] {
  const parts = texts.filter(text => /^shc:\/\d+\/\d+\//.test(text));
  const whole = texts.filter(text => !parts.includes(text)).map(text => [text]);
  return parts.length > 0 ? [...whole, parts] : whole;
}

const issuerUrl = 'https://spec.smarthealth.cards/examples/issuer';

function inspectionOf({ args }: HealthCardCase): Inspection {
  const { keys } = JSON.parse(material('issuer.jwks.json')) as { keys: { kid: string }[] };
  const known = new Map(keys.map(jwk => [jwk.kid, createPublicKey({ key: jwk, format: 'jwk' })]));
  // The validator has one directory that lists the example issuer and one, VCI's, that does not
  const listed = !args.includes("issuerDirectory: 'VCI'");
  return {
    at: yearOfTheExamples(),
    keys: (kid, issuer) => {
      const publicKey = issuer === issuerUrl ? known.get(kid) : undefined;
      return publicKey ? [{ publicKey, usages: [] }] : [];
    },
    standing: issuer => (issuer !== issuerUrl ? 'unknown' : listed ? 'trusted' : 'untrusted'),
    fhir: fhirSchema(),
  };
}

/** An hour after the specification's own examples were signed: one of them lives for a year. */
function yearOfTheExamples(): Date {
  const { nbf } = JSON.parse(material('example-00-c-jws-payload-minified.json')) as { nbf: number };
  return new Date((nbf + 3600) * 1000);
}

let compiled: FhirSchema | undefined;

/** FHIR's schema as the validator cuts it down to what cards hold. */
export function fhirSchema(): FhirSchema {
  if (compiled) return compiled;
  const schema = JSON.parse(material('schema/fhir-schema.json')) as { $id: string; definitions: object };
  const ajv = new Ajv({ allErrors: true, strict: false }).addSchema(schema);
  compiled = resource => {
    const { resourceType } = resource;
    if (!Object.hasOwn(schema.definitions, String(resourceType))) return ['resourceType'];
    const validate = ajv.getSchema(`${schema.$id}#/definitions/${String(resourceType)}`)!;
    return validate(resource) ? [] : (validate.errors ?? []).map(describeError);
  };
  return compiled;
}

const describeError = ({ instancePath, keyword }: ErrorObject) => `${instancePath} ${keyword}`;
