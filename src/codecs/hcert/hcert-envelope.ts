import { fromBase45 } from './base45';
import { toBase64 } from '../bytes';
import { asJson } from '../cose/cbor';
import { readSign1, type Sign1 } from '../cose/cose-message';
import { readCwt, type CwtClaims } from '../cose/cwt';
import type { KeyUsage } from '../key-usage';
import { CodecFault, step } from '../verdict';

/** The context identifier of version 1 (HCERT 4.2.2). */
export const hcertPrefix = 'HC1:';
/** The CWT claim that carries health certificates (HCERT 3.3.7). */
export const hcertClaim = -260;
/** A QR code of the largest version holds no more alphanumeric characters (ISO/IEC 18004, 40-L). */
const maxTextLength = 4296;
/** Thirty times what such a code can hold: certificates compress to a half or a third, bombs to a thousandth. */
export const maxInflatedBytes = 64 * 1024;
/** An HCERT taken apart, its signature not yet looked at: use it to find the keys, never to show a person's facts. */
export interface UnverifiedHcert {
  /** In base64; undefined when the certificate names none. */
  kid: string | undefined;
  claims: Partial<CwtClaims>;
  claimKey: number;
  content: unknown;
  message: Sign1;
}

/** The ZLIB stream in the text of a code. Throws a `size`, `prefix` or `base45` fault. */
export function compressedIn(given: string): Uint8Array {
  if (typeof given !== 'string' || given.length > maxTextLength) throw new CodecFault('size');
  // Line ends come with copying; a space may be the last character of the code itself, so it stays
  const text = given.replace(/^[\r\n\t]+|[\r\n\t]+$/g, '');
  if (!text.startsWith(hcertPrefix)) throw new CodecFault('prefix');
  return fromBase45(text.slice(hcertPrefix.length));
}

/** The message in the inflated stream, its claims and its one content. Throws a `cbor`, `cose` or `cwt` fault. */
export function readEnvelope(cose: Uint8Array): UnverifiedHcert {
  const message = readSign1(cose);
  const { claims, set } = readCwt(message.payload);
  const kid = message.kid && toBase64(message.kid);
  return { kid, claims, ...soleContent(set.get(hcertClaim)), message };
}

function soleContent(contents: unknown): Pick<UnverifiedHcert, 'claimKey' | 'content'> {
  const [sole, ...others] = contents instanceof Map ? contents : [];
  if (!sole || others.length > 0) throw new CodecFault('cwt', 'health certificate claim');
  const [claimKey, content] = sole;
  if (typeof claimKey !== 'number') throw new CodecFault('cwt', 'health certificate claim');
  return { claimKey, content: step('cbor', () => asJson(content)) };
}

/** A key without limits may sign anything; one with limits only what they name (HCERT A.4). */
export function mayBeUsedFor(usage: KeyUsage | undefined, limits: readonly KeyUsage[]): boolean {
  return limits.length === 0 || (usage !== undefined && limits.includes(usage));
}

/**
 * Both dates must be there (HCERT 3.3.5, 3.3.6). It is valid to the very second of `expiresAt`, "after which" it is
 * expired.
 */
export function checkDates(
  { issuer, issuedAt, notBefore, expiresAt }: Partial<CwtClaims>,
  at: Date,
): CwtClaims {
  if (!issuedAt || !expiresAt) throw new CodecFault('cwt', 'dates');
  if (at < issuedAt || (notBefore && at < notBefore)) throw new CodecFault('not-yet-valid');
  if (at > expiresAt) throw new CodecFault('expired');
  return { issuer, issuedAt, notBefore, expiresAt };
}
