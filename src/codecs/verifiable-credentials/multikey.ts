import { createPublicKey, type KeyObject } from 'node:crypto';
import { CodecFault } from '../verdict';
import { fromMultibase58, toMultibase58 } from './multibase';

/** The Multicodec header of an Ed25519 public key. */
const ed25519 = Buffer.from([0xed, 0x01]);

/**
 * An Ed25519 public key as a Multikey, `z6Mk…`; before it `did:key:`, and it is a DID. Throws a TypeError for another
 * key.
 */
export function multikeyOf(publicKey: KeyObject): string {
  if (publicKey.asymmetricKeyType !== 'ed25519') throw new TypeError('A Multikey of ours is an Ed25519 key');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url');
  return toMultibase58(Buffer.concat([ed25519, raw]));
}

/** The Ed25519 public key in a Multikey. Throws a `key-unknown` fault for anything else. */
export function keyOfMultikey(multikey: string): KeyObject {
  try {
    const bytes = Buffer.from(fromMultibase58(multikey));
    if (bytes.length !== 34 || !bytes.subarray(0, 2).equals(ed25519)) throw new Error('not Ed25519');
    const x = bytes.subarray(2).toString('base64url');
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  } catch {
    throw new CodecFault('key-unknown', 'multikey');
  }
}
