/**
 * What a check of a value's content can find. The English is that of GS1's own reference checks, so that a fault seen
 * here and in another program's log reads alike.
 */
export const checkTexts = {
  'not-a-digit': 'A non-digit character was found where a digit is expected.',
  'not-in-set-82': 'A non-CSET 82 character was found where a CSET 82 character is expected.',
  'not-in-set-39': 'A non-CSET 39 character was found where a CSET 39 character is expected.',
  'not-in-set-64': 'A non-CSET 64 character was found where a CSET 64 character is expected.',
  'not-in-set-32': 'A non-CSET 32 character was found where a CSET 32 character is expected.',
  'set-64-padding': 'Incorrect number of CSET 64 pad characters.',
  'check-digit': 'The numeric check digit is incorrect.',
  'check-digit-short': 'The component is too short to perform a numeric check digit calculation.',
  'check-pair': 'The alphanumeric check-character pair are incorrect.',
  'check-pair-short':
    'The component is too short to perform an alphanumeric check character pair calculation.',
  'check-pair-long': 'The component is too long to perform an alphanumeric check character pair calculation.',
  'prefix-short': 'The component is shorter than the minimum length GS1 Company Prefix.',
  'prefix-invalid': 'The GS1 Company Prefix is invalid.',
  'all-digits': 'A non-digit character is required.',
  'hour-illegal': 'The time contains an illegal hour.',
  'hour-short': 'The hour is too short for HH format.',
  'hour-long': 'The hour is too long for HH format.',
  'minute-illegal': 'The time contains an illegal minute.',
  'minute-short': 'The minute is too short for MI format.',
  'minute-long': 'The minute is too long for MI format.',
  'second-illegal': 'The time contains an illegal seconds.',
  'second-short': 'The second is too short for SS format.',
  'second-long': 'The second is too long for SS format.',
  'time-short': 'The hour with minute is too short for HHMI format.',
  'time-long': 'The hour with minute is too long for HHMI format.',
  'not-hyphens': 'Only hyphens are permitted.',
  'importer-length': 'The Importer Index must be a single character.',
  'importer-character': 'The Importer Index is an invalid character.',
  zero: 'A non-zero value is required.',
  'not-zero': 'A zero is required.',
  'zero-prefix': 'A zero prefix is not permitted.',
  'iban-short': 'The IBAN is too short.',
  'iban-long': 'The IBAN is too long.',
  'iban-character': 'The IBAN contains an invalid character.',
  'iban-country': 'The IBAN must start with a valid ISO 3166 two-character country code.',
  'iban-checksum': 'The IBAN is invalid since the check characters are incorrect.',
  'not-a-country': 'A valid ISO 3166 three-digit country code is required.',
  'not-a-country-or-999': 'A valid ISO 3166 three-digit country code or "999" is required.',
  'not-a-country-alpha2': 'A valid ISO 3166 two-character country code is required.',
  'not-a-currency': 'A valid ISO 4217 three-digit currency code is required.',
  'not-a-sex': 'A valid ISO/IEC 5218 biological sex code required.',
  'latitude-length': 'The latitude must be 10 digits.',
  'latitude-range': 'The latitude is outside the range 0000000000 to 1800000000.',
  'longitude-length': 'The longitude must be 10 digits.',
  'longitude-range': 'The longitude is outside the range 0000000000 to 3600000000.',
  'not-a-media-type': 'A valid AIDC media type is required.',
  'not-a-package-type': 'A valid PackageTypeCode is required.',
  'percent-encoding': 'The input contains an invalid percent hex-encoding "%hh" sequence.',
  'pieces-length': 'The piece with total must have an even length, having equal-length components.',
  'piece-zero': 'The piece number must not have a value of zero.',
  'total-zero': 'The piece total must not have a value of zero.',
  'piece-exceeds-total': 'The piece number must not exceed the piece total.',
  'position-malformed': 'The data must have the format "<pos>/<end>".',
  'position-exceeds-end': 'The position number must not exceed the end number.',
  'not-a-winding': 'The winding direction must be either "0", "1" or "9".',
  'not-yes-or-no': 'A "0" or "1" is required.',
  'date-short': 'The date is too short.',
  'date-long': 'The date is too long.',
  'month-illegal': 'The date contains an illegal month of the year.',
  'day-illegal': 'The date contains an illegal day of the month.',
} as const;

/** One of the {@link checkTexts}. */
export type CheckCode = keyof typeof checkTexts;

/** What a check found: where in the text it was given (UTF-16 units), and why. */
export interface Finding {
  at: number;
  length: number;
  /** English, for engineers. */
  message: string;
}

/** Answers a fault, or null where the text is right. Never throws, whatever it is given. */
export type Check = (text: string) => Finding | null;

/** A fault of one of the known kinds. */
export const finding = (code: CheckCode, at: number, length: number): Finding => ({
  at,
  length,
  message: checkTexts[code],
});

/** The fault found first. */
export function first(text: string, ...checks: Check[]): Finding | null {
  for (const check of checks) {
    const found = check(text);
    if (found) return found;
  }
  return null;
}

/** The first character outside this set is at fault. */
export const only =
  (outside: RegExp, code: CheckCode): Check =>
  text => {
    const at = text.search(outside);
    return at < 0 ? null : finding(code, at, 1);
  };

/** The whole text is at fault unless the condition holds. */
export const whole =
  (holds: (text: string) => boolean, code: CheckCode): Check =>
  text =>
    holds(text) ? null : finding(code, 0, text.length);

/** The check of a part of the text, its findings placed in the whole. */
export const within =
  (from: number, to: number | undefined, check: Check): Check =>
  text => {
    const found = check(text.slice(from, to));
    return found && { ...found, at: found.at + from };
  };

export const digits = only(/[^0-9]/, 'not-a-digit');
