import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Page } from '../../common';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID, PageArgs } from '../../platform/graphql';
import { DecideRoleRequest } from './decide-role-request';
import { ReadRoleRequests } from './read-role-requests';
import {
  DecideRoleRequestGraphqlInput,
  DecideRoleRequestResult,
  RoleRequest,
  RoleRequestPage,
  RoleRequestStateEnum,
} from './role-request.graphql';
import type { RoleRequestRow, RoleRequestState } from './role-requests.store';

@Resolver(() => RoleRequest)
export class RoleRequestsResolver {
  constructor(
    private readonly read: ReadRoleRequests,
    private readonly deciding: DecideRoleRequest,
  ) {}

  @Allow('staff.decide-role')
  @Query(() => RoleRequestPage, {
    description:
      'Roles beyond one facility that are asked for: of an area itself; of the whole country when none is named.',
    complexity: ({ args, childComplexity }) => Number(args.first) * childComplexity,
  })
  roleRequests(
    @Ctx() ctx: Context,
    @Args('state', { type: () => RoleRequestStateEnum, description: 'Where they stand.' })
    state: RoleRequestState,
    @Args() page: PageArgs,
    @Args('areaId', { type: () => ID, nullable: true, description: 'Which area.' }) areaId?: string | null,
  ): Promise<Page<RoleRequestRow>> {
    return this.read.run(ctx, { state, areaId }, page);
  }

  @Allow('staff.decide-role')
  @Mutation(() => DecideRoleRequestResult, {
    description:
      'Gives a role that somebody else asked for, or declines to. Who is new is invited with the first role that is given.',
  })
  decideRoleRequest(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which request, and what becomes of it.' })
    input: DecideRoleRequestGraphqlInput,
  ): ReturnType<DecideRoleRequest['run']> {
    return this.deciding.run(ctx, input);
  }

  @ResolveField(() => String)
  role(@Parent() { grant }: RoleRequestRow): string {
    return grant.role;
  }

  @ResolveField(() => String)
  reach(@Parent() { grant }: RoleRequestRow): string {
    return grant.reach.kind;
  }

  @ResolveField(() => ID, { nullable: true })
  reachId(@Parent() { grant: { reach } }: RoleRequestRow): string | null {
    return reach.kind === 'country' ? null : reach.id;
  }
}
