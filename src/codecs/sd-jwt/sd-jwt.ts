import { fromBase64 } from '../bytes';
import type { CoseAlgorithm } from '../cose/cose-message';
import { isObject, readJson } from '../json';
import { isSignedByJwk, type PublicJwk } from '../trust-bundle/primitives';
import { CodecFault } from '../verdict';
import { digestOf } from './disclosures';
import { compactOf, looksLikeJsonJws } from './json-serialisation';

/** Ten times what a credential of a lifetime's doses takes. */
const maxTextLength = 256 * 1024;
const compact = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;
/** Algorithms of JOSE by the curve that each is bound to (RFC 7518, section 3.4); RSA keys have none. */
const curves: Partial<Record<string, string>> = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' };
const algorithms = ['ES256', 'ES384', 'ES512', 'EdDSA', 'PS256', 'PS384', 'PS512'] as const;

/** A JWS in compact form, taken apart and not yet believed. */
export interface ReadJwt {
  header: Record<string, unknown>;
  payload: Record<string, unknown>;
  alg: CoseAlgorithm;
  /** What the signature is over. */
  signed: string;
  signature: Uint8Array;
}

/** An SD-JWT, taken apart and not yet believed. */
export interface ReadSdJwt extends ReadJwt {
  /** The part that the issuer signed, in compact form. */
  issuerSigned: string;
  disclosures: string[];
  /** With it the holder proves that the credential is hers; absent when it is shown without. */
  keyBinding?: ReadJwt;
  /** What the key binding's hash is over: everything before it. */
  bound: string;
}

/** How it begins, in bounded time: a JWS, and a tilde after it, or a JWS in JSON (RFC 9901, sections 4 and 8). */
export const looksLikeSdJwt = (text: string): boolean =>
  /^\s*eyJ[\w-]*\.[\w-]+\.[\w-]+~/.test(text) || looksLikeJsonJws(text);

/** Takes an SD-JWT apart, compact or in JSON. Throws a `size`, `jws` or `json` fault. */
export function readSdJwt(given: string): ReadSdJwt {
  if (given.length > maxTextLength) throw new CodecFault('size');
  const text = looksLikeJsonJws(given) ? compactOf(given) : given.trim();
  const [issuerSigned, ...rest] = text.split('~');
  const last = rest.pop();
  if (issuerSigned === undefined || last === undefined) throw new CodecFault('jws', 'no tilde');
  const jwt = readJwt(issuerSigned);
  const bound = [issuerSigned, ...rest, ''].join('~');
  const read = { ...jwt, issuerSigned, disclosures: rest, bound };
  return last === '' ? read : { ...read, keyBinding: readJwt(last) };
}

/** Whether this key made the signature; a key of another kind, or on another curve than the algorithm's, did not. */
export async function isSignedByKey({ alg, signed, signature }: ReadJwt, key: PublicJwk): Promise<boolean> {
  if (curves[alg] && curves[alg] !== key.crv) return false;
  return isSignedByJwk(alg, key, new TextEncoder().encode(signed), signature);
}

/**
 * The holder's own signature, if she made one, must be by the key that the issuer bound the credential to, over all that is
 * shown (RFC 9901, sections 4.3 and 7.3). Nobody asked her for a nonce, so none is expected. Throws a `signature` fault.
 */
export async function mustBeBound({ payload, keyBinding, bound }: ReadSdJwt): Promise<void> {
  if (!keyBinding) return;
  const jwk = isObject(payload.cnf) ? payload.cnf.jwk : undefined;
  const isBound =
    isObject(jwk) &&
    keyBinding.header.typ === 'kb+jwt' &&
    keyBinding.payload.sd_hash === (await digestOf(bound)) &&
    (await isSignedByKey(keyBinding, jwk as unknown as PublicJwk));
  if (!isBound) throw new CodecFault('signature', 'key binding');
}

function readJwt(text: string): ReadJwt {
  const [, head, body, tail] = compact.exec(text) ?? [];
  if (!head || !body || !tail) throw new CodecFault('jws', 'not base64url.base64url.base64url');
  const header = objectIn(head, 'jws');
  const alg = algorithms.find(known => known === header.alg);
  // No critical header is known here, so any is one we would ignore (RFC 7515, section 4.1.11)
  if (!alg || 'crit' in header) throw new CodecFault('jws', 'header');
  return {
    header,
    payload: objectIn(body, 'json'),
    alg,
    signed: `${head}.${body}`,
    signature: bytesOf(tail),
  };
}

function objectIn(part: string, reason: 'jws' | 'json'): Record<string, unknown> {
  const value = readJson(new TextDecoder().decode(bytesOf(part)));
  if (!isObject(value)) throw new CodecFault(reason, 'not an object');
  return value;
}

function bytesOf(part: string): Uint8Array {
  const bytes = fromBase64(part);
  if (!bytes) throw new CodecFault('jws', 'base64url');
  return bytes;
}
