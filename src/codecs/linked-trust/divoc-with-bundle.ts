import { joined } from '../bytes';
import {
  datesOf,
  type DivocParts,
  maxTextLength,
  partsOf,
  proofIn,
  securityContext,
} from '../divoc/divoc-document';
import { mustBeTame } from '../divoc/tame';
import { soleEntryIn } from '../divoc/zip-entry';
import { factsOfDivoc } from '../facts';
import { isObject } from '../json';
import { canonicalDocument, type Contexts } from '../json-ld';
import { inflated, isSignedByJwk, sha256 } from '../trust-bundle/primitives';
import type { BundleKey, TrustBundle } from '../trust-bundle/trust-bundle';
import type { BundleVerdict } from '../trust-bundle/verify-with-bundle';
import { CodecFault, guardedAsync } from '../verdict';

/** Characters of a modulus of 2048 bits in base64url; a shorter RSA key is believed by nobody. */
const minModulus = 342;

/**
 * Checks a DIVOC or CoWIN certificate, as JSON or as the ZIP of its code, with nothing but a trust bundle: by the contexts
 * and keys that the country imported. The same rules as `verifyDivoc`; the shape is looked at no closer than the facts
 * need. Never throws; time and memory are bounded for any input.
 */
export function verifyDivocWithBundle(text: string, bundle: TrustBundle, now: Date): Promise<BundleVerdict> {
  return guardedAsync(async () => {
    const { credential, proof } = await partsIn(text);
    const key = await signerOf({ credential, proof }, bundle);
    if (key.usages.length > 0 && !key.usages.includes('vaccination')) throw new CodecFault('key-usage');
    if (proof.proofPurpose !== 'assertionMethod') throw new CodecFault('key-usage');
    const dates = datesOf(credential, now);
    const facts = isCredential(credential) ? factsOfDivoc(credential) : undefined;
    if (!facts) throw new CodecFault('schema', 'certificate');
    const stale = now > new Date(bundle.nextUpdate);
    return { outcome: 'valid' as const, format: 'divoc' as const, key, ...dates, facts, stale };
  });
}

async function partsIn(text: string): Promise<DivocParts> {
  if (typeof text !== 'string' || text.length > maxTextLength) throw new CodecFault('size');
  if (!text.startsWith('PK')) return partsOf(text.trim());
  const { isDeflated, bytes } = soleEntryIn(Uint8Array.from(text, character => character.charCodeAt(0)));
  const file = isDeflated ? await inflated(bytes, 'deflate-raw', maxTextLength) : bytes;
  return partsOf(new TextDecoder().decode(file).trim());
}

async function signerOf({ credential, proof }: DivocParts, bundle: TrustBundle): Promise<BundleKey> {
  const { alg, header, signature } = proofIn(proof);
  const keys = bundle.keys.filter(
    ({ kid, issuer }) => kid === proof.verificationMethod && issuer === credential.issuer,
  );
  if (keys.length === 0) throw new CodecFault('key-unknown');
  const contexts: Contexts = new Map(Object.entries(bundle.contexts ?? {}));
  const { jws: _jws, ...options } = proof;
  const hashes = [
    await graphHash({ ...options, '@context': securityContext }, contexts),
    await graphHash(credential, contexts),
  ];
  const signed = joined([new TextEncoder().encode(`${header}.`), ...hashes]);
  for (const key of keys)
    if (isLongEnough(key) && (await isSignedByJwk(alg, key.jwk, signed, signature))) return key;
  throw new CodecFault('signature');
}

async function graphHash(document: Record<string, unknown>, contexts: Contexts): Promise<Uint8Array> {
  mustBeTame(document);
  return sha256(new TextEncoder().encode(await canonicalDocument(document, contexts)));
}

const isLongEnough = ({ jwk }: BundleKey): boolean => jwk.kty !== 'RSA' || (jwk.n ?? '').length >= minModulus;

function isCredential({ type, credentialSubject, evidence }: Record<string, unknown>): boolean {
  const isEvidence = Array.isArray(evidence) && evidence.length > 0 && evidence.every(isObject);
  return [type].flat().includes('VerifiableCredential') && isObject(credentialSubject) && isEvidence;
}
