import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { asciiDigits } from './identifier-rules';

/** Kinds of numbers of ITU-T E.164 plans, as libphonenumber names them. */
export const PHONE_TYPES = [
  'MOBILE',
  'FIXED_LINE',
  'FIXED_LINE_OR_MOBILE',
  'VOIP',
  'TOLL_FREE',
  'PERSONAL_NUMBER',
] as const;
export type PhoneType = (typeof PHONE_TYPES)[number];

/** Which phone numbers a country takes. */
export interface PhoneRule {
  /** ISO 3166-1 alpha-2: how a number without an international prefix is read. */
  readonly region: string;
  readonly allowedTypes: readonly PhoneType[];
  /** Whether a number of another country is taken too, of the same types. */
  readonly allowForeign: boolean;
  /** By which ways one-time codes are offered; text messages alone when left out. */
  readonly codesBy?: readonly ('SMS' | 'VOICE')[];
}

export type PhoneFault = 'too-long' | 'not-a-phone-number' | 'foreign-number' | 'type-not-allowed';
export type PhoneCheck =
  { readonly ok: true; readonly e164: string } | { readonly ok: false; readonly code: PhoneFault };

/** Longest text looked at. E.164 has at most 15 digits; people add spaces, brackets and dashes. */
const MAX_LENGTH = 40;

/**
 * A phone number as people write it, in any script's digits, as E.164; or why it is not taken. Checked by the full
 * number plans.
 */
export function normalisePhone(rule: PhoneRule, text: string): PhoneCheck {
  if (text.length > MAX_LENGTH) return { ok: false, code: 'too-long' };
  const number = parsePhoneNumberFromString(asciiDigits(text.normalize('NFKC')), {
    defaultCountry: rule.region as CountryCode,
    extract: false,
  });
  if (!number?.isValid() || number.ext) return { ok: false, code: 'not-a-phone-number' };
  if (number.country !== rule.region && !rule.allowForeign) return { ok: false, code: 'foreign-number' };
  if (!rule.allowedTypes.some(type => type === number.getType()))
    return { ok: false, code: 'type-not-allowed' };
  return { ok: true, e164: number.number };
}
