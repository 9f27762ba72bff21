import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Of each password of the list these first bytes of a hash are kept: of 2^40 passwords that are not in it, one in 25
 * million is refused.
 */
export const FINGERPRINT_BYTES = 5;

/** By which a password is found in the list: whatever its case, in one form of Unicode. */
export const fingerprintOf = (password: string): Buffer =>
  createHash('sha256')
    .update(password.normalize('NFKC').toLowerCase())
    .digest()
    .subarray(0, FINGERPRINT_BYTES);

let list: Buffer | null = null;

/**
 * Whether a password is among the 44,000 commonest of breaches that are long enough to be taken here (ASVS 5.0 6.2.4 and
 * 6.2.12). The list comes with the service, sorted, as `scripts/known-passwords.mjs` made it; nothing is asked outside.
 */
export function isKnownPassword(password: string): boolean {
  list ??= readFileSync(join(__dirname, 'known-passwords.bin'));
  const sought = fingerprintOf(password);
  let [from, to] = [0, list.length / FINGERPRINT_BYTES];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const at = middle * FINGERPRINT_BYTES;
    const order = list.compare(sought, 0, FINGERPRINT_BYTES, at, at + FINGERPRINT_BYTES);
    if (order === 0) return true;
    if (order < 0) from = middle + 1;
    else to = middle;
  }
  return false;
}
