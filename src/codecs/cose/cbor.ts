/**
 * CBOR (RFC 8949), as much as certificates hold. Our own because a reader of strangers' bytes must be bounded: no
 * input nests deeper than {@link maxDepth}, and no claimed length is believed before the bytes are there.
 */

import { joined } from '../bytes';

/** Deeper than any certificate nests, shallow enough that no input can exhaust the stack. */
const maxDepth = 24;

/** A tag before an item (RFC 8949 section 3.4). */
export class Tagged {
  constructor(
    readonly tag: number,
    readonly content: CborValue,
  ) {}
}

/** What CBOR holds here: maps are `Map`s, since their keys may be integers; integers beyond 2^53 are bigints. */
export type CborValue =
  number | bigint | string | boolean | null | undefined | Uint8Array | CborValue[] | CborMap | Tagged;

/** A map with text and integer keys. */
export type CborMap = Map<string | number, CborValue>;

const major = { unsigned: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5, tag: 6, other: 7 };
const breakByte = 0xff;

/**
 * Decodes exactly one item. Lengths may be indefinite and heads longer than needed, since issuers write both. Throws
 * on anything malformed, on trailing bytes, text that is not UTF-8, a repeated key (two readers could see two
 * certificates in one), a key that is neither text nor integer, and unassigned simple values.
 */
export function fromCbor(bytes: Uint8Array): CborValue {
  const reader = new Reader(bytes);
  const value = reader.item(0);
  reader.mustBeAtEnd();
  return value;
}

/** Encodes with the shortest heads, maps in their own order, numbers with a fraction in 64 bits. */
export function toCbor(value: CborValue): Uint8Array<ArrayBuffer> {
  const writer = new Writer();
  writer.item(value);
  return writer.written();
}

/** CBOR as plain JSON values, for a JSON Schema; dates lose their tag. Throws for what JSON cannot hold. */
export function asJson(value: CborValue): unknown {
  if (Array.isArray(value)) return value.map(asJson);
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, inner]) => [text(key), asJson(inner)]));
  if (value instanceof Tagged) return asJson(untagged(value, dateTags));
  if (typeof value === 'bigint' || value === undefined || value instanceof Uint8Array)
    throw new Error('not JSON');
  return value;
}

/** Plain JSON values as CBOR, the way back of {@link asJson}; undefined properties are left out. */
export function fromJson(value: unknown): CborValue {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value !== 'object' || value === null) return value as CborValue;
  const present = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return new Map(present.map(([key, inner]) => [key, fromJson(inner)]));
}

/** Text and epoch dates (RFC 8949 section 3.4.1 and 3.4.2) and full dates (RFC 8943). */
export const dateTags: readonly number[] = [0, 1, 1004];

/** The item behind any of these tags, however many stand before it. */
export function untagged(value: CborValue, tags: readonly number[]): CborValue {
  let inner = value;
  while (inner instanceof Tagged && tags.includes(inner.tag)) inner = inner.content;
  return inner;
}

