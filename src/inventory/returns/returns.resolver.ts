import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ReturnStockGraphqlInput, ReturnStockResult } from './return.graphql';
import { ReturnStock } from './return-stock';

@Resolver()
export class ReturnsResolver {
  constructor(private readonly returning: ReturnStock) {}

  @Allow('stock.return')
  @Mutation(() => ReturnStockResult, {
    description:
      'Sets aside what a shipment brought, to go back to who sent it. It leaves with `despatchStock` and is counted with `receiveShipment`. What is unfit can go back too, and is not accepted where it could be given.',
  })
  returnStock(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Of which shipment, what and why.' }) input: ReturnStockGraphqlInput,
  ): Promise<typeof ReturnStockResult> {
    return this.returning.run(ctx, input);
  }
}
