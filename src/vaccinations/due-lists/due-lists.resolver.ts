import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { DueList, DueListArgs, type DueTotal } from './due-list.graphql';
import { type DueListPage, ReadDueList } from './read-due-list';

@Resolver(() => DueList)
export class DueListsResolver {
  constructor(private readonly read: ReadDueList) {}

  @Allow('due-list.read')
  @Query(() => DueList, {
    description: 'Whom to look for in an area: doses that are recommended and not given. States a purpose.',
    complexity: ({ args, childComplexity }) => Number(args.first) * childComplexity,
  })
  dueList(@Ctx() ctx: Context, @Args() args: DueListArgs): Promise<DueListPage> {
    return this.read.page(ctx, args);
  }

  @ResolveField()
  totals(@Ctx() ctx: Context, @Parent() list: DueListPage): Promise<DueTotal[]> {
    return this.read.totals(ctx, list);
  }
}
