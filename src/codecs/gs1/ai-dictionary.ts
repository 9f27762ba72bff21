import { type AiRow, aiRows } from './ai-table';
import { isCheckName, type CheckName } from './checks';

/** The character set of a component (GS1 General Specifications 7.11): digits, set 82, set 39, base64url. */
export type CharacterSet = 'N' | 'X' | 'Y' | 'Z';

/** One part of an AI's value. */
export interface Component {
  set: CharacterSet;
  min: number;
  max: number;
  optional: boolean;
  checks: readonly CheckName[];
}

/** What is known of one application identifier. */
export interface ApplicationIdentifier {
  /** Two to four digits; for one not in the dictionary, empty where even its length is unknown. */
  ai: string;
  /** GS1's data title, English. */
  title: string;
  /** Whether its value has a length known beforehand, so that no separator follows it in an element string. */
  fixed: boolean;
  /** Whether it may stand in the query of a Digital Link URI. */
  attribute: boolean;
  components: readonly Component[];
  /** AIs that must accompany it: one group of each list, wholly; `n` is any digit. */
  requires: readonly (readonly (readonly string[])[])[];
  /** AIs that it may not stand with; `n` is any digit. */
  excludes: readonly string[];
  /**
   * For a primary key of a Digital Link: the sequences of qualifiers that may follow it, each a subsequence of one of
   * these.
   */
  qualifiers: readonly (readonly string[])[] | null;
}

const dictionary = new Map(aiRows.flatMap(entriesOf).map(entry => [entry.ai, entry]));

/** How long the AIs are that begin with these two digits: all of one length (General Specifications 3.2). */
const lengthByPrefix = new Map([...dictionary.keys()].map(ai => [ai.slice(0, 2), ai.length]));

/**
 * Digits of value where they are known from the first two of the AI (General Specifications 7.8.5); those have no
 * separator.
 */
const fixedLengths: Record<string, number> = {
  '00': 18,
  '01': 14,
  '02': 14,
  '03': 14,
  '04': 16,
  ...Object.fromEntries(['11', '12', '13', '14', '15', '16', '17', '18', '19'].map(ai => [ai, 6])),
  '20': 2,
  ...Object.fromEntries(['31', '32', '33', '34', '35', '36'].map(ai => [ai, 6])),
  '41': 13,
};

/** The AI of exactly these digits. With `unknown`, one not in the dictionary is made up as far as its prefix allows. */
export function findAi(ai: string, unknown = false): ApplicationIdentifier | null {
  return dictionary.get(ai) ?? (unknown ? unknownAi(ai) : null);
}

/** The AI that this text of an element string begins with. */
export function aiAtStartOf(text: string): ApplicationIdentifier | null {
  const length = lengthByPrefix.get(text.slice(0, 2));
  return length === undefined ? null : findAi(text.slice(0, length));
}

/** The fewest characters that a value may have. */
export const minimumLength = ({ components }: ApplicationIdentifier) =>
  components.reduce((sum, { min, optional }) => sum + (optional ? 0 : min), 0);

/** The most characters that a value may have. */
export const maximumLength = ({ components }: ApplicationIdentifier) =>
  components.reduce((sum, { max }) => sum + max, 0);

/** The paths that a Digital Link with this primary key may have, as sequences of AIs, in order; empty for another AI. */
export function linkPaths({ ai, qualifiers }: ApplicationIdentifier): readonly (readonly string[])[] {
  if (!qualifiers) return [];
  const paths = qualifiers.flatMap(subsequences).map(rest => [ai, ...rest]);
  return [[ai], ...paths].sort((a, b) => compare(a.join(' '), b.join(' ')));
}

/** Orders texts by their UTF-16 units, as the C locale does. */
export const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function subsequences(ais: readonly string[]): string[][] {
  const all = Array.from({ length: 2 ** ais.length }, (_, chosen) =>
    ais.filter((_ai, at) => chosen & (1 << at)),
  );
  return all.slice(1);
}

function unknownAi(ai: string): ApplicationIdentifier | null {
  const known = lengthByPrefix.get(ai.slice(0, 2));
  if (!/^[0-9]{2,4}$/.test(ai) || (known !== undefined && known !== ai.length)) return null;
  const length = fixedLengths[ai.slice(0, 2)];
  const component: Component = { set: 'X', min: length ?? 1, max: length ?? 90, optional: false, checks: [] };
  return {
    ai,
    title: '',
    fixed: length !== undefined,
    attribute: false,
    components: [component],
    requires: [],
    excludes: [],
    qualifiers: null,
  };
}

function entriesOf([ais, title, flags, components, ...attributes]: AiRow): ApplicationIdentifier[] {
  const valuesOf = (name: string) =>
    attributes.filter(one => one.startsWith(`${name}=`)).map(one => one.slice(name.length + 1));
  const keyed = attributes.find(one => one.split('=')[0] === 'dlpkey');
  const facts = {
    title,
    fixed: flags.includes('*'),
    attribute: flags.includes('?'),
    components: components.split(' ').map(componentOf),
    requires: valuesOf('req').map(list => list.split(',').map(group => group.split('+'))),
    excludes: valuesOf('ex').flatMap(list => list.split(',')),
    qualifiers: keyed === undefined ? null : qualifiersOf(keyed),
  };
  return range(ais).map(ai => ({ ai, ...facts }));
}

function qualifiersOf(keyed: string): string[][] {
  const list = keyed.split('=')[1];
  return list ? list.split('|').map(one => one.split(',')) : [];
}

function range(ais: string): string[] {
  const [first = '', last = first] = ais.split('-');
  const count = Number(last) - Number(first) + 1;
  return Array.from({ length: count }, (_, at) => String(Number(first) + at).padStart(first.length, '0'));
}

function componentOf(text: string): Component {
  const parts = /^(\[?)([NXYZ])(\.\.)?(\d+)\]?((?:,\w+)*)$/.exec(text);
  if (!parts) throw new Error(`Not a component: ${text}`);
  const [, optional, set, variable, length, checks = ''] = parts;
  const names = checks.split(',').slice(1);
  const unknown = names.find(name => !isCheckName(name));
  if (unknown) throw new Error(`No such check: ${unknown}`);
  return {
    set: set as CharacterSet,
    min: variable ? 1 : Number(length),
    max: Number(length),
    optional: optional === '[',
    checks: names.filter(isCheckName),
  };
}
