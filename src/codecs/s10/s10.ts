import { countryCodes } from '../gs1/code-lists';

/** A postal item's number, UPU standard S10: two letters of service, eight digits, a check digit, the country of origin. */
export interface S10 {
  /** The thirteen characters, upper case, no spaces. */
  number: string;
  /** Two letters; the first says the kind of mail. A post may use any pair for its own services. */
  service: string;
  /** Eight digits, unique for this service and origin for at least twelve months. */
  serial: string;
  checkDigit: string;
  /** ISO 3166-1 alpha-2 code of the post that accepted the item. */
  country: string;
  kind: S10Kind;
}

/** What the first letter of the service says (S10, table of service indicators). */
export type S10Kind =
  | 'letter'
  | 'tracked-letter'
  | 'registered'
  | 'insured'
  | 'express'
  | 'parcel'
  | 'e-commerce'
  | 'm-bag'
  | 'other';

/** Why a text is no S10 number. */
export type S10Fault = 'shape' | 'check-digit' | 'country';

const kinds: Record<string, S10Kind> = {
  U: 'letter',
  L: 'tracked-letter',
  R: 'registered',
  V: 'insured',
  E: 'express',
  C: 'parcel',
  H: 'e-commerce',
  M: 'm-bag',
};

const weights = [8, 6, 4, 2, 3, 5, 9, 7];
const countries: ReadonlySet<string> = new Set(countryCodes);

/**
 * The check digit of eight digits: weights 8 6 4 2 3 5 9 7, 11 less the remainder by 11; 10 is 0 and 11 is 5 (S10,
 * check digit).
 */
function s10CheckDigit(serial: string): string {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(serial[at]), 0);
  const digit = 11 - (sum % 11);
  return digit === 10 ? '0' : digit === 11 ? '5' : String(digit);
}

/**
 * Reads a number as typed or scanned: spaces and small letters are allowed, since S10 is printed in groups. Any text
 * is answered, never thrown at.
 */
export function parseS10(text: string): { ok: true; item: S10 } | { ok: false; fault: S10Fault } {
  const number = text.length > 40 ? '' : text.replace(/ /g, '').toUpperCase();
  const parts = /^([A-Z]{2})([0-9]{8})([0-9])([A-Z]{2})$/.exec(number);
  if (!parts)
    return {
      ok: false,
      fault: /^[A-Z]{2}[0-9]{9}/.test(number) && number.length === 13 ? 'country' : 'shape',
    };
  const [, service = '', serial = '', checkDigit = '', country = ''] = parts;
  if (s10CheckDigit(serial) !== checkDigit) return { ok: false, fault: 'check-digit' };
  if (!countries.has(country)) return { ok: false, fault: 'country' };
  const kind = kinds[service.charAt(0)] ?? 'other';
  return { ok: true, item: { number, service, serial, checkDigit, country, kind } };
}

/** Makes the number of an item. Throws a RangeError unless given two letters, eight digits and an ISO 3166-1 country. */
export function makeS10(service: string, serial: string, country: string): string {
  if (!/^[A-Z]{2}$/.test(service) || !/^[0-9]{8}$/.test(serial) || !countries.has(country))
    throw new RangeError('An S10 number takes two letters, eight digits and a country');
  return `${service}${serial}${s10CheckDigit(serial)}${country}`;
}

/** As printed for people: `RR 1234 5678 5 XX`. */
export function printedS10({ service, serial, checkDigit, country }: S10): string {
  return `${service} ${serial.slice(0, 4)} ${serial.slice(4)} ${checkDigit} ${country}`;
}
