import { parseDigitalLink, parseElementString, checkDigit } from '../gs1';
import { parseS10 } from '../s10';

/** Why a text is no unit's code: a GS1 or UPU number with a slip in it, or nothing that can be one. */
export type UnitCodeFault = 'SSCC' | 'S10' | 'CODE';

/** A network's own code, on labels that follow no standard. */
const OWN = /^[A-Z0-9][A-Z0-9._/-]{3,47}$/;
/** What a scanner says first of a GS1 barcode (ISO/IEC 15424). */
const SYMBOLOGY = /^\](?:C1|e0|d2|Q3|J1)/;
const SSCC_URN = /^urn:epc:id:sscc:(\d{6,12})\.(\d)(\d{4,10})$/;

/**
 * The one name of a unit, however its code was read: an SSCC as its element string (00 and eighteen digits; GS1 General
 * Specifications 3.3.1), whether it came as such, in brackets, as Digital Link or EPC URI; an S10 number without spaces;
 * any other code in capitals.
 */
export function unitCode(text: string): { code: string } | { fault: UnitCodeFault } {
  const given = text.trim().replace(SYMBOLOGY, '');
  const sscc = ssccIn(given);
  if (sscc !== undefined) return sscc === null ? { fault: 'SSCC' } : { code: sscc };
  const s10 = parseS10(given);
  if (s10.ok) return { code: s10.item.number };
  if (s10.fault !== 'shape') return { fault: 'S10' };
  const own = given.toUpperCase();
  return OWN.test(own) ? { code: own } : { fault: 'CODE' };
}

/** The SSCC that a text is meant to be; null when it is a wrong one, undefined when it is meant to be something else. */
function ssccIn(text: string): string | null | undefined {
  const [, prefix, extension, reference] = SSCC_URN.exec(text) ?? [];
  if (prefix) return withCheckDigit(`${extension}${prefix}${reference}`);
  if (/^urn:/i.test(text)) return null;
  if (/^https?:/i.test(text)) return elementOf(parseDigitalLink(text));
  if (/^\d{18}$/.test(text)) return elementOf(parseElementString(`^00${text}`));
  if (/^\(00\)\d{18}$/.test(text)) return elementOf(parseElementString(`^00${text.slice(4)}`));
  if (/^\^?00\d{18}/.test(text))
    return elementOf(parseElementString(text.startsWith('^') ? text : `^${text}`));
  return undefined;
}

const withCheckDigit = (digits: string): string | null =>
  digits.length === 17 ? `00${digits}${checkDigit(digits)}` : null;

function elementOf(reading: ReturnType<typeof parseElementString>): string | null {
  const sscc = reading.ok ? reading.elements.find(({ ai }) => ai === '00') : undefined;
  return sscc ? `00${sscc.value}` : null;
}
