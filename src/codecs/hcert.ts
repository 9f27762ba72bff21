import type { KeyObject } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import { fromBase45, toBase45 } from './base45';
import { asJson, fromJson } from './cbor';
import { isSignedBy, readSign1, signSign1, type CoseAlgorithm, type Sign1 } from './cose';
import { readCwt, writeCwt, type CwtClaims } from './cwt';
import { hcertContents } from './hcert-contents';
import type { KeyLookup, KeyUsage, Trust } from './trust';
import { CodecFault, guarded, step, type Fault } from './verdict';

/** The context identifier of version 1 (HCERT 4.2.2). */
const prefix = 'HC1:';
/** The CWT claim that carries health certificates (HCERT 3.3.7). */
const hcertClaim = -260;
/** A QR code of the largest version holds no more alphanumeric characters (ISO/IEC 18004, 40-L). */
const maxTextLength = 4296;
/** Thirty times what such a code can hold: certificates compress to a half or a third, bombs to a thousandth. */
const maxInflatedBytes = 64 * 1024;
/**
 * As small as it gets. The memory is what a certificate needs, a tenth of the default: by so much is the collector called
 * less often, which costs as much as the signature.
 */
const compression = { level: 9, memLevel: 3, windowBits: 12, chunkSize: 4096 };
/** ZLIB's usual first two bytes (RFC 1950 section 2.2), which allow a larger window than was used: some readers know no others. */
const usualHeader = Uint8Array.of(0x78, 0xda);

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

/** An HCERT taken apart, its signature not yet looked at: use it to find the keys, never to show a person's facts. */
export interface UnverifiedHcert {
  /** In base64; undefined when the certificate names none. */
  kid: string | undefined;
  claims: Partial<CwtClaims>;
  claimKey: number;
  content: unknown;
  message: Sign1;
}

/** The answer of a check. Only a `valid` one carries the content. */
export type HcertVerdict =
  { outcome: 'valid'; kid: string; claims: CwtClaims; claimKey: number; content: unknown } | Fault;

/** Signs a health certificate and returns the text of its QR code, `HC1:…` (HCERT 3 and 4.2). Throws a `CodecFault` when the payload is not what its format says. */
export function signHcert(toSign: HcertToSign): string {
  const { signer, claimKey } = toSign;
  contentOf(claimKey).check(toSign.payload, {});
  const cwt = writeCwt(toSign, [[hcertClaim, new Map([[claimKey, fromJson(toSign.payload)]])]]);
  const kid = new Uint8Array(Buffer.from(signer.kid, 'base64'));
  const message = signSign1(cwt, { ...signer, kid });
  const compressed = deflateSync(message, compression);
  compressed.set(usualHeader);
  return prefix + toBase45(compressed);
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
  if (typeof given !== 'string' || given.length > maxTextLength) throw new CodecFault('size');
  // Line ends come with copying; a space may be the last character of the code itself, so it stays
  const text = given.replace(/^[\r\n\t]+|[\r\n\t]+$/g, '');
  if (!text.startsWith(prefix)) throw new CodecFault('prefix');
  const compressed = fromBase45(text.slice(prefix.length));
  const cose = step('zlib', () => inflateSync(compressed, { maxOutputLength: maxInflatedBytes }));
  const message = readSign1(new Uint8Array(cose));
  const { claims, set } = readCwt(message.payload);
  const kid = message.kid && Buffer.from(message.kid).toString('base64');
  return { kid, claims, ...soleContent(set.get(hcertClaim)), message };
}

function soleContent(contents: unknown): Pick<UnverifiedHcert, 'claimKey' | 'content'> {
  const [sole, ...others] = contents instanceof Map ? contents : [];
  if (!sole || others.length > 0) throw new CodecFault('cwt', 'health certificate claim');
  const [claimKey, content] = sole;
  if (typeof claimKey !== 'number') throw new CodecFault('cwt', 'health certificate claim');
  return { claimKey, content: step('cbor', () => asJson(content)) };
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
  const usage = hcertContents.get(claimKey)?.usage(content);
  if (!signers.some(key => mayBeUsedFor(usage, key.usages))) throw new CodecFault('key-usage');
  return kid;
}

/** A key without limits may sign anything; one with limits only what they name (HCERT A.4). */
function mayBeUsedFor(usage: KeyUsage | undefined, limits: readonly KeyUsage[]): boolean {
  return limits.length === 0 || (usage !== undefined && limits.includes(usage));
}

/**
 * Both dates must be there (HCERT 3.3.5, 3.3.6). It is valid to the very second of `expiresAt`, "after which" it is
 * expired.
 */
function checkDates({ issuer, issuedAt, notBefore, expiresAt }: Partial<CwtClaims>, at: Date): CwtClaims {
  if (!issuedAt || !expiresAt) throw new CodecFault('cwt', 'dates');
  if (at < issuedAt || (notBefore && at < notBefore)) throw new CodecFault('not-yet-valid');
  if (at > expiresAt) throw new CodecFault('expired');
  return { issuer, issuedAt, notBefore, expiresAt };
}

function contentOf(claimKey: number) {
  const content = hcertContents.get(claimKey);
  if (!content) throw new CodecFault('content-unknown');
  return content;
}
