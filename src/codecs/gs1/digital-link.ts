import { findAi, linkPaths } from './ai-dictionary';
import {
  answer,
  checkLength,
  type Element,
  Gs1Error,
  type Gs1Fault,
  type Known,
  maxCharacters,
  maxElements,
  type ReadingOptions,
} from './elements';
import { bare, checkElements, type Gs1Reading } from './element-string';

/** How a GS1 Digital Link URI is read or made. */
export interface LinkOptions extends ReadingOptions {
  /** Whether a GTIN may have lost its leading zeros (GTIN-8, -12, -13), as older links have it. */
  shortGtins?: boolean;
  /** Whether a key may go by its name, `/gtin/` for `/01/`, as version 1.0 allowed and 1.1 no longer does. */
  names?: boolean;
  /** Whether an AI that the dictionary does not have may be an attribute. */
  unknownAttributes?: boolean;
}

const CANONICAL = 'https://id.gs1.org';

/** The names of keys and qualifiers in GS1 Digital Link 1.0, section 4.3. */
const namedAis: Record<string, string> = {
  sscc: '00',
  gtin: '01',
  lot: '10',
  ser: '21',
  cpv: '22',
  gdti: '253',
  glnx: '254',
  gcn: '255',
  ginc: '401',
  gsin: '402',
  gln: '414',
  party: '417',
  grai: '8003',
  giai: '8004',
  itip: '8006',
  cpid: '8010',
  cpsn: '8011',
  gmn: '8013',
  gsrnp: '8017',
  gsrn: '8018',
  srin: '8019',
  refno: '8020',
};

/** Reads a GS1 Digital Link URI (GS1 Digital Link Standard: URI Syntax 1.x). Any text is answered, never thrown at. */
export function parseDigitalLink(uri: string, options: LinkOptions = {}): Gs1Reading {
  return answer(() => ({ elements: bare(readDigitalLink(uri, options)) }));
}

