import type { KeyObject } from 'node:crypto';
import type { KeyLookup, KeyUsage } from '../trust';
import { CodecFault, type Fault } from '../verdict';
import { typesIn, type FhirSchema } from './bundle';
import { Findings } from './findings';
import { isSignedBy, readJws, signJws, type ReadJws } from './jws';
import { fromNumeric } from './numeric';
import { inspectPayload, readPayload, type HealthCard } from './payload';
import { isRevoked, type RevocationList } from './revocation';
import { typesFor } from './vc-types';

/** What is to be certified, and who signs. */
export interface HealthCardToSign {
  /** A FHIR R4 bundle of the person and her doses, as `inspectBundle` would have it. */
  bundle: Record<string, unknown>;
  /** An https address without a slash at its end, which publishes the keys. */
  issuer: string;
  issuedAt: Date;
  expiresAt?: Date;
  /** By which it can be revoked: base64url, 24 characters at most, and nobody's but this person's. */
  rid?: string;
  signer: {
    /** The key's JWK thumbprint. */
    kid: string;
    /** On P-256. */
    privateKey: KeyObject;
  };
}

/** All that somebody who checks a card believes in and knows. */
export interface HealthCardTrust {
  /** Keys by kid (JWK thumbprint) and issuer (its address). */
  keys: KeyLookup;
  /** The issuer's newest list for that key; undefined when there is none. */
  revocations?: (kid: string, issuer: string) => RevocationList | undefined;
}

/** The answer of a check. Only a `valid` one carries the card. */
export type HealthCardVerdict = { outcome: 'valid'; kid: string; card: HealthCard } | Fault;

/** What an inspection is made with. */
export interface Inspection extends HealthCardTrust {
  at: Date;
  /** FHIR's schema; without it resources are checked by the card's own rules only. */
  fhir?: FhirSchema;
  /** Where an issuer stands; without it nobody is asked, and an issuer is known by its keys. */
  standing?: (issuer: string) => 'trusted' | 'untrusted' | 'unknown';
}

/**
 * Signs a SMART Health Card and returns its JWS (SMART Health Cards Framework 1.4); `toNumeric` makes the text of its QR
 * code. Throws a `schema` fault when the bundle is not small and whole as a card's must be: what it would be warned of
 * is never signed.
 */
export function signHealthCard(toSign: HealthCardToSign): string {
  const { issuer, issuedAt, expiresAt, bundle, rid, signer } = toSign;
  const card: HealthCard = {
    iss: issuer,
    nbf: Math.floor(issuedAt.getTime() / 1000),
    ...(expiresAt && { exp: Math.floor(expiresAt.getTime() / 1000) }),
    vc: {
      type: typesFor(bundle),
      credentialSubject: { fhirVersion: '4.0.1', fhirBundle: bundle },
      ...(rid && { rid }),
    },
  };
  const findings = new Findings();
  inspectIssuer(issuer, findings);
  inspectPayload(card, issuedAt, findings);
  const [first] = findings.all;
  if (first) throw new CodecFault('schema', `${first.code} ${first.detail}`);
  return signJws(JSON.stringify(card), signer);
}

/**
 * Checks a card as of `at`: the text of its QR code (or all texts of its codes, in any order), or its JWS. Never throws;
 * time and memory are bounded for any input; an unknown key is never valid. What only its maker should mend, a display
 * too many, is let pass; `inspectCodes` and `inspectJws` tell it.
 */
export function verifyHealthCard(
  texts: string | readonly string[],
  trust: HealthCardTrust,
  at: Date,
): HealthCardVerdict {
  const findings = new Findings();
  const given = [texts].flat();
  if (given.some(text => typeof text !== 'string'))
    return { outcome: 'invalid', reason: 'size', detail: 'no text' };
  const isJws = given.length === 1 && !/^\s*shc:/i.test(given[0]!);
  const jws = isJws ? given[0] : fromNumeric(given, findings);
  const found = jws === undefined ? undefined : inspectJws(jws, { ...trust, at }, findings);
  if (findings.breach) return { outcome: 'invalid', ...findings.breach };
  if (!found) throw new Error('A card that cannot be read has a finding that says why');
  return { outcome: 'valid', ...found };
}

/** Reports everything that is wrong with a card in JWS form, its signature included. */
export function inspectJws(
  jws: string,
  inspection: Inspection,
  findings: Findings,
): { kid: string; card: HealthCard } | undefined {
  const read = readJws(jws, findings);
  const card = read && readPayload(read.payload, inspection.at, findings, inspection.fhir);
  if (!read || !card) return undefined;
  if (!inspectIssuer(card.iss, findings)) return undefined;
  const kid = inspectSignature(read, card, inspection, findings);
  if (kid === undefined) return undefined;
  const { rid } = card.vc;
  const list = rid === undefined ? undefined : inspection.revocations?.(kid, card.iss);
  if (rid !== undefined && list && isRevoked(list, rid, card.nbf)) findings.error('revoked', 'rid');
  return { kid, card };
}

/** False when no key can be looked for under that address. */
function inspectIssuer(issuer: string, findings: Findings): boolean {
  const isAddress = issuer.startsWith('https://') && !issuer.endsWith('/');
  if (!isAddress) findings.error('issuer-url', 'not https, or a slash at its end');
  return isAddress;
}

/** Returns the kid of the key that signed. */
function inspectSignature(read: ReadJws, card: HealthCard, inspection: Inspection, findings: Findings) {
  const standing = inspection.standing?.(card.iss) ?? 'trusted';
  if (standing !== 'trusted') findings.error(`issuer-${standing}`, 'iss');
  const keys = read.kid === undefined ? [] : inspection.keys(read.kid, card.iss);
  if (read.kid === undefined || keys.length === 0) {
    findings.error('key-unknown', 'kid');
    return undefined;
  }
  if (read.signature.length !== 64) return undefined; // reported as such, and no signature at all
  const signers = keys.filter(({ publicKey }) => isSignedBy(read, publicKey));
  if (signers.length === 0) {
    findings.error('signature', 'by none of the keys');
    return undefined;
  }
  const needed = usagesOf(card);
  if (!signers.some(({ usages }) => usages.length === 0 || needed.every(usage => usages.includes(usage)))) {
    findings.error('key-usage', needed.join(', '));
  }
  return read.kid;
}

const usageOfType: Record<string, KeyUsage> = { Immunization: 'vaccination', Observation: 'test' };

function usagesOf({ vc }: HealthCard): KeyUsage[] {
  return typesIn(vc.credentialSubject.fhirBundle).flatMap(type => usageOfType[type] ?? []);
}
