import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID, PageArgs } from '../../platform/graphql';
import { AllocateStock } from './allocate-stock';
import { DespatchStock } from './despatch-stock';
import { PackShipment } from './pack-shipment';
import { ReadShipments } from './read-shipments';
import { ReceiveShipment } from './receive-shipment';
import {
  AllocateStockGraphqlInput,
  AllocateStockResult,
  DespatchStockResult,
  PackShipmentGraphqlInput,
  PackShipmentResult,
  ReceiveShipmentGraphqlInput,
  ReceiveShipmentResult,
  ShipmentGraphqlInput,
  ShipmentWay,
  StockShipment,
  StockShipmentPage,
} from './shipment.graphql';

@Resolver()
export class ShipmentsResolver {
  constructor(
    private readonly allocating: AllocateStock,
    private readonly leaving: DespatchStock,
    private readonly packing: PackShipment,
    private readonly arriving: ReceiveShipment,
    private readonly read: ReadShipments,
  ) {}

  @Allow('stock.read')
  @Query(() => StockShipmentPage, {
    description: 'Shipments that a facility sends, or that come to it.',
    complexity: ({ args, childComplexity }) => Number(args.first) * childComplexity,
  })
  stockShipments(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
    @Args('way', { type: () => ShipmentWay, description: 'From it or to it.' }) way: ShipmentWay,
    @Args() page: PageArgs,
  ): Promise<StockShipmentPage> {
    return this.read.run(ctx, facilityId, way, page);
  }

  @Allow('stock.despatch')
  @Mutation(() => AllocateStockResult, {
    description:
      'Sets stock aside for another facility, first expired, first out: nothing expired, held or opened.',
  })
  allocateStock(
    @Ctx() ctx: Context,
    @Args('input', { description: 'For whom, of what and how much.' }) input: AllocateStockGraphqlInput,
  ): Promise<typeof AllocateStockResult> {
    return this.allocating.run(ctx, input);
  }

  @Allow('stock.despatch', 'stock.return')
  @Mutation(() => PackShipmentResult, {
    description:
      'Says which handling units carry a shipment, before it leaves or on its way: what befalls a box befalls its doses, and a recall finds them. What is said last holds.',
  })
  packShipment(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which shipment, and what is in which unit.' })
    input: PackShipmentGraphqlInput,
  ): Promise<typeof PackShipmentResult> {
    return this.packing.run(ctx, input);
  }

  @Allow('stock.despatch', 'stock.return')
  @Mutation(() => DespatchStockResult, {
    description: 'What was set aside leaves. To despatch it again changes nothing.',
  })
  despatchStock(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which shipment.' }) input: ShipmentGraphqlInput,
  ): Promise<typeof DespatchStockResult> {
    return this.leaving.despatch(ctx, input);
  }

  @Allow('stock.despatch', 'stock.return')
  @Mutation(() => StockShipment, {
    description: 'What was set aside goes back onto the shelf. To cancel it again changes nothing.',
  })
  cancelShipment(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which shipment.' }) input: ShipmentGraphqlInput,
  ): Promise<StockShipment> {
    return this.leaving.cancel(ctx, input);
  }

  @Allow('stock.receive')
  @Mutation(() => ReceiveShipmentResult, {
    description: 'Counts a shipment where it arrives: accepted + rejected + short − over is what was sent.',
  })
  receiveShipment(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which shipment, and what came of each lot.' })
    input: ReceiveShipmentGraphqlInput,
  ): Promise<typeof ReceiveShipmentResult> {
    return this.arriving.run(ctx, input);
  }
}
