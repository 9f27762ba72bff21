import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { OrderConsignments } from './order-consignments';
import { OrderConsignmentsGraphqlInput, OrderedConsignment } from './order.graphql';

@Resolver()
export class OrdersResolver {
  constructor(private readonly orders: OrderConsignments) {}

  @Allow('consignment.order')
  @Mutation(() => [OrderedConsignment], {
    complexity: 200,
    description:
      'Sends many consignments of the calling partner, each on its own: a row that is wrong keeps no other back.',
  })
  orderConsignments(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What is sent.' }) input: OrderConsignmentsGraphqlInput,
  ): Promise<OrderedConsignment[]> {
    return this.orders.run(ctx, input.rows);
  }
}
