import { checkDigit } from './check-digits';
import { readDigitalLink } from './digital-link';
import { bare, readElementString } from './element-string';
import {
  answer,
  type Element,
  Gs1Error,
  type Gs1Fault,
  maxCharacters,
  type ReadingOptions,
} from './elements';

/**
 * What a scanner sends first: `]` and two characters that name the symbology (ISO/IEC 15424, General Specifications
 * 5.1.3).
 */
const identifiers: Record<string, { symbology: Symbology; holds: 'elements' | 'number' | 'text' }> = {
  ']C1': { symbology: 'GS1-128', holds: 'elements' },
  ']e0': { symbology: 'GS1 DataBar Expanded', holds: 'elements' },
  ']d1': { symbology: 'Data Matrix', holds: 'text' },
  ']d2': { symbology: 'Data Matrix', holds: 'elements' },
  ']Q1': { symbology: 'QR Code', holds: 'text' },
  ']Q3': { symbology: 'QR Code', holds: 'elements' },
  ']J0': { symbology: 'DotCode', holds: 'text' },
  ']J1': { symbology: 'DotCode', holds: 'elements' },
  ']E0': { symbology: 'EAN-13', holds: 'number' },
  ']E4': { symbology: 'EAN-8', holds: 'number' },
};

/** A barcode that GS1 data is read from or printed in. */
export type Symbology =
  | 'QR Code'
  | 'Data Matrix'
  | 'DotCode'
  | 'GS1-128'
  | 'GS1 DataBar Expanded'
  | 'GS1 DataBar'
  | 'GS1 DataBar Limited'
  | 'EAN-13'
  | 'EAN-8'
  | 'UPC-A'
  | 'UPC-E';

/** What a scanner read. `data`: the element string with `^` for FNC1, the number, or the text; `|` parts a composite. */
export interface Scan {
  symbology: Symbology;
  data: string;
  /** The elements in it; of a text, those of the Digital Link that it is; of a bare GTIN, that as AI 01. */
  elements: readonly Element[];
}

const SEPARATOR = '\u001d';
const COMPOSITE = '|]e0';

/** Reads what a scanner sends, symbology identifier first, FNC1 as GS. Any text is answered, never thrown at. */
export function parseScan(
  text: string,
  options: ReadingOptions = {},
): ({ ok: true } & Scan) | { ok: false; fault: Gs1Fault } {
  return answer(() => readScan(text, options));
}

function readScan(text: string, options: ReadingOptions): Scan {
  if (text.length > maxCharacters) throw new Gs1Error('Scan data is too long');
  if (!text.startsWith(']') || text.length < 3) throw new Gs1Error('Missing symbology identifier');
  const identifier = Object.hasOwn(identifiers, text.slice(0, 3)) && identifiers[text.slice(0, 3)];
  if (!identifier) throw new Gs1Error('Unsupported symbology identifier');
  const { symbology, holds } = identifier;
  const body = text.slice(3);
  if (holds === 'number')
    return { symbology, ...numberWithComposite(body, symbology === 'EAN-8' ? 8 : 13, options) };
  if (holds === 'elements') return { symbology, ...elementsOf(body, options) };
  // A text may itself begin with the sign for FNC1; it is then escaped to be told from GS1 data.
  const data = /^\\*\^/.test(body) ? `\\${body}` : body;
  const isLink = /^(https?|HTTPS?):\/\//.test(body);
  return { symbology, data, elements: isLink ? bare(readDigitalLink(body, options)) : [] };
}

function elementsOf(body: string, options: ReadingOptions): Pick<Scan, 'data' | 'elements'> {
  if (body.includes('^')) throw new Gs1Error('Scan data contains illegal ^ character');
  const data = `^${body.replaceAll(SEPARATOR, '^')}`;
  return { data, elements: bare(readElementString(data, options)) };
}

