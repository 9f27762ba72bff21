import { constants, verify, type KeyObject } from 'node:crypto';
import Ajv from 'ajv';
import { shapeOf } from '../../common';
import { mustMatch } from '../hcert-content';
import { isObject, readJson, tryReadJson } from '../json';
import type { Contexts } from '../json-ld';
import type { KeyLookup } from '../trust';
import { CodecFault, guardedAsync, step, type Fault } from '../verdict';
import { graphHash } from './graph';
import { interchangeableFields } from './interchangeable';
import { soleFileIn } from './zip';

/** A QR code holds three kilobytes, a file a little more; inflated, ten times that. */
const maxTextLength = 64 * 1024;

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
/** The two suites in use (Linked Data Signatures 2018), each with the one algorithm that its JWS may name. */
const suites: Record<string, { alg: string; type: string; hash: string | null; options: object }> = {
  RsaSignature2018: { alg: 'PS256', type: 'rsa', hash: 'sha256', options: pss },
  Ed25519Signature2018: { alg: 'EdDSA', type: 'ed25519', hash: null, options: {} },
};
const minRsaBits = 2048;
const securityContext = 'https://w3id.org/security/v2';

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

interface Proof extends Record<string, unknown> {
  type: string;
  verificationMethod: string;
  jws: string;
}

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
    const { signature, header, suite } = readProof(proof);
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
      isFit(key, suite.type) && verify(suite.hash, signed, { key, ...suite.options }, signature);
    const signers = keys.filter(({ publicKey }) => isSignedBy(publicKey));
    if (signers.length === 0) throw new CodecFault('signature');
    const maySign = signers.some(({ usages }) => usages.length === 0 || usages.includes('vaccination'));
    if (!maySign || proof.proofPurpose !== 'assertionMethod') throw new CodecFault('key-usage');
    checkDates(credential, at);
    mustMatch(matches, credential);
    const interchangeable = interchangeableFields(credential, trust.contexts);
    return { outcome: 'valid', kid, credential, interchangeable };
  });
}

/** Takes a certificate apart without believing it. Throws a `CodecFault`. */
export function readDivoc(given: string): { credential: Record<string, unknown>; proof: Proof } {
  if (typeof given !== 'string' || given.length > maxTextLength) throw new CodecFault('size');
  const isArchive = given.startsWith('PK');
  const json = isArchive ? soleFileIn(Buffer.from(given, 'latin1'), maxTextLength).toString() : given.trim();
  if (!json.startsWith('{')) throw new CodecFault('prefix');
  const document = readJson(json);
  const { proof, ...credential } = isObject(document) ? document : {};
  if (!isObject(proof) || '@context' in proof || !isProof(proof)) throw new CodecFault('json', 'proof');
  return { credential, proof };
}

function isProof(proof: Record<string, unknown>): proof is Proof {
  return [proof.type, proof.verificationMethod, proof.jws].every(field => typeof field === 'string');
}

/** A JWS whose payload stands elsewhere and is not encoded (RFC 7797). */
function readProof({ type, jws }: Proof) {
  const suite = Object.hasOwn(suites, type) ? suites[type] : undefined;
  const [, header, signature] = /^([\w-]+)\.\.([\w-]+)$/.exec(jws) ?? [];
  if (!suite || !header || !signature) throw new CodecFault('jws', 'suite');
  const { alg, b64, crit } = {
    ...(tryReadJson(Buffer.from(header, 'base64url').toString()) as Record<string, unknown>),
  };
  const isKnown = alg === suite.alg && b64 === false && Array.isArray(crit) && crit.join() === 'b64';
  if (!isKnown) throw new CodecFault('jws', 'header');
  return { suite, header, signature: Buffer.from(signature, 'base64url') };
}

function isFit(key: KeyObject, type: string): boolean {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? minRsaBits;
  return key.asymmetricKeyType === type && bits >= minRsaBits;
}

function checkDates({ issuanceDate, expirationDate }: Record<string, unknown>, at: Date): void {
  if (at < instantOf(issuanceDate)) throw new CodecFault('not-yet-valid');
  if (expirationDate !== undefined && at > instantOf(expirationDate)) throw new CodecFault('expired');
}

function instantOf(value: unknown): Date {
  return step('schema', () => {
    const date = new Date(String(value));
    if (Number.isNaN(date.getTime())) throw new CodecFault('schema', 'date');
    return date;
  });
}
