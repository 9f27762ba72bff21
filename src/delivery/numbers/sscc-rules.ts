import { checkDigit } from '../../codecs/gs1';

/** Whether a text can be a GS1 company prefix as SSCCs have it: 6 to 12 digits (GS1 General Specifications 1.4.4). */
export const isCompanyPrefix = (text: string): boolean => /^\d{6,12}$/.test(text);

/** How many SSCCs there are under a prefix: an extension digit, and the serial reference that fills up sixteen digits. */
export const ssccsUnder = (prefix: string): number => 10 ** (17 - prefix.length);

/**
 * The SSCC of a number below {@link ssccsUnder}, as its element string (00 and eighteen digits; GS1 General Specifications
 * 3.3.1): its first digit is the extension digit, the others are the serial reference.
 */
export function ssccOf(prefix: string, number: number): string {
  const digits = String(number).padStart(17 - prefix.length, '0');
  const body = `${digits[0]}${prefix}${digits.slice(1)}`;
  return `00${body}${checkDigit(body)}`;
}

/** The number that an id draws, below `count`: of its last twelve hexadecimal digits, which are random (RFC 9562). */
export const drawnBy = (id: string, count: number): number => Number.parseInt(id.slice(-12), 16) % count;
