import type { ActorKind } from '../../platform/context';

/** Whose sign-ins a country can ask a key of: a member of staff's, or a partner's program's. */
export type KeyBoundKind = 'STAFF' | 'PARTNERS';

export const KEY_BOUND_KINDS: readonly KeyBoundKind[] = ['STAFF', 'PARTNERS'];

const KIND_OF: Partial<Record<ActorKind, KeyBoundKind>> = {
  staff: 'STAFF',
  'staff-entrant': 'STAFF',
  partner: 'PARTNERS',
};

/** Whose tokens a country gives only bound to a key: all of these until it names some, and in a sandbox nobody's. */
export const keyBound = (
  named: readonly KeyBoundKind[] | null,
  { sandbox }: { sandbox: boolean },
): readonly KeyBoundKind[] => named ?? (sandbox ? [] : KEY_BOUND_KINDS);

/**
 * Whether somebody gets a token only if her request proves a key (DPoP, RFC 9449 section 5.2; OWASP ASVS 5.0 10.4.14), so
 * that a copy of the token is of no use. An operator always, but for a sandbox. `named` is what her country says.
 */
export function mustProveKey(
  kind: ActorKind,
  named: readonly KeyBoundKind[] | null,
  config: { sandbox: boolean },
): boolean {
  if (kind === 'operator' || kind === 'operator-entrant') return !config.sandbox;
  const of = KIND_OF[kind];
  return of !== undefined && keyBound(named, config).includes(of);
}
