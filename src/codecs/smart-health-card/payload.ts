import Ajv from 'ajv';
import { shapeOf } from '../../common';
import { isObject, tryReadJson } from '../json';
import { inspectBundle, type FhirSchema } from './bundle';
import { trimmed, type Findings } from './findings';
import { inspectRid } from './revocation';
import { healthCardType, typeFaults } from './vc-types';

/** What a SMART Health Card says: a W3C credential in JWT form, minified by leaving out what follows from its being one. */
export interface HealthCard {
  /** An https address without a slash at its end; `/.well-known/jwks.json` under it holds the issuer's keys. */
  iss: string;
  /** Issued at, in seconds since 1970. */
  nbf: number;
  /** Valid until, in seconds since 1970; absent when without end. */
  exp?: number;
  vc: {
    type: string[];
    credentialSubject: { fhirVersion: string; fhirBundle: Record<string, unknown> };
    /** By which the card can be revoked. */
    rid?: string;
  };
}

const text = { type: 'string' };
const schema = {
  type: 'object',
  required: ['iss', 'nbf', 'vc'],
  properties: {
    iss: text,
    nbf: { type: 'number' },
    exp: { type: 'number' },
    vc: {
      type: 'object',
      required: ['type', 'credentialSubject'],
      properties: {
        type: { type: 'array', items: text },
        credentialSubject: {
          type: 'object',
          required: ['fhirVersion', 'fhirBundle'],
          properties: { fhirVersion: text, fhirBundle: { type: 'object' } },
        },
      },
    },
  },
};
const matches = shapeOf(() => new Ajv({ allErrors: true, strictNumbers: true }).compile<HealthCard>(schema));

/** Seconds of the year 2286: whoever writes more meant milliseconds. */
const tooManySeconds = 1e10;

/** Reads the payload of a card and reports what is wrong with it at `at`; undefined when it is none. */
export function readPayload(
  given: string,
  at: Date,
  findings: Findings,
  fhir?: FhirSchema,
): HealthCard | undefined {
  const payload = tryReadJson(trimmed(given, findings, 'payload'));
  if (!isObject(payload)) {
    findings.error('json', 'payload');
    return undefined;
  }
  if (!matches(payload)) {
    for (const { instancePath, keyword } of matches.errors ?? [])
      findings.error('schema', `${instancePath || '/'} ${keyword}`);
    return undefined;
  }
  inspectPayload(payload, at, findings, fhir);
  return payload;
}

/** Reports what is wrong with a payload of the right form, its bundle included. */
export function inspectPayload(card: HealthCard, at: Date, findings: Findings, fhir?: FhirSchema): void {
  const { type, rid, credentialSubject, ...others } = card.vc;
  inspectTimes(card, at, findings);
  if (!type.includes(healthCardType)) findings.error('schema', 'vc.type has no health-card');
  if ('@context' in others) findings.warning('vc-types', 'vc has a @context');
  for (const fault of typeFaults(type, credentialSubject.fhirBundle)) findings.warning('vc-types', fault);
  if (rid !== undefined) inspectRid(rid, findings);
  inspectBundle(credentialSubject.fhirBundle, findings, fhir);
}

/** Not yet valid and expired are no fault of the card's maker, so they are warnings; nobody is to believe it even so. */
function inspectTimes({ nbf, exp }: HealthCard, at: Date, findings: Findings): void {
  const now = at.getTime() / 1000;
  if (nbf > tooManySeconds) findings.error('not-yet-valid', 'nbf is in milliseconds');
  else if (nbf > now) findings.warning('not-yet-valid', 'nbf');
  if (exp === undefined) return;
  if (exp > tooManySeconds) findings.warning('expiry', 'exp is in milliseconds');
  if (exp < nbf) findings.error('expiry', 'exp is before nbf');
  if (exp < now) findings.warning('expired', 'exp');
}
