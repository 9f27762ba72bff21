import { trimmed, type FindingCode, type Findings } from './findings';

/** The longest JWS that one QR code of version 22 holds (SMART Health Cards Framework, "Creating a QR code"). */
export const maxJwsInOneCode = 1195;
/** As much of a JWS as one of several codes holds, its `n/m/` taken off. */
const maxJwsInPart = 1191;
/** More digits than the largest QR code has, and more parts than anybody scans. */
const maxCodeLength = 7_200;
const maxParts = 40;

const prefix = 'shc:/';
const offset = '-'.charCodeAt(0);
/** `z`, the last letter of base64url. */
const maxPair = 'z'.charCodeAt(0) - offset;
const code = /^shc:\/(?:([1-9]\d?)\/([1-9]\d?)\/)?(.*)$/s;

interface Part {
  index: number;
  of: number;
  digits: string;
}

/** The text of the QR code of a card: `shc:/` and two digits a character. */
export function toNumeric(jws: string): string {
  let digits = '';
  for (let at = 0; at < jws.length; at++) digits += String(jws.charCodeAt(at) - offset).padStart(2, '0');
  return prefix + digits;
}

/**
 * The JWS in the codes of one card, in any order; undefined when there is none to be had. Cards in several codes are
 * withdrawn from the specification since 2022 and still in people's pockets: they are read, and reported.
 */
export function fromNumeric(codes: readonly string[], findings: Findings): string | undefined {
  if (codes.length > maxParts || codes.some(text => text.length > maxCodeLength)) {
    findings.error('size', 'QR codes');
    return undefined;
  }
  if (codes.length > 1) findings.error('qr-chunked', `${codes.length} codes`);
  const parts: string[] = [];
  for (const text of codes) {
    const part = partOf(trimmed(text, findings, 'QR code'), codes.length, findings);
    const letters = part && lettersOf(part, codes.length, findings);
    if (!letters) return undefined;
    if (parts[part.index - 1] !== undefined) {
      findings.error('qr-header', 'a part twice');
      return undefined;
    }
    parts[part.index - 1] = letters;
  }
  if (codes.length > 1) inspectParts(parts, findings);
  return parts.join('');
}

function partOf(text: string, count: number, findings: Findings): Part | undefined {
  const found = code.exec(text);
  const fault: HeaderFault | undefined = found ? headerFault(found, count) : ['qr-header', 'not shc:/'];
  if (fault) findings.error(...fault);
  if (!found || fault) return undefined;
  if (count === 1 && found[2]) findings.warning('qr-header', 'one code needs no part number');
  return { index: Number(found[1] ?? 1), of: count, digits: found[3]! };
}

type HeaderFault = readonly [code: FindingCode, detail: string];

function headerFault([, index, of]: RegExpExecArray, count: number): HeaderFault | undefined {
  if (count > 1 && !of) return ['qr-header', 'no part number'];
  if (of && Number(index) > Number(of)) return ['qr-header', 'part number out of range'];
  if (of && Number(of) !== count) return ['qr-missing', `${count} of ${of} parts`];
  return undefined;
}

function lettersOf({ digits, of }: Part, count: number, findings: Findings): string | undefined {
  const pairs = /^(?:\d\d)+$/.test(digits) ? digits.match(/\d\d/g)!.map(Number) : [];
  if (pairs.length === 0 || pairs.some(pair => pair > maxPair)) {
    findings.error('qr-digits', 'not pairs of digits from 00 to 77');
    return undefined;
  }
  if (pairs.length > (of > 1 ? maxJwsInPart : maxJwsInOneCode))
    findings.error('qr-digits', `1 of ${count} is too long`);
  return String.fromCharCode(...pairs.map(pair => pair + offset));
}

/** All parts are there: as many as were said, no two alike. */
function inspectParts(parts: readonly string[], findings: Findings): void {
  const total = parts.join('').length;
  if (total <= maxJwsInOneCode) findings.warning('qr-segments', 'one code would hold it');
  const even = Math.floor(total / parts.length);
  const leeway = Math.ceil(even * 0.005);
  if (parts.some(({ length }) => Math.abs(length - even) > leeway))
    findings.warning('qr-unbalanced', 'parts');
}

/** A QR code as a reader saw it. */
export interface QrLayout {
  text: string;
  /** 1 to 40. */
  version: number;
  /** The mode of each segment, in order. */
  modes: readonly string[];
  /** The smallest version that would hold the text at the lowest error correction. */
  smallestVersion: number;
}

/** The largest version that phones read from a phone's screen (SMART Health Cards Framework, "Creating a QR code"). */
const maxVersion = 22;

/**
 * Whether a card's code is laid out as the specification says: version 22 at most, `shc:/` in bytes, the rest in
 * digits.
 */
export function inspectQrLayout(qr: QrLayout, findings: Findings): void {
  if (qr.version > maxVersion) findings.error('qr-version', `${qr.version} is above ${maxVersion}`);
  const [first, second, ...others] = qr.modes;
  if (first !== 'byte' || second !== 'numeric' || others.length > 0) {
    findings.error('qr-segments', `${qr.modes.join(', ')} instead of byte, numeric`);
  } else if (qr.smallestVersion < qr.version) {
    findings.warning('qr-version', `${qr.smallestVersion} would do`);
  }
}