/** As {@link parseDigitalLink}; throws a Gs1Error. */
export function readDigitalLink(uri: string, options: LinkOptions): Known[] {
  if (uri.length > maxCharacters) throw new Gs1Error('The URI is too long');
  if (/[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/.test(uri))
    throw new Gs1Error('URI contains illegal characters');
  const scheme = /^(https?|HTTPS?):\/\//.exec(uri);
  if (!scheme) throw new Gs1Error('Scheme must be http:// or HTTP:// or https:// or HTTPS://');
  const [path, query = ''] = cut(uri.slice(scheme[0].length).split('#')[0] ?? '', '?');
  const [domain, ...segments] = path.split('/');
  if (!domain || segments.length === 0) throw new Gs1Error('URI must contain a domain and path info');
  if (/[^A-Za-z0-9\-._:[\]]/.test(domain)) throw new Gs1Error('Domain contains illegal characters');
  const inPath = pathElements(segments, options);
  const attributes = queryElements(query, options);
  const all = [...inPath, ...attributes];
  if (all.length > maxElements) throw new Gs1Error('Too many AIs');
  const sequence = inPath.map(({ ai }) => ai);
  if (!isPath(sequence))
    throw new Gs1Error('The AIs in the path are not a valid key-qualifier sequence for the key');
  checkAttributes(sequence, attributes, options);
  checkElements(all, options);
  return all;
}

/**
 * The Digital Link URI of these elements, under the given stem or GS1's own resolver. The first primary key among them
 * leads, as many of its qualifiers as are there follow in the path, the rest is the query, values of fixed length first.
 */
export function toDigitalLink(
  elements: readonly Element[],
  stem: string = CANONICAL,
  options: LinkOptions = {},
): { ok: true; uri: string } | { ok: false; fault: Gs1Fault } {
  return answer(() => ({ uri: linkOf(distinct(elements), stem, options) }));
}

function linkOf(elements: readonly Element[], stem: string, options: LinkOptions): string {
  const known = elements.map(element => ({ ...element, entry: entryOf(element.ai, options) }));
  const key = known.find(({ entry }) => entry.qualifiers);
  if (!key) throw new Gs1Error('Cannot create a DL URI without a primary key AI');
  const has = (ai: string) => known.some(one => one.ai === ai);
  const path = linkPaths(key.entry).reduce<readonly string[]>(
    (best, one) => (one.filter(has).length > best.filter(has).length ? one : best),
    [],
  );
  const sequence = path.filter(has);
  const inPath = sequence.map(ai => known.find(one => one.ai === ai)!);
  const attributes = known.filter(({ ai }) => !path.includes(ai));
  checkAttributes(sequence, attributes, options);
  const ordered = [...attributes].sort((a, b) => Number(b.entry.fixed) - Number(a.entry.fixed));
  const query = ordered.map(({ ai, value }) => `${ai}=${escapeQuery(value)}`).join('&');
  const segments = inPath.map(({ ai, value }) => `/${ai}/${escapePath(value)}`).join('');
  return `${stem.replace(/\/$/, '')}${segments}${query && '?'}${query}`;
}

/** The pairs at the end of the path, from the last primary key on. What is before it is the stem. */
function pathElements(segments: readonly string[], options: LinkOptions): Known[] {
  for (let at = segments.length - 2; at >= 0; at -= 2) {
    const entry = aiOfSegment(segments[at] ?? '', options);
    if (!entry) break;
    if (entry.qualifiers) return pairsOf(segments.slice(at), options);
  }
  throw new Gs1Error('No GS1 DL keys found in path info');
}

function pairsOf(segments: readonly string[], options: LinkOptions): Known[] {
  return segments.flatMap((segment, at) => {
    const entry = at % 2 ? null : aiOfSegment(segment, options);
    if (!entry) return [];
    const text = segments[at + 1] ?? '';
    if (!text) throw new Gs1Error(`AI (${entry.ai}) value path element is empty`);
    const value = unescapePath(text);
    if (value.includes('\0'))
      throw new Gs1Error(`Decoded AI (${entry.ai}) from DL path info contains illegal null character`);
    return [measured({ ai: entry.ai, value, entry }, options)];
  });
}

/** The parameters that are AIs. Others belong to whoever made the link; a parameter of digits alone must be an AI. */
function queryElements(query: string, options: LinkOptions): Known[] {
  return query.split('&').flatMap(parameter => {
    const [ai, text] = cut(parameter, '=');
    if (text === undefined || !/^[0-9]+$/.test(ai)) return [];
    const entry = findAi(ai, options.unknownAis);
    if (!entry) throw new Gs1Error(`Unknown AI (${ai}) in query parameters`);
    if (!text) throw new Gs1Error(`AI (${ai}) value query element is empty`);
    const value = unescapeQuery(text);
    if (value.includes('\0'))
      throw new Gs1Error(`Decoded AI (${ai}) value from DL query params contains illegal null character`);
    return [measured({ ai, value, entry }, options)];
  });
}

function measured(element: Known, { shortGtins }: LinkOptions): Known {
  const isShort = shortGtins && element.ai === '01' && [8, 12, 13].includes(element.value.length);
  const whole = isShort ? { ...element, value: element.value.padStart(14, '0') } : element;
  checkLength(whole);
  return whole;
}

/** Refuses attributes that repeat an AI, that may not be one, or that the path has a place for. */
function checkAttributes(path: readonly string[], attributes: readonly Known[], options: LinkOptions): void {
  const seen = new Set(path);
  for (const { ai } of attributes) {
    if (seen.has(ai)) throw new Gs1Error(`AI (${ai}) is duplicated`);
    seen.add(ai);
  }
  for (const { ai, entry } of attributes) {
    const isUnknown = entry.title === '' && findAi(ai) === null;
    if (!entry.attribute && !(isUnknown && options.unknownAttributes))
      throw new Gs1Error(`AI (${ai}) is not a valid DL URI data attribute`);
    const placed = path.map((_, at) => [...path.slice(0, at + 1), ai, ...path.slice(at + 1)]);
    if (placed.some(isPath)) throw new Gs1Error(`AI (${ai}) from query params should be in the path info`);
  }
}

function isPath(sequence: readonly string[]): boolean {
  const entry = findAi(sequence[0] ?? '');
  return !!entry && linkPaths(entry).some(path => path.join(' ') === sequence.join(' '));
}

const aiOfSegment = (segment: string, { names, unknownAis }: LinkOptions) =>
  findAi((names && Object.hasOwn(namedAis, segment) && namedAis[segment]) || segment, unknownAis);

function entryOf(ai: string, { unknownAis }: LinkOptions) {
  const entry = findAi(ai, unknownAis);
  if (!entry) throw new Gs1Error(`Unrecognised AI: ${ai}`);
  return entry;
}

/** Each AI once: a value read from two carriers of one label stands once in its link. */
const distinct = (elements: readonly Element[]) =>
  elements.filter(
    ({ ai, value }, at) => elements.findIndex(one => one.ai === ai && one.value === value) === at,
  );

function cut(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

const unescape = (text: string) =>
  text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

/** A value of a path or of a query, percent-decoded byte by byte; text that is not an escape stays. */
export const unescapePath = unescape;
export const unescapeQuery = (text: string) => unescape(text.replaceAll('+', ' '));

/** Escapes all but the unreserved characters of RFC 3986; in a query a space is a plus sign. */
export const escapePath = (value: string) =>
  value.replace(
    /[^A-Za-z0-9\-._~]/g,
    one => `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
export const escapeQuery = (value: string) => escapePath(value).replaceAll('%20', '+');
