import type { Actor, Grant } from '../../platform/context';
import type { Role } from '../../platform/access';

/** What sort of organisation a partner is. */
export type PartnerKind = 'PROGRAMME' | 'LABORATORY' | 'PRINT_HOUSE' | 'PLATFORM';

/** SANDBOX: what it does is tried and has no effect. PRODUCTION: certified by a second person. SUSPENDED: gets no token. */
export type PartnerState = 'SANDBOX' | 'PRODUCTION' | 'SUSPENDED';

/** What a partner may be allowed to do; each is one role of the table of permissions. */
export type PartnerScope = 'ORDERS' | 'EVENTS' | 'WEBHOOKS';

/** What a partner shows in its sandbox before it is certified, as the service itself saw it. */
export type PartnerCheck =
  'TOKEN_ISSUED' | 'ORDER_PLANNED' | 'EVENTS_CAPTURED' | 'EVENTS_REFUSED' | 'WEBHOOK_TAKEN';

/** The role that each scope is. */
export const ROLE_OF: Readonly<Record<PartnerScope, Role>> = {
  ORDERS: 'partner-orders',
  EVENTS: 'partner-events',
  WEBHOOKS: 'partner-webhooks',
};

/** Marks a token of a partner in its sandbox; holds no permission. */
const TRIAL = 'partner-trial';

const CHECKS_OF: Readonly<Record<PartnerScope, readonly PartnerCheck[]>> = {
  ORDERS: ['ORDER_PLANNED'],
  EVENTS: ['EVENTS_CAPTURED', 'EVENTS_REFUSED'],
  WEBHOOKS: ['WEBHOOK_TAKEN'],
};

/** What a partner with these scopes must have shown. */
export const checksFor = (scopes: readonly PartnerScope[]): PartnerCheck[] => [
  'TOKEN_ISSUED',
  ...scopes.flatMap(scope => CHECKS_OF[scope]),
];

/** How OAuth names the scopes: `orders events` (RFC 6749 section 3.3). */
export const scopeText = (scopes: readonly PartnerScope[]): string => scopes.join(' ').toLowerCase();

/** The scopes that a token is asked for, all of them when none is named; null when one is not the partner's. */
export function scopesAsked(text: string | undefined, own: readonly PartnerScope[]): PartnerScope[] | null {
  const words = (text ?? '').split(' ').filter(Boolean);
  if (words.length === 0) return [...own];
  const asked = own.filter(scope => words.includes(scope.toLowerCase()));
  return asked.length === new Set(words).size ? asked : null;
}

/** What a partner's token carries: its scopes as roles over its own, and that it only tries. */
export function grantsOf(id: string, scopes: readonly PartnerScope[], state: PartnerState): Grant[] {
  const roles = [...scopes.map(scope => ROLE_OF[scope] as string), ...(state === 'SANDBOX' ? [TRIAL] : [])];
  return roles.map(role => ({ role, reach: { kind: 'self', id } }));
}

/** Whether somebody only tries: nothing of what she does may have an effect. */
export const isTrial = (actor: Pick<Actor, 'grants'>): boolean =>
  actor.grants.some(({ role }) => role === TRIAL);

/** The minute that requests are counted in, and the whole seconds until it is over, at least one. */
export function minuteOf(now: Date): { start: Date; secondsLeft: number } {
  const start = Math.floor(now.getTime() / 60_000) * 60_000;
  return { start: new Date(start), secondsLeft: Math.ceil((start + 60_000 - now.getTime()) / 1000) };
}
