import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { EndSignIns, StaffDirectory } from '../../identity';
import { may, mayAnywhere } from '../../platform/access';
import type { Context, Grant } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { AppError, invalid, notFound } from '../../platform/errors';
import { Places } from '../places/places';
import { AskForRoles, type StaffWithAsked } from '../role-requests/ask-for-roles';
import { answersForUsers } from '../role-requests/role-request-rules';
import { RoleRequestsStore } from '../role-requests/role-requests.store';
import { isOwnStaff, isStaffRole } from './delegation-rules';
import { reachPlace } from './reach-place';
import { isSameGrant } from './same-grant';
import type { EndStaffRolesGraphqlInput, StaffRoleGraphqlInput } from './staff.graphql';

/**
 * Somebody no longer has a role, or has left a facility. Who may give a role somewhere may end it there, whoever gave it;
 * nobody ends her own, and the country keeps somebody who answers for its users. Her sign-ins end, since a token says what
 * its owner may do: she signs in again with what is left. Roles that are asked for by her or for her are withdrawn.
 */
@Injectable()
export class EndStaffRoles {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly directory: StaffDirectory,
    private readonly signIns: EndSignIns,
    private readonly requests: RoleRequestsStore,
    private readonly asking: AskForRoles,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Throws FORBIDDEN for what the caller could not give, whoever has it, NOT_FOUND for somebody who never had it,
   * INVALID_INPUT unless roles or a facility are named, CONFLICT for the last who answers for the country's users. What has
   * ended stays so.
   */
  run(ctx: Context, input: EndStaffRolesGraphqlInput): Promise<StaffWithAsked> {
    mayAnywhere(ctx, 'staff.end-roles');
    const { named, isMeant } = meant(input);
    return this.database.write(ctx, async work => {
      for (const one of named) await this.mayEnd(ctx, work, one);
      const member = await this.directory.member(work, input.staffId);
      if (!member || !(await this.directory.grantsEver(work, member.id)).some(isMeant)) throw notFound();
      if (member.id === ctx.actor.id) throw new AppError('FORBIDDEN');
      const ending = member.grants.filter(isMeant);
      if (ending.length > 0) await this.end(ctx, work, member.id, ending);
      const left = { ...member, grants: member.grants.filter(grant => !isMeant(grant)) };
      return (await this.asking.beside(ctx, work, [left]))[0]!;
    });
  }

  /** Roles at a facility are all of those that whoever runs it gives. */
  private async mayEnd(ctx: Context, work: UnitOfWork, { role, reach }: Named): Promise<void> {
    const own = role === null || (isStaffRole(role) && isOwnStaff(role, reach.kind));
    const place = await reachPlace(this.places, work, reach);
    may(ctx, own ? 'staff.end-roles' : 'staff.end-any-role', place);
  }

  private async end(
    ctx: Context,
    work: UnitOfWork,
    staffId: string,
    ending: readonly Grant[],
  ): Promise<void> {
    await this.directory.endGrants(ctx, work, staffId, ending);
    if (ending.some(answersForUsers) && !(await this.directory.hasCountryRole(work, 'user-admin')))
      throw new AppError('CONFLICT');
    await this.requests.withdraw(work, staffId);
    await this.signIns.ofStaff(ctx, work, staffId, 'SIGNED_OUT_BY_ADMIN');
    this.audit.record(ctx, work, {
      action: 'staff.end-roles',
      resource: { type: 'staff', id: staffId },
      detail: { grants: ending },
    });
  }
}

/** A role at a place, or (null) whatever somebody has there. */
interface Named {
  role: string | null;
  reach: Exclude<Grant['reach'], { kind: 'self' }>;
}

/** What is named, and whether a grant is of it. */
function meant(input: EndStaffRolesGraphqlInput): { named: Named[]; isMeant: (grant: Grant) => boolean } {
  const { roles, leavesFacilityId: id } = input;
  if (Boolean(roles) === Boolean(id)) throw invalid('roles', 'facilities.fault.rolesOrFacility');
  const named = id ? [{ role: null, reach: { kind: 'facility' as const, id } }] : roles!.map(grantNamed);
  const isOf = (grant: Grant, { role, reach }: Named): boolean =>
    isSameGrant(grant, { role: role ?? grant.role, reach });
  return { named, isMeant: grant => named.some(one => isOf(grant, one)) };
}

function grantNamed({ role, areaId, facilityId }: StaffRoleGraphqlInput): Named {
  if (areaId && facilityId) throw invalid('roles', 'facilities.fault.onePlace');
  if (facilityId) return { role, reach: { kind: 'facility', id: facilityId } };
  return { role, reach: areaId ? { kind: 'area', id: areaId } : { kind: 'country' } };
}
