import { Args, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID, PageArgs } from '../../platform/graphql';
import { ReadRecall } from './read-recall';
import { LotRecall, LotRecipientPage } from './recall.graphql';

@Resolver()
export class RecallResolver {
  constructor(private readonly read: ReadRecall) {}

  @Allow('stock.recall')
  @Query(() => LotRecall, { complexity: 300, description: 'Where every dose of a lot is, for a recall.' })
  lotRecall(
    @Ctx() ctx: Context,
    @Args('lotId', { type: () => ID, description: 'The lot.' }) lotId: string,
  ): Promise<LotRecall> {
    return this.read.run(ctx, lotId);
  }

  @Allow('stock.recall')
  @Query(() => LotRecipientPage, {
    description: 'Who was given a lot, for a recall. Each look is kept in the trail.',
    complexity: ({ args, childComplexity }) => Number(args.first) * childComplexity,
  })
  lotRecipients(
    @Ctx() ctx: Context,
    @Args('lotId', { type: () => ID, description: 'The lot.' }) lotId: string,
    @Args() page: PageArgs,
  ): Promise<LotRecipientPage> {
    return this.read.recipients(ctx, lotId, page);
  }
}
