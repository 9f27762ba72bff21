import { DEFAULT_WEIGHTS, type MatchWeights } from './matching/duplicate-rules';

/** What a country may set about its registry. */
export interface RegistryRules {
  /** How many persons one account may act for. */
  peoplePerAccount: number;
  weights: MatchWeights;
}

/** The product's own, until a country sets others. */
export const DEFAULT_RULES: RegistryRules = { peoplePerAccount: 12, weights: DEFAULT_WEIGHTS };

/** Between which a country may set its own: enough for a large household, too few to collect strangers. */
export const PEOPLE_PER_ACCOUNT = { min: 1, max: 50 };

/** A weight beyond this would decide alone whatever the other facts say. */
export const WEIGHT_LIMIT = 50;
