import { type BirthDate, latestBirthDate } from '../birth-date-rules';
import { type MatchFacts, matchKeys } from './duplicate-rules';
import { nameSimilarity } from './name-rules';

/** Facts by which a person is looked for; identifier and phone as blind indexes under the newest key. */
export interface Asked {
  name?: string;
  birth?: BirthDate;
  identifier?: Buffer;
  phone?: Buffer;
}

/** From which likeness on a name counts as a fact that matches. */
const NAME_MATCHES_FROM = 0.8;

/** Keys to look under: only name and birth date together have any. */
export const searchKeys = ({ name, birth }: Asked): string[] =>
  name && birth ? matchKeys({ name, birth }) : [];

/** How many of the facts asked for a person has, and how well they match in all. */
export function factsMatched(asked: Asked, person: MatchFacts): { count: number; sum: number } {
  const parts = [
    asked.name === undefined ? 0 : atLeast(nameSimilarity(asked.name, person.name), NAME_MATCHES_FROM),
    asked.birth && mayBeBorn(asked.birth, person.birth) ? 1 : 0,
    asked.identifier && [...person.identifiers.values()].includes(asked.identifier.toString('hex')) ? 1 : 0,
    asked.phone && person.phones.includes(asked.phone.toString('hex')) ? 1 : 0,
  ];
  return { count: parts.filter(part => part > 0).length, sum: parts.reduce((sum, part) => sum + part, 0) };
}

const atLeast = (likeness: number, least: number): number => (likeness >= least ? likeness : 0);

/** Whether two dates, as far as each is known, can be the same day. */
const mayBeBorn = (one: BirthDate, other: BirthDate): boolean =>
  one.date <= latestBirthDate(other) && other.date <= latestBirthDate(one);
