import { sign, verify, type KeyObject } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { isObject, tryReadJson } from '../json';
import { jwkThumbprint } from '../trust';
import { trimmed, type Findings } from './findings';
import { maxJwsInOneCode } from './numeric';

const dsaEncoding = 'ieee-p1363';
/** r and s of ES256, 32 bytes each (RFC 7518 section 3.4). */
const signatureLength = 64;
/** A hundred kilobytes of JWS is more than any file of cards; what it inflates to, ten times what a card holds. */
const maxJwsLength = 100_000;
const maxInflatedBytes = 1024 * 1024;
const byteOrderMark = '\uFEFF';
const compact = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

/** A signed card taken apart, its signature not yet looked at. */
export interface ReadJws {
  kid: string | undefined;
  /** Inflated, not yet known to be JSON. */
  payload: string;
  /** What the signature is over. */
  signed: string;
  signature: Uint8Array;
}

/** Signs a payload as JWS with ES256 over raw DEFLATE (RFC 7515; SMART Health Cards Framework, "Signing Health Cards"). */
export function signJws(
  payload: string,
  { kid, privateKey }: { kid: string; privateKey: KeyObject },
): string {
  const header = base64url(JSON.stringify({ zip: 'DEF', alg: 'ES256', kid }));
  const signed = `${header}.${base64url(deflateRawSync(payload, { level: 9 }))}`;
  return `${signed}.${base64url(sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding }))}`;
}

/** Takes a card apart; undefined when there is no payload to be had. */
export function readJws(given: string, findings: Findings): ReadJws | undefined {
  if (given.length > maxJwsLength) {
    findings.error('size', 'JWS');
    return undefined;
  }
  const text = trimmed(given, findings, 'JWS');
  if (text.length > maxJwsInOneCode) findings.warning('jws-long', `above ${maxJwsInOneCode} characters`);
  const [, header, body, tail] = compact.exec(text) ?? [];
  if (!header || !body || !tail) {
    findings.error('json', 'not base64url.base64url.base64url');
    return undefined;
  }
  const kid = inspectHeader(header, findings);
  const signature = Buffer.from(tail, 'base64url');
  if (signature.length !== signatureLength) findings.error('signature-format', `${signature.length} bytes`);
  const payload = inflated(Buffer.from(body, 'base64url'), findings);
  if (payload === undefined) return undefined;
  if (payload.startsWith(byteOrderMark)) findings.error('spaces', 'byte order mark');
  return { kid, payload, signed: `${header}.${body}`, signature };
}

/** True when this key made the signature. ES256 is on P-256 and nothing else (RFC 7518 section 3.4). */
export function isSignedBy({ signed, signature }: ReadJws, key: KeyObject): boolean {
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return false;
  return verify('sha256', Buffer.from(signed), { key, dsaEncoding }, signature);
}

/** The kid of a P-256 public key: its JWK thumbprint (RFC 7638). Throws a TypeError for another key. */
export function thumbprint(publicKey: KeyObject): string {
  const jwk = publicKey.export({ format: 'jwk' });
  if (jwk.crv !== 'P-256') throw new TypeError('A SMART Health Card is signed with a key on P-256');
  return jwkThumbprint(jwk);
}

function inspectHeader(encoded: string, findings: Findings): string | undefined {
  const header = tryReadJson(Buffer.from(encoded, 'base64url').toString());
  if (!isObject(header)) {
    findings.error('jws-header', 'not an object');
    return undefined;
  }
  if (header.alg !== 'ES256') findings.error('jws-header', 'alg is not ES256');
  if (header.zip !== 'DEF') findings.error('jws-header', 'zip is not DEF');
  // No critical header is known here, so any is one we would ignore (RFC 7515 section 4.1.11)
  if ('crit' in header) findings.error('jws-header', 'crit');
  if (typeof header.kid === 'string') return header.kid;
  findings.error('jws-header', 'no kid');
  return undefined;
}

function inflated(body: Uint8Array, findings: Findings): string | undefined {
  try {
    const bytes = inflateRawSync(body, { maxOutputLength: maxInflatedBytes });
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    findings.error('inflation', 'not raw DEFLATE of UTF-8, or too much of it');
    return undefined;
  }
}

function base64url(bytes: string | Uint8Array): string {
  return Buffer.from(bytes as Uint8Array).toString('base64url');
}
