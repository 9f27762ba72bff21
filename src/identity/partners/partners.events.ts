import { factType } from '../../platform/events';
import type { PartnerState } from './partner-rules';

/** A partner was registered, changed, certified, suspended or resumed. Aggregate: the partner's id. */
export const partnerChanged = factType<{ partnerId: string; state: PartnerState }>(
  'identity.partner-changed',
);
