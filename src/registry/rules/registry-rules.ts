import { DEFAULT_LOOK_LIMITS, type LookLimits } from '../looks/look-rules';
import { DEFAULT_WEIGHTS, type MatchWeights } from '../matching/duplicate-rules';

/** What a country may set about its registry. */
export interface RegistryRules {
  /** How many persons one account may act for. */
  peoplePerAccount: number;
  weights: MatchWeights;
  /** How many persons one member of staff may be shown in a day. */
  looks: LookLimits;
}

/** The product's own, until a country sets others. */
export const DEFAULT_RULES: RegistryRules = {
  peoplePerAccount: 12,
  weights: DEFAULT_WEIGHTS,
  looks: DEFAULT_LOOK_LIMITS,
};
