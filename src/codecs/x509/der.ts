import { joined } from '../bytes';

/**
 * DER (ITU-T X.690), as much as a certificate needs, and only written: certificates of strangers are read by OpenSSL.
 */
export type Der = Uint8Array<ArrayBuffer>;

const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
};

export const sequence = (...parts: Uint8Array[]): Der => element(tags.sequence, joined(parts));
export const set = (...parts: Uint8Array[]): Der => element(tags.set, joined(parts));
/** An explicit tag of the context (section 8.14). */
export const explicit = (number: number, inner: Uint8Array): Der => element(0xa0 | number, inner);
/** An implicit, primitive tag of the context. */
export const implicit = (number: number, bytes: Uint8Array): Der => element(0x80 | number, bytes);
export const octetString = (bytes: Uint8Array): Der => element(tags.octetString, bytes);
export const boolean = (value: boolean): Der => element(tags.boolean, Uint8Array.of(value ? 0xff : 0));
export const utf8String = (text: string): Der => element(tags.utf8String, new TextEncoder().encode(text));
export const printableString = (text: string): Der =>
  element(tags.printableString, new TextEncoder().encode(text));

/** A non-negative integer, big-endian; the leading zero that keeps it positive is added here. */
export function integer(bytes: Uint8Array): Der {
  const first = bytes.findIndex(byte => byte !== 0);
  const shortest = first < 0 ? Uint8Array.of(0) : bytes.subarray(first);
  return element(tags.integer, shortest[0]! & 0x80 ? joined([Uint8Array.of(0), shortest]) : shortest);
}

/** `unused` bits at the end are not part of it. */
export const bitString = (bytes: Uint8Array, unused = 0): Der =>
  element(tags.bitString, joined([Uint8Array.of(unused), bytes]));

/** An object identifier, written `1.2.840.…` (section 8.19). */
export function oid(dotted: string): Der {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
  return element(tags.oid, Uint8Array.from([first * 40 + second, ...others].flatMap(base128)));
}

/** RFC 5280 section 4.1.2.5: two digits of the year until 2049, four after. Whole seconds. */
export function time(instant: Date): Der {
  const text = instant.toISOString().replace(/[-:T]|\.\d+/g, '');
  const isLate = instant.getUTCFullYear() >= 2050;
  return element(
    isLate ? tags.generalizedTime : tags.utcTime,
    new TextEncoder().encode(isLate ? text : text.slice(2)),
  );
}

function element(tag: number, content: Uint8Array): Der {
  return joined([Uint8Array.of(tag), lengthOf(content.length), content]);
}

/** Section 8.1.3: below 128 itself, else how many bytes, then the bytes. */
function lengthOf(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Uint8Array.from([0x80 | bytes.length, ...bytes]);
}

function base128(number: number): number[] {
  const digits = [number % 128];
  for (let rest = Math.floor(number / 128); rest > 0; rest = Math.floor(rest / 128))
    digits.unshift(0x80 | (rest % 128));
  return digits;
}
