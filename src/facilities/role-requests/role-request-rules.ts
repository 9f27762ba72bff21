import type { Grant } from '../../platform/context';

/** How long a second person has to decide; the time that an invitation has. */
export const DAYS_TO_DECIDE = 14;

/** Whether a role reaches beyond one facility, so that two people give it (ROLES.md §3 rule 4). */
export const needsSecondPerson = ({ reach }: Grant): boolean => reach.kind !== 'facility';

/** Who answers for the users of the whole country; the role that a country begins with. */
export const answersForUsers = ({ role, reach }: Grant): boolean =>
  role === 'user-admin' && reach.kind === 'country';
