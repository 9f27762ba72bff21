import { createUnionType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsEnum,
  IsOptional,
  IsUUID,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { byClass, DateScalar, ID, Page } from '../../platform/graphql';
import { WasteReason } from '../inventory.graphql';
import { LotExpired, LotNotInStock, LotOnHold } from '../inventory.refusals';
import { LotAmountInput, ProductAmountInput, StockAmount } from '../units/unit.graphql';
import { NotEnoughStock, PackingDiffers, ReceiptDiffers, UnfitNotAccepted } from './shipments.refusals';
import type { ReturnReason, ShipmentState } from './shipments.store';

const MOST = 10_000_000;

export const ShipmentStateEnum = {
  ALLOCATED: 'ALLOCATED',
  DESPATCHED: 'DESPATCHED',
  RECEIVED: 'RECEIVED',
  CANCELLED: 'CANCELLED',
} as const satisfies Record<ShipmentState, ShipmentState>;
registerEnumType(ShipmentStateEnum, {
  name: 'StockShipmentState',
  description: 'How far a shipment of stock has come.',
  valuesMap: {
    ALLOCATED: { description: 'Set aside for whoever will receive it.' },
    DESPATCHED: { description: 'On its way.' },
    RECEIVED: { description: 'Counted where it arrived.' },
    CANCELLED: { description: 'Put back on the shelf before it left.' },
  },
});

export enum ShipmentWay {
  FROM = 'FROM',
  TO = 'TO',
}
registerEnumType(ShipmentWay, {
  name: 'StockShipmentWay',
  description: 'Shipments that leave a facility, or that come to it.',
  valuesMap: { FROM: { description: 'That it sends.' }, TO: { description: 'That it receives.' } },
});

export enum ShortReason {
  LOST_ON_THE_WAY = 'LOST_ON_THE_WAY',
  STOLEN = 'STOLEN',
  NOT_PACKED = 'NOT_PACKED',
  SENT_ELSEWHERE = 'SENT_ELSEWHERE',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(ShortReason, {
  name: 'ShortReason',
  description: 'Why doses that were sent did not come, as far as the receiver knows.',
  valuesMap: {
    LOST_ON_THE_WAY: { description: 'They left and were lost.' },
    STOLEN: { description: 'They were stolen.' },
    NOT_PACKED: { description: 'The seals are whole: they were never in it.' },
    SENT_ELSEWHERE: { description: 'Another facility has them.' },
    UNKNOWN: { description: 'Nobody knows yet.' },
  },
});

export enum OverReason {
  PACKED_TOO_MANY = 'PACKED_TOO_MANY',
  WRONG_LOT = 'WRONG_LOT',
  MEANT_FOR_ANOTHER = 'MEANT_FOR_ANOTHER',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(OverReason, {
  name: 'OverReason',
  description: 'Why doses came that were not sent, as far as the receiver knows.',
  valuesMap: {
    PACKED_TOO_MANY: { description: 'More was packed than was written.' },
    WRONG_LOT: { description: 'Another lot was packed than was written.' },
    MEANT_FOR_ANOTHER: { description: 'They were meant for another facility.' },
    UNKNOWN: { description: 'Nobody knows yet.' },
  },
});

export const ReturnReasonEnum = {
  EXCESS: 'EXCESS',
  NEAR_EXPIRY: 'NEAR_EXPIRY',
  EXPIRED: 'EXPIRED',
  RECALLED: 'RECALLED',
  DAMAGED: 'DAMAGED',
} as const satisfies Record<ReturnReason, ReturnReason>;
registerEnumType(ReturnReasonEnum, {
  name: 'ReturnReason',
  description: 'Why stock goes back to who sent it. The first two are fit for use; the others are not.',
  valuesMap: {
    EXCESS: { description: 'More is there than is needed.' },
    NEAR_EXPIRY: { description: 'It would expire before it is used there, and can be used elsewhere.' },
    EXPIRED: { description: 'Past its last day.' },
    RECALLED: { description: 'It is recalled.' },
    DAMAGED: { description: 'Broken, frozen, too warm, or its monitor has changed.' },
  },
});

@ObjectType({
  description:
    'A lot in a shipment. In its unit: accepted + rejected + short − over is what was sent, `doses` or `pieces`.',
})
export class StockShipmentLine extends StockAmount {
  @Field(() => ID, { description: 'The lot.' })
  lotId: string;
  @Field(() => String, { description: 'Its number as printed on the vial.' })
  lotNumber: string;
  @Field(() => ID, { description: 'Code of the product.' })
  productCode: string;
  @Field(() => DateScalar, { description: 'The last day on which it may be used.' })
  expiresOn: string;
  @Field(() => Int, { nullable: true, description: 'Taken in; absent, as the next, until it was received.' })
  accepted: number | null;
  @Field(() => Int, { nullable: true, description: 'Came and were unfit.' })
  rejected: number | null;
  @Field(() => WasteReason, { nullable: true, description: 'Why they were unfit.' })
  rejectReason: string | null;
  @Field(() => Int, { nullable: true, description: 'Were sent and did not come.' })
  short: number | null;
  @Field(() => ShortReason, { nullable: true, description: 'Why they did not come.' })
  shortReason: string | null;
  @Field(() => Int, { nullable: true, description: 'Came and were not sent.' })
  over: number | null;
  @Field(() => OverReason, { nullable: true, description: 'Why they came.' })
  overReason: string | null;
}

@ObjectType({ description: 'What of a lot is in a handling unit.' })
export class ShipmentBoxLot extends StockAmount {
  @Field(() => ID, { description: 'The lot.' })
  lotId: string;
}

@ObjectType({ description: 'A handling unit that carries a shipment, or a part of it.' })
export class ShipmentBox {
  @Field(() => ID, { description: 'Its code, as `handlingUnit` knows it: where it is, its scans tell.' })
  unit: string;
  @Field(() => ID, {
    nullable: true,
    description:
      'Code of the unit that it stands in, as whoever packed it said; absent where nobody did. Its scans know better.',
  })
  into: string | null;
  @Field(() => [ShipmentBoxLot], { complexity: 5, description: 'What is in it of the shipment.' })
  lots: ShipmentBoxLot[];
}

@ObjectType({ description: 'Vaccines and supplies that go from one facility to another.' })
export class StockShipment {
  @Field(() => ID, { description: 'Its id; with the facility that sends it names the shipment.' })
  id: string;
  @Field(() => ID, { description: 'Who sends.' })
  facilityId: string;
  @Field(() => ID, { description: 'Who receives.' })
  toFacilityId: string;
  @Field(() => ShipmentStateEnum, { description: 'How far it has come.' })
  state: ShipmentState;
  @Field(() => ID, {
    nullable: true,
    description:
      'The requisition that it answers, of the facility that receives it; absent where nobody asked.',
  })
  requisitionId: string | null;
  @Field(() => ID, {
    nullable: true,
    description:
      'The shipment that it brings back, all or part, of the facility that receives it; absent where it brings nothing back.',
  })
  returnsId: string | null;
  @Field(() => ReturnReasonEnum, { nullable: true, description: 'Why it goes back.' })
  returnReason: ReturnReason | null;
  @Field(() => Date, { description: 'When it was set aside.' })
  allocatedAt: Date;
  @Field(() => Date, { nullable: true, description: 'When it left.' })
  despatchedAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'When it was counted.' })
  receivedAt: Date | null;
  @Field(() => [StockShipmentLine], { complexity: 10, description: 'Its lots.' })
  lines: StockShipmentLine[];
  @Field(() => [ShipmentBox], {
    complexity: 5,
    description: 'The handling units that carry it; none where nobody said.',
  })
  boxes: ShipmentBox[];
}

@ObjectType({ description: 'A page of shipments.' })
export class StockShipmentPage extends Page {
  @Field(() => [StockShipment], { description: 'Newest first.' })
  items: StockShipment[];
}

export const AllocateStockResult = createUnionType({
  name: 'AllocateStockResult',
  description: 'The shipment, or what the facility does not have for it.',
  types: () => [StockShipment, NotEnoughStock] as const,
  resolveType: byClass,
});

export const DespatchStockResult = createUnionType({
  name: 'DespatchStockResult',
  description:
    'The shipment on its way, or the lot that may not leave any more. Cancel it and allocate anew.',
  types: () => [StockShipment, LotOnHold, LotExpired, LotNotInStock] as const,
  resolveType: byClass,
});

export const ReceiveShipmentResult = createUnionType({
  name: 'ReceiveShipmentResult',
  description: 'The shipment as it was received, or the lots that do not add up or may not be taken in.',
  types: () => [StockShipment, ReceiptDiffers, UnfitNotAccepted] as const,
  resolveType: byClass,
});

export const PackShipmentResult = createUnionType({
  name: 'PackShipmentResult',
  description: 'The shipment with its boxes, or the lots that are not packed as they were set aside.',
  types: () => [StockShipment, PackingDiffers] as const,
  resolveType: byClass,
});

@InputType('AllocateProductInput', {
  description: 'An amount of a product: lots are chosen first expired, first out.',
})
export class AllocateProductGraphqlInput extends ProductAmountInput {}

@InputType('AllocateStockInput', { description: 'Stock to be set aside for another facility.' })
export class AllocateStockGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key allocates once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Who sends.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'Who receives.' })
  @IsUUID()
  toFacilityId: string;
  @Field(() => [AllocateProductGraphqlInput], { description: 'Of what and how much, each product once.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => AllocateProductGraphqlInput)
  products: AllocateProductGraphqlInput[];
}

@InputType('ShipmentInput', { description: 'A shipment.' })
export class ShipmentGraphqlInput {
  @Field(() => ID, { description: 'Who sends it.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The shipment.' })
  @IsUUID()
  shipmentId: string;
}

@InputType('ShipmentBoxLotInput', { description: 'What of a lot is in a handling unit.' })
export class ShipmentBoxLotGraphqlInput extends LotAmountInput {}

@InputType('ShipmentBoxInput', { description: 'A handling unit, and what it carries of a shipment.' })
export class ShipmentBoxGraphqlInput {
  @Field(() => String, {
    description: 'The code on its label: an SSCC, an S10 number or the network’s own code.',
  })
  @Length(1, 256)
  unit: string;
  @Field(() => String, {
    nullable: true,
    description:
      'The code of the unit that it stands in: a cold box, a carton, a vehicle. It counts until the box is scanned: what befalls that unit befalls it.',
  })
  @IsOptional()
  @Length(1, 256)
  into?: string | null;
  @Field(() => [ShipmentBoxLotGraphqlInput], {
    nullable: true,
    description: 'What is in it, each lot once; left out: all of the shipment, which is then in one box.',
  })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => ShipmentBoxLotGraphqlInput)
  lots?: ShipmentBoxLotGraphqlInput[] | null;
}

