import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../platform/access';
import { type Context, Ctx } from '../platform/context';
import { ID, PageArgs } from '../platform/graphql';
import { HoldLot } from './hold-lot';
import {
  HoldLotGraphqlInput,
  LotHold,
  ReceiveStockGraphqlInput,
  ReceiveStockResult,
  ReleaseLotGraphqlInput,
  StockPage,
  WasteStockGraphqlInput,
  WasteStockResult,
} from './inventory.graphql';
import { ReadStock } from './read-stock';
import { ReceiveStock } from './receive-stock';
import { ReleaseLot } from './release-lot';
import { WasteStock } from './waste-stock';

@Resolver()
export class InventoryResolver {
  constructor(
    private readonly read: ReadStock,
    private readonly receive: ReceiveStock,
    private readonly waste: WasteStock,
    private readonly holdLotVerb: HoldLot,
    private readonly release: ReleaseLot,
  ) {}

  @Allow('stock.read')
  @Query(() => StockPage, {
    description: 'The lots that a facility has, of vaccines and of supplies.',
    complexity: ({ args, childComplexity }) => Number(args.first) * childComplexity,
  })
  stock(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
    @Args() page: PageArgs,
  ): Promise<StockPage> {
    return this.read.run(ctx, facilityId, page);
  }

  @Allow('stock.receive')
  @Mutation(() => ReceiveStockResult, {
    description: 'Doses or pieces of a lot come to a facility from outside.',
  })
  receiveStock(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What came.' }) input: ReceiveStockGraphqlInput,
  ): Promise<typeof ReceiveStockResult> {
    return this.receive.run(ctx, input);
  }

  @Allow('stock.waste')
  @Mutation(() => WasteStockResult, { description: 'Doses or pieces of a lot are thrown away or missing.' })
  wasteStock(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What was lost.' }) input: WasteStockGraphqlInput,
  ): Promise<object> {
    return this.waste.run(ctx, input);
  }

  @Allow('stock.hold')
  @Mutation(() => LotHold, {
    description: 'A lot must not be used for now, at a facility or in the whole country.',
  })
  holdLot(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which lot, where and why.' }) input: HoldLotGraphqlInput,
  ): Promise<LotHold> {
    return this.holdLotVerb.run(ctx, input);
  }

  @Allow('stock.hold')
  @Mutation(() => LotHold, { description: 'Ends a hold. To end it again changes nothing.' })
  releaseLot(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which hold and why.' }) input: ReleaseLotGraphqlInput,
  ): Promise<LotHold> {
    return this.release.run(ctx, input);
  }
}