function text(key: string | number): string {
  if (typeof key !== 'string') throw new Error('map key is not text');
  return key;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

class Reader {
  private at = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  mustBeAtEnd(): void {
    if (this.at !== this.bytes.length) throw new Error('trailing bytes');
  }

  item(depth: number): CborValue {
    if (depth > maxDepth) throw new Error('too deep');
    const initial = this.view.getUint8(this.at++);
    const [type, info] = [initial >> 5, initial & 0x1f];
    if (type === major.other) return this.simpleOrFloat(info);
    if (info === 31) return this.indefinite(type, depth);
    const argument = this.argument(info);
    if (type === major.unsigned) return argument;
    if (type === major.negative) return typeof argument === 'bigint' ? -1n - argument : -1 - argument;
    if (typeof argument === 'bigint') throw new Error('length');
    if (type === major.bytes) return this.take(argument);
    if (type === major.text) return utf8.decode(this.take(argument));
    if (type === major.tag) return new Tagged(argument, this.item(depth + 1));
    return type === major.array ? this.array(depth, argument) : this.map(depth, argument);
  }

  private argument(info: number): number | bigint {
    if (info < 24) return info;
    if (info > 27) throw new Error('reserved length');
    const size = 1 << (info - 24);
    this.at += size;
    if (size === 1) return this.view.getUint8(this.at - 1);
    if (size === 2) return this.view.getUint16(this.at - 2);
    if (size === 4) return this.view.getUint32(this.at - 4);
    const wide = this.view.getBigUint64(this.at - 8);
    return wide > BigInt(Number.MAX_SAFE_INTEGER) ? wide : Number(wide);
  }

  private take(length: number): Uint8Array {
    if (length > this.bytes.length - this.at) throw new Error('cut short');
    return this.bytes.subarray(this.at, (this.at += length));
  }

  private array(depth: number, length: number): CborValue[] {
    const items: CborValue[] = [];
    for (let left = length; left > 0 && !this.breaks(length); left--) items.push(this.item(depth + 1));
    return items;
  }

  private map(depth: number, length: number): CborMap {
    const map: CborMap = new Map();
    for (let left = length; left > 0 && !this.breaks(length); left--) {
      const key = this.item(depth + 1);
      if (typeof key !== 'string' && typeof key !== 'number') throw new Error('map key');
      if (map.has(key)) throw new Error('repeated key');
      map.set(key, this.item(depth + 1));
    }
    return map;
  }

  /** Whether an item of indefinite length ends here; the break is then read. */
  private breaks(length: number): boolean {
    const ends = length === Infinity && this.bytes[this.at] === breakByte;
    if (ends) this.at++;
    return ends;
  }

  private indefinite(type: number, depth: number): CborValue {
    if (type === major.array) return this.array(depth, Infinity);
    if (type === major.map) return this.map(depth, Infinity);
    if (type !== major.bytes && type !== major.text) throw new Error('indefinite length');
    const chunks: Uint8Array[] = [];
    while (!this.breaks(Infinity)) {
      const initial = this.view.getUint8(this.at++);
      const length = initial >> 5 === type && this.argument(initial & 0x1f);
      if (typeof length !== 'number') throw new Error('chunk');
      chunks.push(this.take(length));
    }
    const whole = joined(chunks);
    return type === major.text ? utf8.decode(whole) : whole;
  }

  private simpleOrFloat(info: number): CborValue {
    if (info === 20 || info === 21) return info === 21;
    if (info === 22) return null;
    if (info === 23) return undefined;
    if (info < 25 || info > 27) throw new Error('simple value');
    const size = 1 << (info - 24);
    this.at += size;
    if (size === 2) return halfFloat(this.view.getUint16(this.at - 2));
    return size === 4 ? this.view.getFloat32(this.at - 4) : this.view.getFloat64(this.at - 8);
  }
}

/** RFC 8949 appendix D. */
function halfFloat(half: number): number {
  const [exponent, mantissa] = [(half >> 10) & 0x1f, half & 0x3ff];
  const sign = half & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 31) return mantissa ? NaN : sign * Infinity;
  return sign * (mantissa + 1024) * 2 ** (exponent - 25);
}

const utf8Encoder = new TextEncoder();

class Writer {
  private bytes = new Uint8Array(1024);
  private view = new DataView(this.bytes.buffer);
  private at = 0;

  written(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.at);
  }

  item(value: CborValue): void {
    if (typeof value === 'string') this.text(value);
    else if (typeof value === 'number') this.number(value);
    else if (typeof value === 'bigint') this.integer(value);
    else if (value instanceof Map) this.map(value);
    else if (Array.isArray(value)) {
      this.head(major.array, value.length);
      for (const inner of value) this.item(inner);
    } else if (value instanceof Uint8Array) {
      this.head(major.bytes, value.length);
      this.raw(value);
    } else if (value instanceof Tagged) {
      this.head(major.tag, value.tag);
      this.item(value.content);
    } else this.head(major.other, value === undefined ? 23 : value === null ? 22 : value ? 21 : 20);
  }

  private map(map: CborMap): void {
    this.head(major.map, map.size);
    for (const [key, inner] of map) {
      this.item(key);
      this.item(inner);
    }
  }

  private text(value: string): void {
    const bytes = utf8Encoder.encode(value);
    this.head(major.text, bytes.length);
    this.raw(bytes);
  }

  private raw(bytes: Uint8Array): void {
    this.room(bytes.length);
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  private number(value: number): void {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
      this.head(value < 0 ? major.negative : major.unsigned, value < 0 ? -1 - value : value);
      return;
    }
    this.room(9);
    this.bytes[this.at] = (major.other << 5) | 27;
    this.view.setFloat64(this.at + 1, value);
    this.at += 9;
  }

  private integer(value: bigint): void {
    this.head(value < 0n ? major.negative : major.unsigned, value < 0n ? -1n - value : value);
  }

  /** The initial byte with the shortest argument that holds the number. */
  private head(type: number, argument: number | bigint): void {
    this.room(9);
    const info = argument < 24 ? Number(argument) : sizeOf(argument);
    this.bytes[this.at++] = (type << 5) | info;
    if (info === 24) this.view.setUint8(this.at, Number(argument));
    else if (info === 25) this.view.setUint16(this.at, Number(argument));
    else if (info === 26) this.view.setUint32(this.at, Number(argument));
    else if (info === 27) this.view.setBigUint64(this.at, BigInt(argument));
    if (info >= 24) this.at += 1 << (info - 24);
  }

  /** Makes room for so many more bytes. */
  private room(length: number): void {
    if (this.at + length <= this.bytes.length) return;
    const larger = new Uint8Array((this.at + length) * 2);
    larger.set(this.bytes);
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }
}

/** 24 for one byte, 25 for two, 26 for four, 27 for eight. */
function sizeOf(argument: number | bigint): number {
  if (argument <= 0xff) return 24;
  if (argument <= 0xffff) return 25;
  return argument <= 0xffffffff ? 26 : 27;
}
