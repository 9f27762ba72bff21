import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Page } from '../../common';
import { Public } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID, PageArgs } from '../../platform/graphql';
import { nameFor } from '../names';
import { Area, AreaPage } from './area.graphql';
import { Areas } from './areas';
import type { AreaRow } from './areas.store';

@Resolver(() => Area)
export class AreasResolver {
  constructor(private readonly read: Areas) {}

  @Public()
  @Query(() => AreaPage, {
    description: 'The areas directly in one, or the widest ones of the country.',
    complexity: ({ args, childComplexity }) => Number(args.first) * childComplexity,
  })
  areas(
    @Ctx() ctx: Context,
    @Args() page: PageArgs,
    @Args('parentId', {
      type: () => ID,
      nullable: true,
      description: 'In which area; at the top when left out.',
    })
    parentId?: string | null,
  ): Promise<Page<AreaRow>> {
    return this.read.below(ctx, parentId ?? null, page);
  }

  @Public()
  @Query(() => Area, { description: 'One area.' })
  area(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
  ): Promise<AreaRow> {
    return this.read.one(ctx, id);
  }

  @ResolveField(() => String)
  name(@Ctx() ctx: Context, @Parent() area: AreaRow): string {
    return nameFor(ctx, area.names, area.code);
  }
}
