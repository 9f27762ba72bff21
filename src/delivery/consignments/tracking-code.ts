import { randomInt } from 'node:crypto';

/** Without letters that are read as digits or as each other (Crockford's base 32). */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;

/** A code that nobody can guess: sixty random bits, in three groups of four. */
export function newTrackingCode(): string {
  const letters = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return letters.replace(/.{4}(?=.)/g, '$&-');
}

/** A tracking code as it is kept, from how somebody typed it; null for a text that cannot be one. */
export function readTrackingCode(text: string): string | null {
  if (text.length > 40) return null;
  const letters = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  if (letters.length !== LENGTH || [...letters].some(letter => !LETTERS.includes(letter))) return null;
  return letters.replace(/.{4}(?=.)/g, '$&-');
}
