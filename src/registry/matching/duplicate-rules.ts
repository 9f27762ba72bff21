import type { BirthDate } from '../birth-date-rules';
import { nameSimilarity, skeletonOf, wordsOf } from './name-rules';

/** What of a person is compared. Missing facts are empty or null. */
export interface MatchFacts {
  name: string;
  birth: BirthDate;
  sex: string;
  areaId: string | null;
  /** Blind indexes in hexadecimal, by the type of identifier. */
  identifiers: ReadonlyMap<string, string>;
  /** Blind indexes in hexadecimal. */
  phones: readonly string[];
}

/**
 * What each agreement adds and each disagreement takes away, and from which sum two records are likely one person:
 * the linear rule of Fellegi and Sunter 1969. Data, so that a country can tune it. A fact that either record lacks
 * counts nothing: it lowers the sum that can be reached and never switches the rule off.
 */
export interface MatchWeights {
  likelyFrom: number;
  identifierOther: number;
  /** At similarity 1; falls in a straight line to `nameOther` at `nameOtherAt` and below. */
  nameSame: number;
  nameOther: number;
  nameOtherAt: number;
  birthDaySame: number;
  birthMonthSame: number;
  birthYearSame: number;
  /** Day and month exchanged, or one digit of the date different: a slip of the pen. */
  birthSlip: number;
  birthOther: number;
  sexSame: number;
  sexOther: number;
  phoneSame: number;
  areaSame: number;
}

export const DEFAULT_WEIGHTS: MatchWeights = {
  likelyFrom: 9,
  identifierOther: -4,
  nameSame: 6,
  nameOther: -8,
  nameOtherAt: 0.6,
  birthDaySame: 6,
  birthMonthSame: 4,
  birthYearSame: 2,
  birthSlip: 3,
  birthOther: -6,
  sexSame: 0.5,
  sexOther: -3,
  phoneSame: 1.5,
  areaSame: 0.5,
};

/** Whether two records are likely of one person. One identifier is one person, whatever else was written. */
export const isLikelySame = (one: MatchFacts, other: MatchFacts, weights: MatchWeights): boolean =>
  haveSameIdentifier(one, other) || matchScore(one, other, weights) >= weights.likelyFrom;

export const haveSameIdentifier = (one: MatchFacts, other: MatchFacts): boolean =>
  [...one.identifiers].some(([type, index]) => other.identifiers.get(type) === index);

/** The sum for two records; likely one person from {@link MatchWeights.likelyFrom} on. */
export function matchScore(one: MatchFacts, other: MatchFacts, weights: MatchWeights): number {
  return (
    identifierScore(one, other, weights) +
    nameScore(nameSimilarity(one.name, other.name), weights) +
    birthScore(one.birth, other.birth, weights) +
    sexScore(one.sex, other.sex, weights) +
    (one.phones.some(phone => other.phones.includes(phone)) ? weights.phoneSame : 0) +
    (one.areaId !== null && one.areaId === other.areaId ? weights.areaSame : 0)
  );
}

/** Another number of the same type speaks against; the same number is beyond weighing, see {@link isLikelySame}. */
function identifierScore(one: MatchFacts, other: MatchFacts, weights: MatchWeights): number {
  return [...one.identifiers.keys()].some(type => other.identifiers.has(type)) ? weights.identifierOther : 0;
}

function nameScore(similarity: number, weights: MatchWeights): number {
  const above = Math.max(0, (similarity - weights.nameOtherAt) / (1 - weights.nameOtherAt));
  return weights.nameOther + above * (weights.nameSame - weights.nameOther);
}

function birthScore(one: BirthDate, other: BirthDate, weights: MatchWeights): number {
  const known = [one.precision, other.precision];
  const both = known.includes('year') ? 4 : known.includes('month') ? 7 : 10;
  if (one.date.slice(0, both) === other.date.slice(0, both)) {
    return both === 10 ? weights.birthDaySame : both === 7 ? weights.birthMonthSame : weights.birthYearSame;
  }
  if (both === 10 && isSlip(one.date, other.date)) return weights.birthSlip;
  return both === 4 && yearsApart(one, other) <= 1 ? 0 : weights.birthOther; // an age told in years is one year wide
}

function isSlip(one: string, other: string): boolean {
  const swapped = `${one.slice(0, 4)}-${one.slice(8)}-${one.slice(5, 7)}`;
  const differing = Array.from(one).filter((digit, i) => digit !== other[i]).length;
  return swapped === other || differing === 1;
}

const yearsApart = (one: BirthDate, other: BirthDate): number =>
  Math.abs(Number(one.date.slice(0, 4)) - Number(other.date.slice(0, 4)));

function sexScore(one: string, other: string, weights: MatchWeights): number {
  if (one === 'unknown' || other === 'unknown') return 0;
  return one === other ? weights.sexSame : weights.sexOther;
}

/**
 * Under which keys a person is kept and looked for, so that records like hers are found without reading all of them:
 * each word of the name with the year of birth, and the whole name with day and month in either order.
 */
export function matchKeys({ name, birth }: Pick<MatchFacts, 'name' | 'birth'>): string[] {
  const [year, month, day] = birth.date.split('-') as [string, string, string];
  const skeletons = wordsOf(name).map(skeletonOf).sort();
  const keys = skeletons.map(skeleton => `${skeleton}|${year}`);
  if (birth.precision === 'day') keys.push(`${skeletons.join(' ')}|${[month, day].sort().join('')}`);
  return [...new Set(keys)].sort();
}
