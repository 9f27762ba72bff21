import { constants, sign, verify, type KeyObject } from 'node:crypto';
import { fromCbor, Tagged, toCbor, untagged, type CborMap, type CborValue } from './cbor';
import { CodecFault, step } from './verdict';

const tagSign1 = 18;
const tagSign = 98;
const tagCwt = 61;
const noBytes = new Uint8Array();
const header = { alg: 1, crit: 2, kid: 4 };

const ecdsa = { type: /^ec$/, options: { dsaEncoding: 'ieee-p1363' } } as const;
const pss = {
  type: /^rsa$/,
  options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
} as const;

/**
 * Signature algorithms by their COSE number (RFC 9053 section 2, RFC 8230 section 2). ECDSA's hash is not bound to a
 * curve (RFC 9053 section 2.1): ES256 with a P-384 key is right, and is found in the field.
 */
const algorithms = {
  ES256: { id: -7, hash: 'sha256', ...ecdsa },
  ES384: { id: -35, hash: 'sha384', ...ecdsa },
  ES512: { id: -36, hash: 'sha512', ...ecdsa },
  PS256: { id: -37, hash: 'sha256', ...pss },
  PS384: { id: -38, hash: 'sha384', ...pss },
  PS512: { id: -39, hash: 'sha512', ...pss },
  EdDSA: { id: -8, hash: null, type: /^ed(25519|448)$/, options: {} },
} as const;

/** A signature algorithm, by its name in the COSE registry. */
export type CoseAlgorithm = keyof typeof algorithms;

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

/** Who signs: the private key stays in its `KeyObject`. */
export interface CoseSigner {
  kid: Uint8Array;
  alg: CoseAlgorithm;
  privateKey: KeyObject;
}

/** Signs a payload as COSE_Sign1 (RFC 9052 section 4.2), tagged 18, algorithm and kid in the protected header. */
export function signSign1(payload: Uint8Array, signer: CoseSigner): Uint8Array {
  const { id, hash, options } = algorithms[signer.alg];
  const protectedBytes = toCbor(
    new Map<number, CborValue>([
      [header.alg, id],
      [header.kid, signer.kid],
    ]),
  );
  const key = { key: signer.privateKey, ...options };
  const signature = sign(hash, signedBytes({ protectedBytes, payload }, noBytes), key);
  return toCbor(new Tagged(tagSign1, [protectedBytes, new Map(), payload, signature]));
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

/** Takes a COSE_Sign apart (RFC 9052 section 4.1): the same payload, once for each signer. Throws as {@link readSign1} does. */
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
    alg: algorithmOf(guarded.get(header.alg) ?? unprotected.get(header.alg)),
    kid: bytesOf(guarded.get(header.kid)) ?? bytesOf(unprotected.get(header.kid)),
    signature,
    protectedBytes,
  };
}

function partsOf(message: CborValue, length: number): CborValue[] {
  if (!Array.isArray(message) || message.length !== length)
    throw new CodecFault('cose', 'not a signed message');
  return message;
}

/**
 * True when this key made the signature, over `external` too where both sides know of more bytes (RFC 9052 section 4.3).
 * A key of another type than the algorithm's is simply not the signer.
 */
export function isSignedBy(message: Sign1, publicKey: KeyObject, external = noBytes): boolean {
  const { hash, type, options } = algorithms[message.alg];
  if (!type.test(publicKey.asymmetricKeyType ?? '')) return false;
  try {
    const bytes = signedBytes(message, external);
    return verify(hash, bytes, { key: publicKey, ...options }, message.signature);
  } catch {
    return false; // OpenSSL throws on some malformed signatures instead of answering no
  }
}

/** The Sig_structure (RFC 9052 section 4.4); an empty header map counts as no bytes. */
function signedBytes(
  { protectedBytes, sharedBytes, payload }: Pick<Sign1, 'protectedBytes' | 'sharedBytes' | 'payload'>,
  external: Uint8Array,
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
  if (found.has(header.crit)) throw new CodecFault('cose', 'critical header');
  return found;
}

function algorithmOf(id: CborValue): CoseAlgorithm {
  const name = (Object.keys(algorithms) as CoseAlgorithm[]).find(key => algorithms[key].id === id);
  if (!name) throw new CodecFault('cose', 'algorithm');
  return name;
}

function bytesOf(value: CborValue | undefined): Uint8Array | undefined {
  return value instanceof Uint8Array ? value : undefined;
}
