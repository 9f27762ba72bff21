import type { CivilDate } from '../../../common';
import type { PriorityGroup } from '../../../programmes';
import { type Born, fitsAge } from '../../appointment-rules';

/** What is known of somebody that can put her in a priority group. */
export interface Standing {
  born: Born;
  sex: string;
  /** Codes of groups that a member of staff attests she belongs to. */
  attested: readonly string[];
}

/**
 * The rank of the first group that somebody belongs to on a day; null for none. Age and sex are seen in her record. What
 * is observed of her (a condition, an occupation) counts when staff attest the group: nobody claims her own place.
 */
export function rankOf(groups: readonly PriorityGroup[], who: Standing, on: CivilDate): number | null {
  const ranks = groups
    .filter(group => group.anyOf.some(criterion => meets(criterion, group.code, who, on)))
    .map(({ order }) => order);
  return ranks.length > 0 ? Math.min(...ranks) : null;
}

function meets(
  { observation, sex, beginAge, endAge }: PriorityGroup['anyOf'][number],
  code: string,
  who: Standing,
  on: CivilDate,
): boolean {
  if (observation !== undefined && !who.attested.includes(code)) return false;
  if (sex !== undefined && sex !== who.sex) return false;
  return fitsAge(who.born, { minAge: beginAge ?? null, maxAge: endAge ?? null }, on);
}
