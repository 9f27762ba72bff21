import { randomInt } from 'node:crypto';

/**
 * The code on a person's card: eleven random digits and a check digit (ISO 7064 MOD 11,10), so that it can be typed on
 * any phone and read in any script's digits, a slip is noticed, and nobody's code tells another's.
 */
export const newPersonCode = (): string => {
  const digits = Array.from({ length: 11 }, () => String(randomInt(10))).join('');
  return digits + checkDigit(digits);
};

/** A code as people write it, spaces and dashes dropped; null when it cannot be one. */
export function readPersonCode(text: string): string | null {
  const code = text.normalize('NFKC').replace(/[\s-]/g, '');
  return /^\d{12}$/.test(code) && checkDigit(code.slice(0, -1)) === code.at(-1) ? code : null;
}

/** Four and four and four, as it is printed. */
export const showPersonCode = (code: string): string => code.replace(/(\d{4})(?=\d)/g, '$1 ');

/** ISO 7064 MOD 11,10. */
export function checkDigit(digits: string): string {
  const product = Array.from(digits).reduce((p, digit) => (((p + Number(digit)) % 10 || 10) * 2) % 11, 10);
  return String((11 - product) % 10);
}
