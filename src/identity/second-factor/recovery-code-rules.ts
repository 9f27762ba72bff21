import { createHash, randomInt } from 'node:crypto';

/** Codes given at a time. Each works once, for a telephone that was lost. */
const RECOVERY_CODES = 10;
/** Letters and digits that are not taken for one another when written by hand. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16; // 78 bits: nothing to guess, so that a plain hash is enough to keep it

/** A new code, in groups of four. */
function newRecoveryCode(): string {
  const letters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]!).join('');
  return letters.match(/.{4}/g)!.join('-');
}

/** As many new ones as are given at a time. */
export const newRecoveryCodes = (): string[] => Array.from({ length: RECOVERY_CODES }, newRecoveryCode);

/** What is stored of a code, however it was typed. */
export const hashOfRecoveryCode = (typed: string): Buffer =>
  createHash('sha256').update(typed.toUpperCase().replace(/[\s-]/g, '')).digest();
