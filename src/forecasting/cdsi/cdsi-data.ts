import { isCivilDate } from '../../common';
import type { XmlValue } from './read-xml';
import type { Duration, Text } from '../schedule/schedule-format';

// CDSi supporting data as plain data, whichever of XML and JSON it came from, mended where releases are careless.

// names-a-country: the publisher of CDSi writes in this language only
const LANGUAGE = 'en';

/** An element: its children by name. */
export type Node = { readonly [name: string]: XmlValue };

/** The value as an element; anything else is one without children. */
export function node(value: XmlValue | undefined): Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Node) : {};
}

function list(value: XmlValue | undefined): readonly XmlValue[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? (value as readonly XmlValue[]) : [value];
}

/** The one child of this name, or null. */
export function child(parent: Node, name: string): Node | null {
  return name in parent ? node(parent[name]) : null;
}

/** The elements at the end of a path, without those that hold nothing at all. */
export function children(parent: Node, ...path: string[]): Node[] {
  const last = path.pop()!;
  const holder = path.reduce<Node>((at, name) => node(at[name]), parent);
  return list(holder[last]).map(node).filter(holdsAnything);
}

function holdsAnything(value: XmlValue): boolean {
  if (value === null || typeof value === 'string') return text(value) !== undefined;
  return Object.values(value).some(holdsAnything);
}

/** Text without stray spaces; `n/a` and nothing are both undefined. */
export function text(value: XmlValue | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  const clean = value.replace(/\s+/g, ' ').trim();
  return clean === '' || clean.toLowerCase() === 'n/a' ? undefined : clean;
}

/** Text that every release gives.
 * @throws RangeError where this one does not. */
export function required(parent: Node, name: string): string {
  const value = text(parent[name]);
  if (value === undefined)
    throw new RangeError(`CDSi data lacks ${name} in ${JSON.stringify(parent).slice(0, 200)}`);
  return value;
}

/** Text in lower case, to compare. */
export const lower = (value: XmlValue | undefined) => text(value)?.toLowerCase();
/** `Y`, `Yes`, `yes`. */
export const isYes = (value: XmlValue | undefined) => lower(value)?.startsWith('y') === true;
/** Every text of an element that may repeat. */
export const texts = (value: XmlValue | undefined): string[] =>
  list(value)
    .map(text)
    .filter(item => item !== undefined);
/** The release is in English. */
export const english = (value: string): Text => ({ [LANGUAGE]: value });
/** A text for people, where there is any. */
export const optionalText = (value: XmlValue | undefined): Text | undefined =>
  text(value) === undefined ? undefined : english(text(value)!);
/** CVX codes are written with and without their leading zeros; two digits at least. */
export const cvx = (value: string) => padded(value, 2);
/** Codes of observations likewise; three digits at least. */
export const observationCode = (value: string) => padded(value, 3);
const padded = (value: string, length: number) =>
  value
    .trim()
    .replace(/^0+(?=\d)/, '')
    .padStart(length, '0');
/** `01; 09;20` */
export const codes = (value: XmlValue | undefined) =>
  (text(value) ?? '')
    .split(/[;,]/)
    .filter(code => code.trim())
    .map(cvx);

/** `1 years -4 Days` becomes `1 years - 4 days`; the format allows one space around each sign. */
export function duration(value: XmlValue | undefined): Duration | undefined {
  return lower(value)
    ?.replace(/\s*([+-])\s*/g, ' $1 ')
    .replace(/^ - /, '-');
}

/** `20250701`, `2025-07-01` or `07/01/2025`.
 * @throws RangeError for anything else. */
export function date(value: XmlValue | undefined): string | undefined {
  const raw = text(value);
  if (raw === undefined) return undefined;
  const written = /^(?<year>\d{4})-?(?<month>\d\d)-?(?<day>\d\d)$/.exec(raw);
  const american = /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})$/.exec(raw);
  const { year, month, day } = (written ?? american)?.groups ?? {};
  const civil = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  if (!isCivilDate(civil)) throw new RangeError(`CDSi date cannot be read: ${raw}`);
  return civil;
}

/** Without the properties that hold nothing, so that the result reads well as JSON. */
export function compact<T extends object>(value: T): T {
  const kept = Object.entries(value).filter(
    ([, item]) => item !== undefined && !(Array.isArray(item) && item.length === 0),
  );
  return Object.fromEntries(kept) as T;
}

/** The ages a rule holds at. */
export const ages = (rule: Node) =>
  compact({ beginAge: duration(rule['beginAge']), endAge: duration(rule['endAge']) });
/** The days a rule was in effect, both inclusive. */
export const effective = (rule: Node) =>
  compact({ effectiveFrom: date(rule['effectiveDate']), effectiveTo: date(rule['cessationDate']) });
