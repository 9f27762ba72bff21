import { wholePattern } from './safe-pattern';
import type { TextByLanguage } from './text-fallback';

/** How the last symbol of an identifier is computed from the others. A closed list; the numbers are the country's. */
export type CheckRule =
  /** ISO/IEC 7812-1 annex B. */
  | { readonly rule: 'luhn' }
  /** Verhoeff 1969, the dihedral group of order ten. */
  | { readonly rule: 'verhoeff' }
  /** ISO 7064 MOD 97-10: the whole number leaves 1; letters count as 10 to 35. */
  | { readonly rule: 'mod97-10' }
  /**
   * Each digit times its weight, summed, modulo `modulus`; the complement of that if so told. The result picks the
   * check symbol from `symbols`, counted from 0; no symbol there means that no such identifier is issued. A number
   * shorter than the weights counts as if zeros led it: numbers given out long ago are often a digit shorter.
   */
  | {
      readonly rule: 'weighted-modulus';
      readonly modulus: number;
      readonly weights: readonly number[];
      readonly complement: boolean;
      readonly symbols: string;
    };

/** A kind of personal identifier of a country: a number on a card, a birth registration, a passport. */
export interface IdentifierType {
  readonly code: string;
  readonly name: TextByLanguage;
  /** URI that names the set of numbers, as FHIR's `Identifier.system`. */
  readonly system: string;
  /** Characters people write between the others, dropped before the form is checked, e.g. `" .-"`. */
  readonly separators: string;
  /** Form of the normalised identifier; see safe-pattern. */
  readonly pattern: string;
  /** Null: the issuer publishes no check digit. */
  readonly check: CheckRule | null;
  /** An identifier that passes; not anybody's. */
  readonly example: string;
  /** How many characters stay readable when masked. */
  readonly mask: { readonly start: number; readonly end: number };
}

export type IdentifierFault = 'too-long' | 'wrong-form' | 'wrong-check-digit';
export type IdentifierCheck =
  { readonly ok: true; readonly normalised: string } | { readonly ok: false; readonly code: IdentifierFault };

/** Longest text looked at, in UTF-16 units. */
const MAX_LENGTH = 64;

/**
 * The identifier as it is stored and compared: any script's digits as ASCII, upper case, separators dropped; or why
 * it cannot be one. Says nothing about whether it was ever issued.
 */
export function checkIdentifier(type: IdentifierType, value: string): IdentifierCheck {
  if (value.length > MAX_LENGTH) return { ok: false, code: 'too-long' };
  const normalised = normalise(value, type.separators);
  if (!wholePattern(type.pattern).test(normalised)) return { ok: false, code: 'wrong-form' };
  if (type.check && !checks(type.check, normalised)) return { ok: false, code: 'wrong-check-digit' };
  return { ok: true, normalised };
}

/** `12345678` as `•••••678`. Reveals nothing of a text too short to hide at least half of. */
export function maskIdentifier(type: IdentifierType, normalised: string): string {
  const shown = type.mask.start + type.mask.end;
  const [start, end] = shown * 2 > normalised.length ? [0, 0] : [type.mask.start, type.mask.end];
  const hidden = '•'.repeat(normalised.length - start - end);
  return normalised.slice(0, start) + hidden + normalised.slice(normalised.length - end);
}

const DECIMAL = /\p{Nd}/u;

/** ASCII digits for the decimal digits of any script: each script has its ten in one run of code points. */
export function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, digit => {
    const at = digit.codePointAt(0) ?? 0;
    let before = 0;
    while (DECIMAL.test(String.fromCodePoint(at - before - 1))) before++;
    return String(before % 10);
  });
}

function normalise(value: string, separators: string): string {
  const plain = asciiDigits(value.normalize('NFKC')).trim().toUpperCase();
  return Array.from(plain)
    .filter(character => !separators.includes(character))
    .join('');
}

function checks(check: CheckRule, identifier: string): boolean {
  switch (check.rule) {
    case 'luhn':
      return luhnSum(identifier) % 10 === 0;
    case 'verhoeff':
      return verhoeff(identifier) === 0;
    case 'mod97-10':
      return mod97(identifier) === 1;
    case 'weighted-modulus':
      return weightedSymbol(check, identifier.slice(0, -1)) === identifier.at(-1);
  }
}

function weightedSymbol(
  check: Extract<CheckRule, { rule: 'weighted-modulus' }>,
  digits: string,
): string | undefined {
  if (digits.length > check.weights.length) return undefined;
  const led = digits.padStart(check.weights.length, '0');
  const sum = check.weights.reduce((total, weight, i) => total + weight * Number(led[i]), 0);
  const remainder = sum % check.modulus;
  return check.symbols[check.complement ? (check.modulus - remainder) % check.modulus : remainder];
}

function luhnSum(digits: string): number {
  return Array.from(digits)
    .reverse()
    .reduce((sum, digit, i) => {
      const doubled = Number(digit) * 2;
      return sum + (i % 2 === 0 ? Number(digit) : doubled > 9 ? doubled - 9 : doubled);
    }, 0);
}

function mod97(text: string): number {
  return Array.from(text).reduce((rest, character) => {
    const value = parseInt(character, 36);
    return (rest * (value > 9 ? 100 : 10) + value) % 97;
  }, 0);
}

/** Product of two elements of the dihedral group D5: 0 to 4 are rotations, 5 to 9 reflections. */
function d5(a: number, b: number): number {
  if (a < 5) return b < 5 ? (a + b) % 5 : 5 + ((a + b - 5) % 5);
  return b < 5 ? 5 + ((a - 5 - b + 5) % 5) : (a - b + 5) % 5;
}

const VERHOEFF_STEP = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

function verhoeff(digits: string): number {
  return Array.from(digits)
    .reverse()
    .reduce((sum, digit, place) => {
      let permuted = Number(digit);
      for (let i = 0; i < place % 8; i++) permuted = VERHOEFF_STEP[permuted] ?? NaN;
      return d5(sum, permuted);
    }, 0);
}
