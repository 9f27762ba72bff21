import { Injectable } from '@nestjs/common';
import { OpenStaffAccount, StaffDirectory } from '../../identity';
import { may, mayAnywhere, type Place } from '../../platform/access';
import type { Context, Grant } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { AppError, invalid } from '../../platform/errors';
import { Places } from '../places/places';
import { AskForRoles, type StaffWithAsked } from '../role-requests/ask-for-roles';
import { canReach, isOwnStaff, isStaffRole } from './delegation-rules';
import { isSameGrant } from './same-grant';
import type { InviteStaffGraphqlInput, StaffRoleGraphqlInput } from './staff.graphql';

/**
 * Somebody is given roles, and an invitation when she is new. Nobody gives what reaches beyond herself: each role
 * must lie within the place for which the caller may invite (ROLES.md §1: delegation only downwards). What reaches beyond
 * one facility is only asked for here, and given by a second person (§3 rule 4).
 */
@Injectable()
export class InviteStaff {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly accounts: OpenStaffAccount,
    private readonly directory: StaffDirectory,
    private readonly asking: AskForRoles,
  ) {}

  /**
   * Throws INVALID_INPUT for a role that does not go with that place or with another role, STATE_FORBIDS for a
   * suspended account.
   */
  async run(ctx: Context, input: InviteStaffGraphqlInput): Promise<StaffWithAsked> {
    mayAnywhere(ctx, 'staff.invite');
    const { member, send } = await this.database.write(ctx, async work => {
      const grants: Grant[] = [];
      for (const role of input.roles) grants.push(await this.grantOf(ctx, work, role));
      const known = await this.directory.memberByEmail(work, input.email);
      if (known?.state === 'SUSPENDED') throw new AppError('STATE_FORBIDS', { state: known.state });
      const fresh = grants.filter(grant => !known?.grants.some(held => isSameGrant(held, grant)));
      const { given, asked } = await this.asking.sorted(work, fresh);
      const { email, name } = input;
      const { account, send } = await this.accounts.in(ctx, work, { email, name, grants: given, asked });
      await this.asking.in(ctx, work, account.id, asked);
      const member = (await this.directory.member(work, account.id))!;
      return { send, member: (await this.asking.beside(ctx, work, [member]))[0]! };
    });
    await send();
    return member;
  }

  private async grantOf(ctx: Context, work: UnitOfWork, input: StaffRoleGraphqlInput): Promise<Grant> {
    const { role, areaId, facilityId } = input;
    if (!isStaffRole(role)) throw invalid('roles', 'facilities.fault.role');
    if (areaId && facilityId) throw invalid('roles', 'facilities.fault.onePlace');
    const kind = facilityId ? 'facility' : areaId ? 'area' : 'country';
    const place: Place = facilityId
      ? await this.places.of(work, facilityId)
      : areaId
        ? { areaIds: await this.places.areaPath(work, areaId) }
        : {};
    may(ctx, isOwnStaff(role, kind) ? 'staff.invite' : 'staff.invite-any-role', place);
    if (!canReach(role, kind)) throw invalid('roles', 'facilities.fault.roleReach');
    const id = facilityId ?? areaId;
    return { role, reach: id ? { kind: facilityId ? 'facility' : 'area', id } : { kind: 'country' } };
  }
}
