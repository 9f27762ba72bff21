import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID, PageArgs } from '../../platform/graphql';
import { AllocateStockResult, ShipmentWay } from '../shipments/shipment.graphql';
import { AllocateRequisition } from './allocate-requisition';
import { CancelRequisition } from './cancel-requisition';
import { DecideRequisition } from './decide-requisition';
import { ReadRequisitions } from './read-requisitions';
import { RequestStock } from './request-stock';
import {
  DecideRequisitionGraphqlInput,
  DecideRequisitionResult,
  RequestStockGraphqlInput,
  RequestStockResult,
  RequisitionGraphqlInput,
  StockRequisition,
  StockRequisitionPage,
} from './requisition.graphql';

@Resolver()
export class RequisitionsResolver {
  constructor(
    private readonly asking: RequestStock,
    private readonly deciding: DecideRequisition,
    private readonly allocating: AllocateRequisition,
    private readonly cancelling: CancelRequisition,
    private readonly read: ReadRequisitions,
  ) {}

  @Allow('stock.read')
  @Query(() => StockRequisitionPage, {
    description: 'What a facility asks for (`TO`: stock that is to come to it), or is asked for (`FROM`).',
    complexity: ({ args, childComplexity }) => Number(args.first) * childComplexity,
  })
  stockRequisitions(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
    @Args('way', { type: () => ShipmentWay, description: 'To it or from it.' }) way: ShipmentWay,
    @Args() page: PageArgs,
  ): Promise<StockRequisitionPage> {
    return this.read.run(ctx, facilityId, way, page);
  }

  @Allow('stock.request')
  @Mutation(() => RequestStockResult, {
    description:
      'A facility asks another for stock: what its levels propose, or something else with a reason.',
  })
  requestStock(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Whom, of what and how much.' }) input: RequestStockGraphqlInput,
  ): Promise<typeof RequestStockResult> {
    return this.asking.run(ctx, input);
  }

  @Allow('stock.approve')
  @Mutation(() => DecideRequisitionResult, {
    description:
      'Grants what is asked for, all, part or nothing; not by whoever asked. Until stock is set aside, a later decision takes the place of an earlier one.',
  })
  decideRequisition(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which requisition, and what is granted.' })
    input: DecideRequisitionGraphqlInput,
  ): Promise<typeof DecideRequisitionResult> {
    return this.deciding.run(ctx, input);
  }

  @Allow('stock.despatch')
  @Mutation(() => AllocateStockResult, {
    description:
      'Sets aside what was granted, first expired, first out: nothing expired, held or opened. To allocate again gives the same shipment.',
  })
  allocateRequisition(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which requisition.' }) input: RequisitionGraphqlInput,
  ): Promise<typeof AllocateStockResult> {
    return this.allocating.run(ctx, input);
  }

  @Allow('stock.request')
  @Mutation(() => StockRequisition, {
    description: 'What was asked for is not wanted any more. To cancel it again changes nothing.',
  })
  cancelRequisition(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which requisition.' }) input: RequisitionGraphqlInput,
  ): Promise<StockRequisition> {
    return this.cancelling.run(ctx, input);
  }
}
