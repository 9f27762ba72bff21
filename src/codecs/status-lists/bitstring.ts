import { gunzipSync, gzipSync } from 'node:zlib';
import { CodecFault, step } from '../verdict';
import { StatusList, type StatusSize } from './status-list';

/** Shorter lists would tell by their length whom they are about (Bitstring Status List 1.0, section 3.1). */
const minBits = 131_072;
/** A hundred million certificates; a longer list is split. */
const maxBytes = 16 * 1024 * 1024;
const maxTextLength = 32 * 1024 * 1024;

/** An empty list for so many certificates, never shorter than the standard's least. */
export function newBitstring(length: number, size: StatusSize = 1): StatusList {
  const bytes = new Uint8Array(Math.ceil(Math.max(length * size, minBits) / 8));
  return new StatusList(bytes, size, 'most-significant-first');
}

/** A list as `encodedList`: gzip, then multibase base64url (Bitstring Status List 1.0, section 4.1). */
export function toEncodedList(list: StatusList): string {
  return `u${gzipSync(list.bytes, { level: 9 }).toString('base64url')}`;
}

/** The way back. Throws a `zlib` fault for what does not unpack or to more than 16 MiB, `schema` for a list too short. */
export function fromEncodedList(text: string, size: StatusSize = 1): StatusList {
  if (!/^u[\w-]+$/.test(text) || text.length > maxTextLength) throw new CodecFault('schema', 'encodedList');
  const packed = Buffer.from(text.slice(1), 'base64url');
  const bytes = step('zlib', () => gunzipSync(packed, { maxOutputLength: maxBytes }));
  if (bytes.length * 8 < minBits) throw new CodecFault('schema', 'encodedList is too short');
  return new StatusList(new Uint8Array(bytes), size, 'most-significant-first');
}
