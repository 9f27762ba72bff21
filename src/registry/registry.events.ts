import { factType } from '../platform/events';

/** A person is in the registry for the first time; `facilityId` where she was attested, null when by an account. */
export const personRegistered = factType<{
  personId: string;
  via: 'own-account' | 'assisted';
  facilityId: string | null;
}>('registry.person-registered');

/** A member of staff asked for more persons than one day allows; for the first time on that day. */
export const looksStopped = factType<{ staffId: string; facilityId: string }>('registry.looks-stopped');

/** A person was erased: nobody is to be told who she was, and nothing of her is to be shown any more. */
export const personErased = factType<{ personId: string }>('registry.person-erased');

/** Something known of a person was corrected or added. `fields` names what, never the values. */
export const personChanged = factType<{ personId: string; fields: string[] }>('registry.person-changed');
