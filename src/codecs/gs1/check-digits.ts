import { type Check, digits, finding, first, only, whole } from './check-texts';

/** The check digit that makes these digits a GS1 number: weights 3 and 1 from the right (General Specifications 7.9.1). */
export function checkDigit(digitsBefore: string): string {
  const sum = [...digitsBefore]
    .reverse()
    .reduce((total, one, at) => total + Number(one) * (at % 2 ? 1 : 3), 0);
  return String((10 - (sum % 10)) % 10);
}

export const numericCheck: Check = text =>
  first(
    text,
    whole(one => one.length > 0, 'check-digit-short'),
    digits,
    one => (one.endsWith(checkDigit(one.slice(0, -1))) ? null : finding('check-digit', one.length - 1, 1)),
  );

/** In order of their weights (General Specifications 7.9.5, for alphanumeric keys). */
const set82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const set32 = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** As many as the longest value has characters before its pair. */
const primes = Array.from({ length: 509 }, (_, at) => at + 1).filter(isPrime);

function isPrime(one: number): boolean {
  if (one < 2) return false;
  for (let divisor = 2; divisor * divisor <= one; divisor++) if (one % divisor === 0) return false;
  return true;
}

export const notInSet82 = only(/[^!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]/, 'not-in-set-82');
const notInSet32 = only(/[^2-9A-HJ-NP-Z]/, 'not-in-set-32');

/**
 * The check character pair of these characters of set 82: primes from the right, modulo 1021, in two halves of five
 * bits.
 */
export function checkPair(charactersBefore: string): string {
  const sum = [...charactersBefore]
    .reverse()
    .reduce((total, one, at) => total + set82.indexOf(one) * (primes[at] ?? 0), 0);
  return set32.charAt((sum % 1021) >> 5) + set32.charAt((sum % 1021) & 31);
}

export const alphanumericCheck: Check = text => {
  const at = text.length - 2;
  if (at < 0) return finding('check-pair-short', 0, text.length);
  if (at > primes.length) return finding('check-pair-long', 0, text.length);
  const inPair = notInSet32(text.slice(at));
  const wrong = notInSet82(text.slice(0, at)) ?? (inPair && { ...inPair, at: inPair.at + at });
  return wrong ?? (text.slice(at) === checkPair(text.slice(0, at)) ? null : finding('check-pair', at, 2));
};
