import { createPublicKey, type KeyObject } from 'node:crypto';
import { CodecFault } from '../verdict';

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** Base58 costs time with the square of its length; a signature has 88 characters. */
const maxLength = 200;
/** The Multicodec header of an Ed25519 public key. */
const ed25519 = Buffer.from([0xed, 0x01]);

/** Bytes as multibase base58-btc (W3C Controlled Identifiers 1.0, section 2.4). */
export function toMultibase58(bytes: Uint8Array): string {
  let number = BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);
  let digits = '';
  for (; number > 0n; number /= 58n) digits = alphabet[Number(number % 58n)] + digits;
  const zeros = bytes.findIndex(byte => byte !== 0);
  return `z${'1'.repeat(zeros < 0 ? bytes.length : zeros)}${digits}`;
}

/** The way back; throws a `signature` fault for what is not base58-btc, or too long for a key or signature. */
export function fromMultibase58(text: string): Uint8Array {
  const digits = text.slice(1);
  if (!text.startsWith('z') || text.length > maxLength) throw new CodecFault('signature', 'multibase');
  let number = 0n;
  for (const digit of digits) {
    const value = alphabet.indexOf(digit);
    if (value < 0) throw new CodecFault('signature', 'multibase');
    number = number * 58n + BigInt(value);
  }
  const hex = number === 0n ? '' : number.toString(16);
  const zeros = digits.length - digits.replace(/^1+/, '').length;
  return Buffer.concat([Buffer.alloc(zeros), Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex')]);
}

/** An Ed25519 public key as a Multikey, `z6Mk…`; before it `did:key:`, and it is a DID. Throws a TypeError for another key. */
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