@InputType('PackShipmentInput', { description: 'Which handling units carry a shipment.' })
export class PackShipmentGraphqlInput extends ShipmentGraphqlInput {
  @Field(() => [ShipmentBoxGraphqlInput], {
    description: 'All of them: together they hold all of the shipment.',
  })
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ShipmentBoxGraphqlInput)
  boxes: ShipmentBoxGraphqlInput[];
}

@InputType('ReceivedLineInput', {
  description: 'What became of a lot, in its unit: accepted + rejected + short − over must be what was sent.',
})
export class ReceivedLineGraphqlInput {
  @Field(() => ID, { description: 'The lot.' })
  @IsUUID()
  lotId: string;
  @Field(() => Int, { description: 'Taken onto the shelf, what came too many among them.' })
  @Min(0)
  @Max(MOST)
  accepted: number;
  @Field(() => Int, {
    nullable: true,
    description:
      'The worst stage of the vaccine vial monitors of those accepted, 1 or 2. Reject what is at 3 or 4 with `VVM_CHANGED`.',
  })
  @IsOptional()
  @Min(1)
  @Max(2)
  vvmStage?: number | null;
  @Field(() => Int, { defaultValue: 0, description: 'Came and are unfit.' })
  @Min(0)
  @Max(MOST)
  rejected: number;
  @Field(() => WasteReason, { nullable: true, description: 'Why they are unfit; needed when some are.' })
  @IsOptional()
  @IsEnum(WasteReason)
  rejectReason?: WasteReason | null;
  @Field(() => Int, { defaultValue: 0, description: 'Were sent and did not come.' })
  @Min(0)
  @Max(MOST)
  short: number;
  @Field(() => ShortReason, {
    nullable: true,
    description: 'Why they did not come; needed when some did not.',
  })
  @IsOptional()
  @IsEnum(ShortReason)
  shortReason?: ShortReason | null;
  @Field(() => Int, { defaultValue: 0, description: 'Came and were not sent.' })
  @Min(0)
  @Max(MOST)
  over: number;
  @Field(() => OverReason, { nullable: true, description: 'Why they came; needed when some did.' })
  @IsOptional()
  @IsEnum(OverReason)
  overReason?: OverReason | null;
}

@InputType('ReceiveShipmentInput', { description: 'A shipment as it was counted on arrival.' })
export class ReceiveShipmentGraphqlInput extends ShipmentGraphqlInput {
  @Field(() => [ReceivedLineGraphqlInput], {
    description: 'Every lot of the shipment; and lots that came and were not sent, as over.',
  })
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => ReceivedLineGraphqlInput)
  lines: ReceivedLineGraphqlInput[];
}
