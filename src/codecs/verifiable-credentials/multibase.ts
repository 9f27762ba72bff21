import { CodecFault } from '../verdict';

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** Base58 costs time with the square of its length; a signature has 88 characters. */
const maxLength = 200;

/** Bytes as multibase base58-btc (W3C Controlled Identifiers 1.0, section 2.4). */
export function toMultibase58(bytes: Uint8Array): string {
  let number = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
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
  const bytes: number[] = [];
  for (; number > 0n; number /= 256n) bytes.unshift(Number(number % 256n));
  const zeros = digits.length - digits.replace(/^1+/, '').length;
  return Uint8Array.from([...Array<number>(zeros).fill(0), ...bytes]);
}
