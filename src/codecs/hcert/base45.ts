import { CodecFault } from '../verdict';

/** RFC 9285, table 1: the 45 characters of a QR code's alphanumeric mode. */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const codes = Uint8Array.from(alphabet, character => character.charCodeAt(0));
const values = new Map([...codes].map((code, value) => [code, value]));
const latin = new TextDecoder('latin1');

/** Bytes to Base45 (RFC 9285 section 4): two bytes are three characters, a last single byte is two. */
export function toBase45(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.floor(bytes.length / 2) * 3 + (bytes.length % 2) * 2);
  let to = 0;
  for (let at = 0; at < bytes.length; at += 2) {
    const pair = at + 1 < bytes.length;
    const number = pair ? bytes[at]! * 256 + bytes[at + 1]! : bytes[at]!;
    text[to++] = codes[number % 45]!;
    text[to++] = codes[Math.floor(number / 45) % 45]!;
    if (pair) text[to++] = codes[Math.floor(number / 2025)]!;
  }
  return latin.decode(text);
}

/**
 * Base45 to bytes (RFC 9285 section 4). Throws a `base45` fault for a character outside the alphabet, a length that
 * no encoding has, and a group whose value overflows its bytes (section 6 asks for that check).
 */
export function fromBase45(text: string): Uint8Array {
  if (text.length % 3 === 1) throw new CodecFault('base45', 'length');
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (text.length % 3 === 2 ? 1 : 0));
  let to = 0;
  for (let at = 0; at < text.length; at += 3) {
    const triple = at + 2 < text.length;
    const number = digit(text, at) + digit(text, at + 1) * 45 + (triple ? digit(text, at + 2) * 2025 : 0);
    if (number > (triple ? 0xffff : 0xff)) throw new CodecFault('base45', 'overflow');
    if (triple) bytes[to++] = number >> 8;
    bytes[to++] = number & 0xff;
  }
  return bytes;
}

function digit(text: string, at: number): number {
  const value = values.get(text.charCodeAt(at));
  if (value === undefined) throw new CodecFault('base45', 'alphabet');
  return value;
}
