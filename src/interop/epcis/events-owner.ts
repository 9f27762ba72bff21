import { isTrial } from '../../identity';
import { may, type Permission, signedIn } from '../../platform/access';
import type { Context } from '../../platform/context';
import type { EventsOwner } from './epcis.store';

/** Whose events the caller may capture or read: her own, and those of her sandbox apart. Throws FORBIDDEN. */
export function mayOwn(ctx: Context, permission: Permission): EventsOwner {
  const { id } = signedIn(ctx);
  may(ctx, permission, { accountId: id });
  return { partnerId: id, trial: isTrial(ctx.actor) };
}
