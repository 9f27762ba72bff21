import { type Permission, PERMISSIONS, type Role, STAFF_ROLES } from '../../platform/access';
import type { ActorKind } from '../../platform/context';
import type { AccountKey } from '../sign-ins/sign-ins.store';

/** What is still to be done before a token carries its owner's roles. */
export type SignInStep = 'NONE' | 'CONFIRM_SECOND_FACTOR' | 'SET_UP_SECOND_FACTOR';

/** What makes an administrator: she changes what others go by, or sees what they did. */
const ADMINISTERS: readonly Permission[] = [
  'pack.publish',
  'text.change',
  'staff.invite',
  'staff.suspend',
  'registry.configure',
  'certificate.rotate-key',
  'audit.read',
  'second-factor.configure',
  'issuer.configure',
];

const ADMIN_ROLES: readonly Role[] = [
  ...new Set(ADMINISTERS.flatMap(permission => PERMISSIONS[permission])),
].sort();

/**
 * The roles of a country that need a second factor to sign in: all, until it names them, and administrators whatever it
 * names (OWASP ASVS 5.0 6.3.3). In a sandbox, whose outbox everybody can read anyhow, those that it names alone.
 */
export function rolesThatNeedOne(
  named: readonly string[] | null,
  { sandbox }: { sandbox: boolean },
): string[] {
  if (sandbox) return [...(named ?? [])];
  return [...new Set([...(named ?? STAFF_ROLES), ...ADMIN_ROLES])].sort();
}

/** What somebody who proved her password must do next. Whoever has set up a second factor is always asked for it. */
export function nextStep(known: {
  isSetUp: boolean;
  roles: readonly string[];
  need: readonly string[];
}): SignInStep {
  if (known.isSetUp) return 'CONFIRM_SECOND_FACTOR';
  return known.roles.some(role => known.need.includes(role)) ? 'SET_UP_SECOND_FACTOR' : 'NONE';
}

/** Who somebody is until she has proved a second factor: her token opens nothing else. */
export type EntrantKind = 'staff-entrant' | 'operator-entrant';

export const entrantOf = (kind: 'staff' | 'operator'): EntrantKind => `${kind}-entrant`;

/** The account of a member of staff or an operator, entered or entering. */
export function accountOf({
  kind,
  id,
}: {
  kind: ActorKind;
  id: string;
}): AccountKey & { kind: 'staff' | 'operator' } {
  return { kind: kind.startsWith('operator') ? 'operator' : 'staff', id };
}
