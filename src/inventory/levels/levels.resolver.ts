import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID, PageArgs } from '../../platform/graphql';
import { StockAlertPage, StockAlertsArgs } from './alert.graphql';
import {
  ProductStockLevel,
  ProductStockLevelPage,
  ProposeLevelArgs,
  SetStockLevelGraphqlInput,
  StockLevelProposal,
} from './level.graphql';
import { ReadAlerts } from './read-alerts';
import { ReadLevels } from './read-levels';
import { SetStockLevel } from './set-stock-level';

@Resolver()
export class LevelsResolver {
  constructor(
    private readonly read: ReadLevels,
    private readonly setting: SetStockLevel,
    private readonly alerts: ReadAlerts,
  ) {}

  @Allow('stock.read')
  @Query(() => ProductStockLevelPage, {
    description:
      'What a facility has of each product beside what it should have, how long it lasts, and what to ask for.',
    complexity: ({ args, childComplexity }) => 50 + Number(args.first) * childComplexity,
  })
  stockLevels(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
    @Args() page: PageArgs,
  ): Promise<ProductStockLevelPage> {
    return this.read.run(ctx, facilityId, page);
  }

  @Allow('stock.read')
  @Query(() => StockLevelProposal, {
    complexity: 50,
    description: 'Levels for a product at a facility, from what it used. A person sets them, or others.',
  })
  stockLevelProposal(@Ctx() ctx: Context, @Args() asked: ProposeLevelArgs): Promise<StockLevelProposal> {
    return this.read.propose(ctx, asked);
  }

  @Allow('stock.watch')
  @Query(() => StockAlertPage, {
    description: 'Where stock has run out, is below its minimum or will expire before it is used.',
    complexity: ({ args, childComplexity }) => 50 + Number(args.first) * childComplexity,
  })
  stockAlerts(@Ctx() ctx: Context, @Args() asked: StockAlertsArgs): Promise<StockAlertPage> {
    return this.alerts.run(ctx, asked);
  }

  @Allow('stock.set-level')
  @Mutation(() => ProductStockLevel, {
    description: 'Says what a facility should have of a product. It takes the place of what was set before.',
  })
  setStockLevel(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Where, of what and how much.' }) input: SetStockLevelGraphqlInput,
  ): Promise<ProductStockLevel> {
    return this.setting.run(ctx, input);
  }
}
