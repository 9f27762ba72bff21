import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID, PageArgs } from '../../platform/graphql';
import { CancelStocktake } from './cancel-stocktake';
import { CountStock } from './count-stock';
import { DecideStocktake } from './decide-stocktake';
import { OpenStocktake } from './open-stocktake';
import { ReadStocktakes } from './read-stocktakes';
import {
  CountStockGraphqlInput,
  DecideStocktakeGraphqlInput,
  OpenStocktakeGraphqlInput,
  StocktakeGraphqlInput,
  SubmitStocktakeGraphqlInput,
} from './stocktake-input.graphql';
import {
  DecideStocktakeResult,
  OpenStocktakeResult,
  Stocktake,
  StocktakePage,
  StocktakeReview,
  SubmitStocktakeResult,
} from './stocktake.graphql';
import { SubmitStocktake } from './submit-stocktake';

@Resolver()
export class StocktakeResolver {
  constructor(
    private readonly opening: OpenStocktake,
    private readonly counting: CountStock,
    private readonly submitting: SubmitStocktake,
    private readonly deciding: DecideStocktake,
    private readonly cancelling: CancelStocktake,
    private readonly read: ReadStocktakes,
  ) {}

  @Allow('stock.read')
  @Query(() => Stocktake, { description: 'A count of a place as whoever counts sees it: without the book.' })
  stocktake(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
    @Args('id', { type: () => ID, description: 'The count.' }) id: string,
  ): Promise<Stocktake> {
    return this.read.one(ctx, facilityId, id);
  }

  @Allow('stock.read')
  @Query(() => StocktakePage, {
    description: 'Counts of a place.',
    complexity: ({ args, childComplexity }) => Number(args.first) * childComplexity,
  })
  stocktakes(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
    @Args() page: PageArgs,
  ): Promise<StocktakePage> {
    return this.read.list(ctx, facilityId, page);
  }

  @Allow('stocktake.decide')
  @Query(() => StocktakeReview, {
    description: 'A submitted count against the book, for whoever decides on it.',
  })
  stocktakeReview(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
    @Args('id', { type: () => ID, description: 'The count.' }) id: string,
  ): Promise<StocktakeReview> {
    return this.read.review(ctx, facilityId, id);
  }

  @Allow('stocktake.count')
  @Mutation(() => OpenStocktakeResult, {
    description: 'Begins to count what a place has; one count at a time.',
  })
  openStocktake(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Where, and which products.' }) input: OpenStocktakeGraphqlInput,
  ): Promise<typeof OpenStocktakeResult> {
    return this.opening.run(ctx, input);
  }

  @Allow('stocktake.count')
  @Mutation(() => Stocktake, {
    description:
      'Enters what was counted of lots. Each is compared with the ledger of that moment; what is unfit leaves the shelf at once. Counted again, a lot has its newest count.',
  })
  countStock(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What was counted.' }) input: CountStockGraphqlInput,
  ): Promise<Stocktake> {
    return this.counting.run(ctx, input);
  }

  @Allow('stocktake.count')
  @Mutation(() => SubmitStocktakeResult, {
    description: 'All is counted: a second person decides. To submit it again changes nothing.',
  })
  submitStocktake(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which count, and why lots differ.' }) input: SubmitStocktakeGraphqlInput,
  ): Promise<typeof SubmitStocktakeResult> {
    return this.submitting.run(ctx, input);
  }

  @Allow('stocktake.decide')
  @Mutation(() => DecideStocktakeResult, {
    description:
      'A second person approves a count, and the ledger says what was counted; or has lots counted again.',
  })
  decideStocktake(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which count, and the decision.' }) input: DecideStocktakeGraphqlInput,
  ): Promise<typeof DecideStocktakeResult> {
    return this.deciding.run(ctx, input);
  }

  @Allow('stocktake.count')
  @Mutation(() => Stocktake, {
    description:
      'Gives a count up. What it found unfit stays off the shelf. To give it up again changes nothing.',
  })
  cancelStocktake(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which count.' }) input: StocktakeGraphqlInput,
  ): Promise<Stocktake> {
    return this.cancelling.run(ctx, input);
  }
}
