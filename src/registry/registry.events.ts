import { factType } from '../platform/events';
import type { LookAlert } from './looks/look-alert-rules';

/** A person is in the registry for the first time; `facilityId` where she was attested, null when by an account. */
export const personRegistered = factType<{
  personId: string;
  via: 'own-account' | 'assisted';
  facilityId: string | null;
}>('registry.person-registered');

/** A member of staff asked for more persons than one day allows; for the first time on that day. */
export const looksStopped = factType<{ staffId: string; facilityId: string }>('registry.looks-stopped');

/** Somebody's day is unlike others; each alert once a day for each account. */
export const looksUnusual = factType<{ staffId: string; facilityId: string; alert: LookAlert }>(
  'registry.looks-unusual',
);

/** Somebody broke the glass: she is shown more than a day allows, for a while. */
export const glassBroken = factType<{ staffId: string; facilityId: string; id: string }>(
  'registry.glass-broken',
);

/** A person objects to a look at her record. */
export const lookObjected = factType<{ personId: string; objectionId: string }>('registry.look-objected');

/** A person was erased: nobody is to be told who she was, and nothing of her is to be shown any more. */
export const personErased = factType<{ personId: string }>('registry.person-erased');

/** Something known of a person was corrected or added. `fields` names what, never the values. */
export const personChanged = factType<{ personId: string; fields: string[] }>('registry.person-changed');
