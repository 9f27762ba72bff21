import type { CoseAlgorithm } from '../cose/cose-message';
import { joined } from '../bytes';
import { CodecFault } from '../verdict';

/** A public key as a JSON Web Key (RFC 7517). */
export interface PublicJwk {
  kty: string;
  crv?: string;
  x?: string;
  y?: string;
  n?: string;
  e?: string;
}

/** What the Web Cryptography API calls each algorithm of COSE and JOSE. */
const ways: Record<CoseAlgorithm, { kty: string; name: string; hash?: string; saltLength?: number }> = {
  ES256: { kty: 'EC', name: 'ECDSA', hash: 'SHA-256' },
  ES384: { kty: 'EC', name: 'ECDSA', hash: 'SHA-384' },
  ES512: { kty: 'EC', name: 'ECDSA', hash: 'SHA-512' },
  PS256: { kty: 'RSA', name: 'RSA-PSS', hash: 'SHA-256', saltLength: 32 },
  PS384: { kty: 'RSA', name: 'RSA-PSS', hash: 'SHA-384', saltLength: 48 },
  PS512: { kty: 'RSA', name: 'RSA-PSS', hash: 'SHA-512', saltLength: 64 },
  EdDSA: { kty: 'OKP', name: 'Ed25519' },
};

/**
 * Whether this key made the signature, by the Web Cryptography API: the same in a browser and in node. A key of another
 * kind than the algorithm's, or one that is no key, is simply not the signer.
 */
export async function isSignedByJwk(
  alg: CoseAlgorithm,
  { kty, crv, x, y, n, e }: PublicJwk,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const way = ways[alg];
  if (kty !== way.kty) return false;
  try {
    const algorithm = { ...way, ...(kty === 'EC' && { namedCurve: crv }) };
    const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y, n, e }, algorithm, false, ['verify']);
    return await crypto.subtle.verify(algorithm, key, own(signature), own(data));
  } catch {
    return false;
  }
}

/** SHA-256. */
export async function sha256(data: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', own(data)));
}

/** Inflates ZLIB (`deflate`) or raw DEFLATE, no further than `maxBytes`. Throws a `zlib` fault. */
export async function inflated(
  bytes: Uint8Array,
  format: 'deflate' | 'deflate-raw',
  maxBytes: number,
): Promise<Uint8Array> {
  const stream = new Blob([own(bytes)]).stream().pipeThrough(new DecompressionStream(format));
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return joined(chunks);
      length += value.length;
      if (length > maxBytes) throw new Error('too much');
      chunks.push(value);
    }
  } catch {
    await reader.cancel().catch(() => undefined);
    throw new CodecFault('zlib');
  }
}

/** The same bytes in a buffer of their own, which is what these interfaces are typed to take. */
const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