function numberWithComposite(
  body: string,
  length: number,
  options: ReadingOptions,
): Pick<Scan, 'data' | 'elements'> {
  const number = body.slice(0, length);
  const rest = body.slice(length);
  if (number.length < length) throw new Gs1Error('Primary scan data is too short');
  if (rest && !rest.startsWith(COMPOSITE)) throw new Gs1Error('Primary message is too long');
  if (/[^0-9]/.test(number)) throw new Gs1Error('Primary message may only contain digits');
  if (!hasCheckDigit(number)) throw new Gs1Error('Primary message check digit is incorrect');
  const gtin = { ai: '01', value: number.padStart(14, '0') };
  if (!rest) return { data: number, elements: [gtin] };
  const composite = elementsOf(rest.slice(COMPOSITE.length), { ...options, pairings: false });
  return { data: `${number}|${composite.data}`, elements: [gtin, ...composite.elements] };
}

const hasCheckDigit = (number: string) => number.endsWith(checkDigit(number.slice(0, -1)));

/** Digits of the number that each of these carries; a UPC is printed with 12 and scanned as an EAN-13. */
const numberLengths: Partial<Record<Symbology, number>> = {
  'GS1 DataBar': 14,
  'GS1 DataBar Limited': 14,
  'EAN-13': 13,
  'EAN-8': 8,
  'UPC-A': 12,
  'UPC-E': 12,
};

/**
 * What a scanner would send of a barcode that holds this data: an element string with `^` for FNC1, a number or a text;
 * `|` and an element string is its composite component.
 */
export function toScan(
  symbology: Symbology,
  data: string,
): { ok: true; scan: string } | { ok: false; fault: Gs1Fault } {
  return answer(() => ({ scan: scanOf(symbology, data) }));
}

function scanOf(symbology: Symbology, data: string): string {
  const length = numberLengths[symbology];
  if (length) return numberScan(symbology, data, length);
  const linear = symbology === 'GS1-128' || symbology === 'GS1 DataBar Expanded';
  if (linear) return linearScan(symbology, data);
  const holds = data.startsWith('^') ? 'elements' : 'text';
  const identifier = Object.keys(identifiers).find(
    one => identifiers[one]?.symbology === symbology && identifiers[one].holds === holds,
  );
  return `${identifier}${holds === 'elements' ? sent(data) : data.replace(/^\\(\\*\^)/, '$1')}`;
}

function linearScan(symbology: Symbology, data: string): string {
  const [main = '', composite] = data.split('|');
  const elements = readElementString(main, { pairings: false });
  if (composite === undefined) return `${symbology === 'GS1-128' ? ']C1' : ']e0'}${sent(main)}`;
  readElementString(composite, { pairings: false });
  const separator = elements.at(-1)?.entry.fixed ? '' : SEPARATOR;
  return `]e0${sent(main)}${separator}${sent(composite)}`;
}

function numberScan(symbology: Symbology, data: string, length: number): string {
  const [main = '', composite] = data.split('|');
  const asAi = `^01${'0'.repeat(14 - length)}`;
  const number = main.startsWith(asAi) ? main.slice(asAi.length) : main;
  if (number.length !== length) throw new Gs1Error(`Primary data must be ${length} digits`);
  if (/[^0-9]/.test(number)) throw new Gs1Error('Primary data must be all digits');
  if (!hasCheckDigit(number)) throw new Gs1Error('Primary data check digit is incorrect');
  if (composite !== undefined) readElementString(composite, { pairings: false });
  if (length === 14) {
    if (symbology === 'GS1 DataBar Limited' && number > '19999999999999')
      throw new Gs1Error('Primary data item value is too large');
    return `]e001${number}${composite ? sent(composite) : ''}`;
  }
  const carried = length === 8 ? `]E4${number}` : `]E0${number.padStart(13, '0')}`;
  return composite ? `${carried}${COMPOSITE}${sent(composite)}` : carried;
}

/** An element string as a scanner sends it: no FNC1 first nor last, GS for those between. */
const sent = (elements: string) => elements.slice(1).replace(/\^$/, '').replaceAll('^', SEPARATOR);
