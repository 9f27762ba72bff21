import { DEFAULT_WEIGHTS, type MatchWeights } from './matching/duplicate-rules';

/** What a country may set about its registry. */
export interface RegistryRules {
  /** How many persons one account may act for. */
  peoplePerAccount: number;
  weights: MatchWeights;
}

/** The product's own, until a country sets others. */
export const DEFAULT_RULES: RegistryRules = { peoplePerAccount: 12, weights: DEFAULT_WEIGHTS };
