import { type Role, STAFF_ROLES } from '../../platform/access';
import type { Reach } from '../../platform/context';

type ReachKind = Exclude<Reach['kind'], 'self'>;

/** Roles of people who work at one place; what whoever runs a place may give to her own people there. */
const PLACE_ROLES: readonly Role[] = [
  'facility-admin',
  'facilitator',
  'hub-sorter',
  'lab-scientist',
  'registrar',
  'store-keeper',
  'vaccinator',
];

/** Roles that only make sense for the whole country: they configure it, or look at all of it (ROLES.md §1). */
const COUNTRY_ROLES: readonly Role[] = [
  'auditor',
  'configuration-admin',
  'data-protection-officer',
  'programme-admin',
];

export const isStaffRole = (role: string): role is Role => (STAFF_ROLES as readonly string[]).includes(role);

/** Whether a role can be given at all with such a reach: country roles nowhere else, area roles at no single place. */
export function canReach(role: Role, kind: ReachKind): boolean {
  if (COUNTRY_ROLES.includes(role)) return kind === 'country';
  return kind !== 'facility' || PLACE_ROLES.includes(role);
}

/** Whether somebody who only runs a place may give this; everything else is for administrators of users. */
export const isOwnStaff = (role: Role, kind: ReachKind): boolean =>
  kind === 'facility' && PLACE_ROLES.includes(role);
