import { Args, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Page } from '../../common';
import { RoleHeld } from '../../identity';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID, PageArgs } from '../../platform/graphql';
import type { StaffWithAsked as Member } from '../role-requests/ask-for-roles';
import { EndStaffRoles } from './end-staff-roles';
import { InviteStaff } from './invite-staff';
import { ReadStaff } from './read-staff';
import { EndStaffRolesGraphqlInput, InviteStaffGraphqlInput, StaffMember, StaffPage } from './staff.graphql';
import { ResetSecondFactor } from './reset-second-factor';
import { SignOutStaff } from './sign-out-staff';
import { SuspendStaff } from './suspend-staff';

@Resolver(() => StaffMember)
export class StaffResolver {
  constructor(
    private readonly read: ReadStaff,
    private readonly invitation: InviteStaff,
    private readonly ending: EndStaffRoles,
    private readonly suspension: SuspendStaff,
    private readonly signingOut: SignOutStaff,
    private readonly reset: ResetSecondFactor,
  ) {}

  @Allow('staff.read')
  @Query(() => StaffPage, {
    description:
      'Who holds a role at a facility or at an area itself; of the whole country when neither is named.',
    complexity: ({ args, childComplexity }) => Number(args.first) * childComplexity,
  })
  staff(
    @Ctx() ctx: Context,
    @Args() page: PageArgs,
    @Args('areaId', { type: () => ID, nullable: true, description: 'Which area.' }) areaId?: string | null,
    @Args('facilityId', { type: () => ID, nullable: true, description: 'Which facility.' })
    facilityId?: string | null,
  ): Promise<Page<Member>> {
    return this.read.run(ctx, { areaId, facilityId }, page);
  }

  @Allow('staff.invite')
  @Mutation(() => StaffMember, {
    description:
      'Gives somebody roles, each within the place for which the caller may invite; invites her when new. Roles beyond ' +
      'one facility are asked for: a second person decides (`rolesAsked`, `decideRoleRequest`).',
  })
  inviteStaff(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Who, and what she may do where.' }) input: InviteStaffGraphqlInput,
  ): Promise<Member> {
    return this.invitation.run(ctx, input);
  }

  @Allow('staff.end-roles')
  @Mutation(() => StaffMember, {
    description:
      'Ends roles of somebody, or all that she has at a facility that she leaves. She is signed out within two seconds, ' +
      'and signs in again with what is left. Said twice, it is done once.',
  })
  endStaffRoles(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Whose, and which.' }) input: EndStaffRolesGraphqlInput,
  ): Promise<Member> {
    return this.ending.run(ctx, input);
  }

  @Allow('staff.suspend')
  @Mutation(() => StaffMember, { description: 'Stops somebody from signing in.' })
  suspendStaff(
    @Ctx() ctx: Context,
    @Args('staffId', { type: () => ID, description: 'Who.' }) staffId: string,
  ): Promise<Member> {
    return this.suspension.run(ctx, { staffId });
  }

  @Allow('staff.sign-out')
  @Mutation(() => Int, {
    description:
      'Signs somebody out on every device, e.g. because one was lost; how many sign-ins that ended.',
  })
  signOutStaff(
    @Ctx() ctx: Context,
    @Args('staffId', { type: () => ID, description: 'Who.' }) staffId: string,
  ): Promise<number> {
    return this.signingOut.run(ctx, { staffId });
  }

  @Allow('staff.reset-second-factor')
  @Mutation(() => Boolean, {
    description: 'Takes away the second factor that somebody lost. She is signed out, and sets up another.',
  })
  resetSecondFactor(
    @Ctx() ctx: Context,
    @Args('staffId', { type: () => ID, description: 'Who.' }) staffId: string,
  ): Promise<boolean> {
    return this.reset.run(ctx, { staffId });
  }

  @ResolveField(() => [RoleHeld])
  roles(@Parent() member: Member): RoleHeld[] {
    return member.grants.map(({ role, reach }) => ({
      role,
      reach: reach.kind,
      reachId: reach.kind === 'country' ? null : reach.id,
    }));
  }
}
