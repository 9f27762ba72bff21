import { Args, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ReadWastage } from './read-wastage';
import { StockWastageArgs, StockWastagePage } from './wastage.graphql';

@Resolver()
export class WastageResolver {
  constructor(private readonly read: ReadWastage) {}

  @Allow('stock.watch')
  @Query(() => StockWastagePage, {
    description:
      'Which share of the doses was wasted, by product, facility and reason, out of opened vials and others, for whole months.',
    complexity: ({ args, childComplexity }) => 50 + Number(args.first) * childComplexity,
  })
  stockWastage(@Ctx() ctx: Context, @Args() asked: StockWastageArgs): Promise<StockWastagePage> {
    return this.read.run(ctx, asked);
  }
}
