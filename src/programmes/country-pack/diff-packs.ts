import { createHash } from 'node:crypto';
import type { CountryPack } from './country-pack';

/** One difference between two packs, as a person would tell it: a whole area added, one dose's age changed. */
export interface PackChange {
  readonly kind: 'added' | 'removed' | 'changed';
  /** Names from the pack down to what differs, e.g. `['areas', 'X-1', 'name', 'en']`. */
  readonly path: readonly string[];
  /** What stood there; absent when added. A whole thing is its name, code or JSON. */
  readonly from?: string;
  /** What stands there now; absent when removed. */
  readonly to?: string;
}

/** A pack as names within names; the leaves are text. Lists of things with a name of their own are keyed by it. */
type Tree = string | { readonly [name: string]: Tree };

const KEYS = ['code', 'id', 'name', 'vaccine', 'group'] as const;
const MAX_SHOWN = 500;

/** What publishing `after` in place of `before` would change; empty exactly when {@link packHash} is the same. */
export function diffPacks(before: CountryPack, after: CountryPack): PackChange[] {
  return [...changes(treeOf(before), treeOf(after), [])];
}

/** SHA-256 of what the pack says, in hexadecimal. The order of lists whose things have names plays no part. */
export const packHash = (pack: CountryPack): string => hashOf(pack);

/** The same for the schedule alone: what the version in a dose's record stands for. */
export const scheduleHash = ({ schedule }: CountryPack): string => hashOf(schedule);

const hashOf = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(treeOf(value)))
    .digest('hex');

function* changes(before: Tree, after: Tree, path: readonly string[]): Generator<PackChange> {
  if (typeof before === 'string' || typeof after === 'string') {
    if (before !== after) yield { kind: 'changed', path, from: shown(before), to: shown(after) };
    return;
  }
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[name], after[name]];
    const at = [...path, name];
    if (was === undefined && is !== undefined) yield { kind: 'added', path: at, to: shown(is) };
    else if (was !== undefined && is === undefined) yield { kind: 'removed', path: at, from: shown(was) };
    else if (was !== undefined && is !== undefined) yield* changes(was, is, at);
  }
}

function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return listTree(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return named(entries.map(([key, inner]) => [key, treeOf(inner)]));
}

function listTree(items: readonly unknown[]): Tree {
  if (items.every(item => typeof item !== 'object' || item === null)) return JSON.stringify(items);
  const key = KEYS.find(candidate => {
    const values = items.map(item => (item as Record<string, unknown>)[candidate]);
    return values.every(value => typeof value === 'string') && new Set(values).size === values.length;
  });
  if (key === undefined) return named(items.map((item, i) => [String(i + 1), treeOf(item)]));
  const entries = items.map(item => [String((item as Record<string, unknown>)[key]), treeOf(item)] as const);
  return named(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Without a prototype, so that a thing may be called `constructor`. */
function named(entries: readonly (readonly [string, Tree])[]): Tree {
  const tree = Object.create(null) as Record<string, Tree>;
  for (const [name, inner] of entries) tree[name] = inner;
  return tree;
}

function shown(tree: Tree): string {
  const text = typeof tree === 'string' ? unquoted(tree) : JSON.stringify(plain(tree));
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function unquoted(leaf: string): string {
  return leaf.startsWith('"') ? String(JSON.parse(leaf)) : leaf;
}

function plain(tree: Tree): unknown {
  if (typeof tree === 'string') return JSON.parse(tree);
  return Object.fromEntries(Object.entries(tree).map(([name, inner]) => [name, plain(inner)]));
}
