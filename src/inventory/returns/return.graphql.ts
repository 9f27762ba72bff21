import { createUnionType, Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsEnum, ValidateNested } from 'class-validator';
import { byClass } from '../../platform/graphql';
import { LotExpired, LotNotInStock, LotOnHold } from '../inventory.refusals';
import { ReturnReasonEnum, ShipmentGraphqlInput, StockShipment } from '../shipments/shipment.graphql';
import type { ReturnReason } from '../shipments/shipments.store';
import { LotAmountInput } from '../units/unit.graphql';
import { MoreThanReturnable } from './returns.refusals';

export const ReturnStockResult = createUnionType({
  name: 'ReturnStockResult',
  description: 'The shipment that brings it back, or why it does not go back for that reason.',
  types: () => [StockShipment, MoreThanReturnable, LotOnHold, LotExpired, LotNotInStock] as const,
  resolveType: byClass,
});

@InputType('ReturnLotInput', {
  description: 'What of a lot goes back; of a vaccine, in vials that nobody has opened.',
})
export class ReturnLotGraphqlInput extends LotAmountInput {}

@InputType('ReturnStockInput', { description: 'What goes back of a shipment that was received.' })
export class ReturnStockGraphqlInput extends ShipmentGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key returns once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ReturnReasonEnum, { description: 'Why.' })
  @IsEnum(ReturnReasonEnum)
  reason: ReturnReason;
  @Field(() => [ReturnLotGraphqlInput], { description: 'Which lots, each once.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => ReturnLotGraphqlInput)
  lots: ReturnLotGraphqlInput[];
}
