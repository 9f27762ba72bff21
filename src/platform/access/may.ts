import { createMongoAbility, type MongoAbility, subject } from '@casl/ability';
import type { Actor, Context, Grant } from '../context';
import { AppError } from '../errors';
import { type Permission, PERMISSIONS, type Role } from './permission-table';

/**
 * Where something is done: the facility, every area from its own up to the top, the citizen's account that the
 * record belongs to. What is not known is left out and then matches no grant that asks for it.
 */
export interface Place {
  facilityId?: string;
  areaIds?: readonly string[];
  accountId?: string;
}

type Ability = MongoAbility<[Permission, 'place' | (Place & { __caslSubjectType__: 'place' })]>;

const abilities = new WeakMap<Actor, Ability>();

/**
 * The first line of every verb. Throws FORBIDDEN when no grant of the actor holds `permission` at `place`, and
 * UNAUTHENTICATED when nobody signed in. The service itself may do everything it has code for.
 */
export function may(ctx: Context, permission: Permission, place: Place = {}): void {
  if (!isAllowed(ctx, permission, place)) throw refusal(ctx);
}

/** Whether {@link may} would pass. */
export function isAllowed(ctx: Context, permission: Permission, place: Place = {}): boolean {
  return ctx.actor.kind === 'system' || abilityOf(ctx.actor).can(permission, subject('place', { ...place }));
}

/** Throws unless the actor holds `permission` somewhere: what can be said before the record has been read. */
export function mayAnywhere(ctx: Context, permission: Permission): void {
  if (ctx.actor.kind !== 'system' && !abilityOf(ctx.actor).can(permission, 'place')) throw refusal(ctx);
}

/** The caller, who must have signed in: the first line of a verb about her own account. Throws UNAUTHENTICATED. */
export function signedIn(ctx: Context): Actor & { id: string } {
  if (ctx.actor.id === null) throw new AppError('UNAUTHENTICATED');
  return ctx.actor as Actor & { id: string };
}

/**
 * The reaches within which the actor holds `permission`, for stores that turn them into an SQL predicate. A
 * country-wide one stands alone.
 */
export function reachesOf(ctx: Context, permission: Permission): Grant['reach'][] {
  const reaches = ctx.actor.grants.filter(grant => holds(grant, permission)).map(grant => grant.reach);
  const country = reaches.find(reach => reach.kind === 'country');
  return country ? [country] : reaches;
}

const refusal = (ctx: Context): AppError =>
  new AppError(ctx.actor.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');

const holds = (grant: Grant, permission: Permission): boolean =>
  PERMISSIONS[permission].includes(grant.role as Role);

function abilityOf(actor: Actor): Ability {
  const known = abilities.get(actor);
  if (known) return known;
  const permissions = Object.keys(PERMISSIONS) as Permission[];
  const rules = actor.grants.flatMap(grant =>
    permissions
      .filter(permission => holds(grant, permission))
      .map(permission => ({
        action: permission,
        subject: 'place' as const,
        conditions: conditionsOf(grant),
      })),
  );
  const ability = createMongoAbility<Ability>(rules);
  abilities.set(actor, ability);
  return ability;
}

function conditionsOf({ reach }: Grant): Record<string, string> | undefined {
  switch (reach.kind) {
    case 'country':
      return undefined;
    case 'area':
      return { areaIds: reach.id };
    case 'facility':
      return { facilityId: reach.id };
    case 'self':
      return { accountId: reach.id };
  }
}
