import type { CountryPack } from './country-pack';
import { diffPacks, type PackChange } from './diff-packs';
import type { SchedulePlace } from './checking/schedule-place';

/** One difference between two packs and where it stands; in the schedule by series, dose and field. */
export interface PackDifference extends SchedulePlace {
  readonly kind: PackChange['kind'];
  /** The part of the pack: `schedule`, `products`, `areas`, `golden`, … */
  readonly part: string;
  /** What it is about outside a series: the code of a product, an area, a vaccine, the name of a golden case. */
  readonly subject?: string;
  /** Absent when added. */
  readonly was?: string;
  /** Absent when removed. */
  readonly willBe?: string;
}

export interface PackComparison {
  readonly differences: readonly PackDifference[];
  /** How many of each kind, by part, in the order of the parts. */
  readonly counts: readonly {
    readonly part: string;
    readonly added: number;
    readonly removed: number;
    readonly changed: number;
  }[];
}

/** What differs between two packs, told by series, dose and field; empty exactly when they say the same. */
export function comparePacks(before: CountryPack, after: CountryPack): PackComparison {
  const differences = diffPacks(before, after).map(differenceOf);
  const parts = [...new Set(differences.map(({ part }) => part))].sort();
  const count = (of: string, wanted: PackChange['kind']): number =>
    differences.filter(({ part, kind }) => part === of && kind === wanted).length;
  const counts = parts.map(part => ({
    part,
    added: count(part, 'added'),
    removed: count(part, 'removed'),
    changed: count(part, 'changed'),
  }));
  return { differences, counts };
}

function differenceOf({ kind, path, from, to }: PackChange): PackDifference {
  const values = {
    ...(from === undefined ? {} : { was: from }),
    ...(to === undefined ? {} : { willBe: to }),
  };
  const [part = '', ...rest] = path;
  return { kind, part, ...placeOf(part, rest), ...values };
}

/**
 * Lists whose things have names are keyed by them (see diffPacks): `schedule antigens <code> series <name> doses <n>
 * …`.
 */
function placeOf(part: string, path: readonly string[]): SchedulePlace & { readonly subject?: string } {
  if (part !== 'schedule') return { ...subject(path[0]), ...field(path.slice(1)) };
  if (path[0] !== 'antigens') return { ...subject(path[1]), ...field([path[0]!, ...path.slice(2)]) };
  const antigen = path[1] === undefined ? {} : { antigen: path[1] };
  if (path[2] !== 'series' || path[3] === undefined) return { ...antigen, ...field(path.slice(2)) };
  const series = { ...antigen, series: path[3] };
  if (path[4] !== 'doses' || path[5] === undefined) return { ...series, ...field(path.slice(4)) };
  return { ...series, dose: Number(path[5]), ...field(path.slice(6)) };
}

const subject = (name: string | undefined): { readonly subject?: string } =>
  name === undefined ? {} : { subject: name };
const field = (path: readonly string[]): { readonly field?: string } =>
  path.length === 0 ? {} : { field: path.join('/') };
