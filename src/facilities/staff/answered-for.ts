import { type StaffDirectory, type StaffMember } from '../../identity';
import { may, type Permission } from '../../platform/access';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import type { Places } from '../places/places';
import { reachPlace } from './reach-place';

/**
 * A member of staff, of whom the caller holds `permission` wherever she has a role. Throws NOT_FOUND also for somebody
 * elsewhere, FORBIDDEN where one of her roles is beyond the caller.
 */
export async function answeredFor(
  ctx: Context,
  work: UnitOfWork,
  permission: Permission,
  found: { staffId: string; directory: StaffDirectory; places: Places },
): Promise<StaffMember> {
  const member = await found.directory.member(work, found.staffId);
  if (!member) throw notFound();
  for (const { reach } of member.grants) may(ctx, permission, await reachPlace(found.places, work, reach));
  return member;
}
