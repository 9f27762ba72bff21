import { randomInt } from 'node:crypto';

/** Characters that nobody takes for another. */
const PLAIN = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 16;

/** A code that opens one consent: sixteen characters of 32, 80 bits, so that nobody finds one by trying. */
export const newStatusCode = (): string =>
  Array.from({ length: LENGTH }, () => PLAIN[randomInt(PLAIN.length)])
    .join('')
    .replace(/(.{4})(?!$)/g, '$1-');

/** A code as it is kept, however it was typed: without blanks and hyphens, in capitals; null for what cannot be one. */
export function readStatusCode(text: string): string | null {
  const code = text.toUpperCase().replace(/[\s-]/g, '');
  return code.length === LENGTH && [...code].every(one => PLAIN.includes(one)) ? code : null;
}
