import { fromCbor, toCbor, untagged, type CborMap, type CborValue } from './cbor';
import { CodecFault, step } from '../verdict';

export const tagSign1 = 18;
const tagSign = 98;
const tagCwt = 61;
export const noBytes = new Uint8Array();
/** Headers by their number (RFC 9052 section 3.1). */
export const coseHeader = { alg: 1, crit: 2, kid: 4 };

/**
 * Signature algorithms by their COSE number (RFC 9053 section 2, RFC 8230 section 2). ECDSA's hash is not bound to a
 * curve (RFC 9053 section 2.1): ES256 with a P-384 key is right, and is found in the field.
 */
export const coseAlgorithms = {
  ES256: -7,
  ES384: -35,
  ES512: -36,
  PS256: -37,
  PS384: -38,
  PS512: -39,
  EdDSA: -8,
} as const;

/** A signature algorithm, by its name in the COSE registry. */
export type CoseAlgorithm = keyof typeof coseAlgorithms;

/** A signed message, taken apart but not yet believed. */
export interface Sign1 {
  alg: CoseAlgorithm;
  /** As bytes; undefined when neither header has one. The protected one wins (HCERT 3.3.3). */
  kid: Uint8Array | undefined;
  payload: Uint8Array;
  signature: Uint8Array;
  /** The protected header as it came: the signature is over these very bytes. */
  protectedBytes: Uint8Array;
  /** In a message of several signers, the protected header they share. */
  sharedBytes?: Uint8Array;
}

/**
 * Takes a COSE_Sign1 apart: tagged 18, untagged, or tagged as a CWT (61) around either (RFC 8392 section 6).
 * Throws a `cbor` or `cose` fault.
 */
export function readSign1(bytes: Uint8Array): Sign1 {
  const message = untagged(
    step('cbor', () => fromCbor(bytes)),
    [tagCwt, tagSign1],
  );
  const [protectedBytes, unprotected, payload, signature] = partsOf(message, 4);
  if (!(payload instanceof Uint8Array)) throw new CodecFault('cose', 'not a COSE_Sign1');
  return { ...signatureOf([protectedBytes, unprotected, signature]), payload };
}

/**
 * Takes a COSE_Sign apart (RFC 9052 section 4.1): the same payload, once for each signer. Throws as {@link readSign1}
 * does.
 */
export function readSign(bytes: Uint8Array): Sign1[] {
  const message = untagged(
    step('cbor', () => fromCbor(bytes)),
    [tagCwt, tagSign],
  );
  const [sharedBytes, , payload, signers] = partsOf(message, 4);
  const wellFormed = sharedBytes instanceof Uint8Array && payload instanceof Uint8Array;
  if (!wellFormed || !Array.isArray(signers)) throw new CodecFault('cose', 'not a COSE_Sign');
  readHeader(sharedBytes);
  return signers.map(signer => ({ ...signatureOf(partsOf(signer, 3)), payload, sharedBytes }));
}

function signatureOf([protectedBytes, unprotected, signature]: CborValue[]): Omit<Sign1, 'payload'> {
  const wellFormed =
    protectedBytes instanceof Uint8Array && unprotected instanceof Map && signature instanceof Uint8Array;
  if (!wellFormed) throw new CodecFault('cose', 'not a signature');
  const guarded = readHeader(protectedBytes);
  return {
    // Some issuers guard neither: harmless, since a key serves one family of algorithms only
    alg: algorithmOf(guarded.get(coseHeader.alg) ?? unprotected.get(coseHeader.alg)),
    kid: bytesOf(guarded.get(coseHeader.kid)) ?? bytesOf(unprotected.get(coseHeader.kid)),
    signature,
    protectedBytes,
  };
}

function partsOf(message: CborValue, length: number): CborValue[] {
  if (!Array.isArray(message) || message.length !== length)
    throw new CodecFault('cose', 'not a signed message');
  return message;
}

/** The Sig_structure (RFC 9052 section 4.4); an empty header map counts as no bytes. */
export function signedBytes(
  { protectedBytes, sharedBytes, payload }: Pick<Sign1, 'protectedBytes' | 'sharedBytes' | 'payload'>,
  external: Uint8Array = noBytes,
): Uint8Array {
  const own = withoutEmptyMap(protectedBytes);
  return sharedBytes
    ? toCbor(['Signature', withoutEmptyMap(sharedBytes), own, external, payload])
    : toCbor(['Signature1', own, external, payload]);
}

function withoutEmptyMap(bytes: Uint8Array): Uint8Array {
  return bytes.length === 1 && bytes[0] === 0xa0 ? noBytes : bytes;
}

function readHeader(bytes: Uint8Array): CborMap {
  if (bytes.length === 0) return new Map();
  const found = step('cose', () => fromCbor(bytes));
  if (!(found instanceof Map)) throw new CodecFault('cose', 'protected header');
  // No critical header is known here, so any is one we would ignore (RFC 9052 section 3.1)
  if (found.has(coseHeader.crit)) throw new CodecFault('cose', 'critical header');
  return found;
}

function algorithmOf(id: CborValue): CoseAlgorithm {
  const name = (Object.keys(coseAlgorithms) as CoseAlgorithm[]).find(key => coseAlgorithms[key] === id);
  if (!name) throw new CodecFault('cose', 'algorithm');
  return name;
}

function bytesOf(value: CborValue | undefined): Uint8Array | undefined {
  return value instanceof Uint8Array ? value : undefined;
}
