import type { KeyObject } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import { toBase45 } from './base45';
import { fromJson } from '../cose/cbor';
import { isSignedBy, signSign1, type CoseAlgorithm } from '../cose/cose';
import { writeCwt, type CwtClaims } from '../cose/cwt';
import { hcertContents } from './hcert-contents';
import {
  checkDates,
  compressedIn,
  hcertClaim,
  hcertPrefix,
  maxInflatedBytes,
  mayBeUsedFor,
  readEnvelope,
  type UnverifiedHcert,
} from './hcert-envelope';
import type { KeyLookup, Trust } from '../trust';
import { CodecFault, guarded, step, type Fault } from '../verdict';

/**
 * As small as it gets. The memory is what a certificate needs, a tenth of the default: by so much is the collector called
 * less often, which costs as much as the signature.
 */
const compression = { level: 9, memLevel: 3, windowBits: 12, chunkSize: 4096 };
/**
 * ZLIB's usual first two bytes (RFC 1950 section 2.2), which allow a larger window than was used: some readers know
 * no others.
 */
const usualHeader = Uint8Array.of(0x78, 0xda);

export type { UnverifiedHcert };

/** What is to be certified, and who signs. */
export interface HcertToSign {
  /** The content, plain JSON values; must be what the format of `claimKey` says. */
  payload: object;
  /** Which kind of content, its number under claim -260. */
  claimKey: number;
  /** Country of the issuer, ISO 3166-1 alpha-2. */
  issuer: string;
  issuedAt: Date;
  expiresAt: Date;
  signer: {
    /** In base64, as the trust list names the key. */
    kid: string;
    alg: CoseAlgorithm;
    privateKey: KeyObject;
  };
}

/** The answer of a check. Only a `valid` one carries the content. */
export type HcertVerdict =
  { outcome: 'valid'; kid: string; claims: CwtClaims; claimKey: number; content: unknown } | Fault;

/**
 * Signs a health certificate and returns the text of its QR code, `HC1:…` (HCERT 3 and 4.2). Throws a `CodecFault`
 * when the payload is not what its format says.
 */
export function signHcert(toSign: HcertToSign): string {
  const { signer, claimKey } = toSign;
  contentOf(claimKey).check(toSign.payload, {});
  const cwt = writeCwt(toSign, [[hcertClaim, new Map([[claimKey, fromJson(toSign.payload)]])]]);
  const kid = new Uint8Array(Buffer.from(signer.kid, 'base64'));
  const message = signSign1(cwt, { ...signer, kid });
  const compressed = deflateSync(message, compression);
  compressed.set(usualHeader);
  return hcertPrefix + toBase45(compressed);
}

/** Takes an HCERT apart without believing it. Never throws. */
export function readHcert(text: string): { outcome: 'read'; hcert: UnverifiedHcert } | Fault {
  return guarded(() => ({ outcome: 'read', hcert: takeApart(text) }));
}

/**
 * Checks the envelope alone: transport, signature by a trusted key, that key's usage, the dates at `at`. Whether the
 * content is well formed is not asked: {@link verifyHcert} does. Never throws.
 */
export function openHcert(text: string, keys: KeyLookup, at: Date): HcertVerdict {
  return guarded(() => {
    const hcert = takeApart(text);
    const { claimKey, content } = hcert;
    const kid = checkSigner(hcert, keys);
    const claims = checkDates(hcert.claims, at);
    return { outcome: 'valid', kid, claims, claimKey, content };
  });
}

/**
 * Checks a health certificate wholly, envelope and content, as of `at`. Never throws; time and memory are bounded for
 * any input; an unknown key is never valid. Revocation is not known here: ask whoever keeps the list.
 */
export function verifyHcert(text: string, trust: Trust, at: Date): HcertVerdict {
  return guarded(() => {
    const verdict = openHcert(text, trust.keys, at);
    if (verdict.outcome === 'valid') {
      contentOf(verdict.claimKey).check(verdict.content, trust.valueSets ?? {});
    }
    return verdict;
  });
}

function takeApart(given: string): UnverifiedHcert {
  const compressed = compressedIn(given);
  const cose = step('zlib', () => inflateSync(compressed, { maxOutputLength: maxInflatedBytes }));
  return readEnvelope(new Uint8Array(cose));
}

/** Tries every key of that kid, since short kids collide (HCERT 3.3.3); returns the kid. */
function checkSigner(
  { kid, message, claims, claimKey, content }: UnverifiedHcert,
  lookUp: KeyLookup,
): string {
  const keys = kid === undefined ? [] : lookUp(kid, claims.issuer);
  if (kid === undefined || keys.length === 0) throw new CodecFault('key-unknown');
  const signers = keys.filter(key => isSignedBy(message, key.publicKey));
  if (signers.length === 0) throw new CodecFault('signature');
  const kind = hcertContents.get(claimKey);
  const usage = kind?.usage(content);
  if (!signers.some(key => mayBeUsedFor(usage, key.usages))) {
    // A content that does not say what it certifies is amiss itself, whoever signed it
    throw new CodecFault(kind && !usage ? 'schema' : 'key-usage');
  }
  return kid;
}

function contentOf(claimKey: number) {
  const content = hcertContents.get(claimKey);
  if (!content) throw new CodecFault('content-unknown');
  return content;
}
