import { constants, sign, verify, type KeyObject } from 'node:crypto';
import { Tagged, toCbor, type CborValue } from './cbor';
import {
  coseAlgorithms,
  coseHeader,
  noBytes,
  signedBytes,
  tagSign1,
  type CoseAlgorithm,
  type Sign1,
} from './cose-message';

export { readSign, readSign1, type CoseAlgorithm, type Sign1 } from './cose-message';

/** RFC 9053 section 2.1: these curves, whatever the hash. secp256k1 has an algorithm of its own, which is none of ours. */
const ecdsa = {
  type: /^ec:(?:prime256v1|secp384r1|secp521r1)$/,
  options: { dsaEncoding: 'ieee-p1363' },
} as const;
const pss = {
  type: /^rsa:/,
  options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
} as const;

/** How node makes and checks each signature. */
const ways = {
  ES256: { hash: 'sha256', ...ecdsa },
  ES384: { hash: 'sha384', ...ecdsa },
  ES512: { hash: 'sha512', ...ecdsa },
  PS256: { hash: 'sha256', ...pss },
  PS384: { hash: 'sha384', ...pss },
  PS512: { hash: 'sha512', ...pss },
  EdDSA: { hash: null, type: /^ed(25519|448):/, options: {} },
} as const satisfies Record<CoseAlgorithm, unknown>;

/** Who signs: the private key stays in its `KeyObject`. */
export interface CoseSigner {
  kid: Uint8Array;
  alg: CoseAlgorithm;
  privateKey: KeyObject;
}

/** Signs a payload as COSE_Sign1 (RFC 9052 section 4.2), tagged 18, algorithm and kid in the protected header. */
export function signSign1(payload: Uint8Array, signer: CoseSigner): Uint8Array {
  const { hash, options } = ways[signer.alg];
  const protectedBytes = toCbor(
    new Map<number, CborValue>([
      [coseHeader.alg, coseAlgorithms[signer.alg]],
      [coseHeader.kid, signer.kid],
    ]),
  );
  const key = { key: signer.privateKey, ...options };
  const signature = sign(hash, signedBytes({ protectedBytes, payload }, noBytes), key);
  return toCbor(new Tagged(tagSign1, [protectedBytes, new Map(), payload, signature]));
}

/**
 * True when this key made the signature, over `external` too where both sides know of more bytes (RFC 9052 section 4.3).
 * A key of another type than the algorithm's is simply not the signer.
 */
export function isSignedBy(message: Sign1, publicKey: KeyObject, external = noBytes): boolean {
  const { hash, type, options } = ways[message.alg];
  if (!type.test(kindOf(publicKey))) return false;
  try {
    const bytes = signedBytes(message, external);
    return verify(hash, bytes, { key: publicKey, ...options }, message.signature);
  } catch {
    return false; // OpenSSL throws on some malformed signatures instead of answering no
  }
}

/** A key's type and curve: `ec:prime256v1`, `rsa:`. RSA too short to be used (RFC 8230 section 2) is of no kind. */
function kindOf({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): string {
  const isShort = type === 'rsa' && (details?.modulusLength ?? 0) < 2048;
  return isShort ? '' : `${type}:${details?.namedCurve ?? ''}`;
}
