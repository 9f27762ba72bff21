import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { PublishRates } from './publish-rates';
import {
  DeliveryPrice,
  DeliveryQuotesGraphqlInput,
  PublishRatesGraphqlInput,
  RateListView,
} from './rate.graphql';
import { ReadRates } from './read-rates';

@Resolver()
export class RatesResolver {
  constructor(
    private readonly publish: PublishRates,
    private readonly read: ReadRates,
  ) {}

  @Allow('rate.publish')
  @Mutation(() => RateListView, {
    description: 'Says what carrying costs from a day on. What was quoted before stays as it was quoted.',
  })
  publishRates(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The price list.' }) input: PublishRatesGraphqlInput,
  ): Promise<RateListView> {
    return this.publish.run(ctx, input);
  }

  @Allow('rate.read')
  @Query(() => RateListView, {
    nullable: true,
    description: 'A price list of the delivery network; absent when there is none.',
  })
  rateList(
    @Ctx() ctx: Context,
    @Args('version', {
      type: () => Int,
      nullable: true,
      description: 'Which one; the one that holds today when left out.',
    })
    version: number | null,
  ): Promise<RateListView | null> {
    return this.read.list(ctx, version ?? null);
  }

  @Allow('consignment.order')
  @Query(() => [DeliveryPrice], {
    complexity: 50,
    description:
      'What each service asks the calling partner for a consignment today, cheapest first; none while the country has no price list in force.',
  })
  deliveryQuotes(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What, from where and where to.' }) input: DeliveryQuotesGraphqlInput,
  ): Promise<DeliveryPrice[]> {
    return this.read.quotes(ctx, input);
  }
}
