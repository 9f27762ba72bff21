import { constants, verify, type KeyObject } from 'node:crypto';
import Ajv from 'ajv';
import { shapeOf } from '../../common';
import { mustMatch } from '../hcert/hcert-content';
import type { Contexts } from '../json-ld';
import type { KeyLookup } from '../trust';
import { CodecFault, guardedAsync, type Fault } from '../verdict';
import { datesOf, type DivocParts, maxTextLength, partsOf, proofIn, securityContext } from './divoc-document';
import { graphHash } from './graph';
import { interchangeableFields } from './interchangeable';
import { soleFileIn } from './zip';

/** All that somebody who checks a DIVOC certificate believes in. */
export interface DivocTrust {
  /** Keys by the proof's verification method (`did:…`) and the issuer's address. */
  keys: KeyLookup;
  contexts: Contexts;
}

/** The answer of a check. Only a `valid` one carries the credential. */
export type DivocVerdict =
  | {
      outcome: 'valid';
      kid: string;
      credential: Record<string, unknown>;
      /** Fields whose values the signature does not tell apart, a list for each group. */
      interchangeable: string[][];
    }
  | Fault;

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
/** How node checks each algorithm. */
const ways = {
  PS256: { type: 'rsa', hash: 'sha256', options: pss },
  EdDSA: { type: 'ed25519', hash: null, options: {} },
} as const;
const minRsaBits = 2048;

const instant = { type: 'string' };
const text = { type: 'string', minLength: 1 };
const matches = shapeOf(() =>
  new Ajv().compile({
    type: 'object',
    required: ['@context', 'type', 'issuer', 'issuanceDate', 'credentialSubject', 'evidence'],
    properties: {
      type: { type: 'array', items: text, contains: { const: 'VerifiableCredential' } },
      issuer: text,
      issuanceDate: instant,
      expirationDate: instant,
      credentialSubject: { type: 'object' },
      evidence: { type: 'array', minItems: 1, items: { type: 'object' } },
    },
  }),
);

/**
 * Checks a certificate as DIVOC and CoWIN sign them: JSON-LD with an RSA or Ed25519 signature, as JSON or as the ZIP of a
 * QR code (one character a byte). Never throws; time and memory are bounded for any input, nothing is fetched, an unknown
 * key is never valid, and a field that no signature covers makes the whole certificate invalid.
 *
 * DIVOC's contexts give several fields one meaning, so values can change places among those and the signature still
 * fits: `interchangeable` names the fields.
 */
export function verifyDivoc(given: string, trust: DivocTrust, at: Date): Promise<DivocVerdict> {
  return guardedAsync(async () => {
    const { credential, proof } = readDivoc(given);
    const { signature, header, alg } = proofIn(proof);
    const way = ways[alg];
    const kid = proof.verificationMethod;
    const keys = trust.keys(kid, typeof credential.issuer === 'string' ? credential.issuer : undefined);
    if (keys.length === 0) throw new CodecFault('key-unknown');
    const { jws: _jws, ...options } = proof;
    const signed = Buffer.concat([
      Buffer.from(`${header}.`),
      await graphHash({ ...options, '@context': securityContext }, trust.contexts),
      await graphHash(credential, trust.contexts),
    ]);
    const isSignedBy = (key: KeyObject) =>
      isFit(key, way.type) && verify(way.hash, signed, { key, ...way.options }, signature);
    const signers = keys.filter(({ publicKey }) => isSignedBy(publicKey));
    if (signers.length === 0) throw new CodecFault('signature');
    const maySign = signers.some(({ usages }) => usages.length === 0 || usages.includes('vaccination'));
    if (!maySign || proof.proofPurpose !== 'assertionMethod') throw new CodecFault('key-usage');
    datesOf(credential, at);
    mustMatch(matches, credential);
    const interchangeable = interchangeableFields(credential, trust.contexts);
    return { outcome: 'valid', kid, credential, interchangeable };
  });
}

/** Takes a certificate apart without believing it. Throws a `CodecFault`. */
export function readDivoc(given: string): DivocParts {
  if (typeof given !== 'string' || given.length > maxTextLength) throw new CodecFault('size');
  const isArchive = given.startsWith('PK');
  return partsOf(
    isArchive ? soleFileIn(Buffer.from(given, 'latin1'), maxTextLength).toString() : given.trim(),
  );
}

function isFit(key: KeyObject, type: string): boolean {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? minRsaBits;
  return key.asymmetricKeyType === type && bits >= minRsaBits;
}
