import { createUnionType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsEnum,
  IsOptional,
  IsUUID,
  Length,
  ValidateNested,
} from 'class-validator';
import { byClass, ID, Page } from '../../platform/graphql';
import { InUnit, ProductAmountInput, StockAmountOrNoneInput } from '../units/unit.graphql';
import type { RequisitionState } from './requisition-rules';
import { RequestNeedsReason, RequisitionNeedsSecondPerson } from './requisitions.refusals';

export const RequisitionStateEnum = {
  REQUESTED: 'REQUESTED',
  APPROVED: 'APPROVED',
  REFUSED: 'REFUSED',
  CANCELLED: 'CANCELLED',
  ALLOCATED: 'ALLOCATED',
  DESPATCHED: 'DESPATCHED',
  RECEIVED: 'RECEIVED',
} as const satisfies Record<RequisitionState, RequisitionState>;
registerEnumType(RequisitionStateEnum, {
  name: 'StockRequisitionState',
  description: 'How far a requisition has come.',
  valuesMap: {
    REQUESTED: { description: 'Asked for; a second person has not decided yet.' },
    APPROVED: { description: 'Granted, all or part; nothing is set aside for it yet.' },
    REFUSED: { description: 'Nothing was granted.' },
    CANCELLED: { description: 'Not wanted any more.' },
    ALLOCATED: { description: 'Stock is set aside for it. Its shipment says the rest.' },
    DESPATCHED: { description: 'On its way.' },
    RECEIVED: { description: 'Counted where it was asked for.' },
  },
});

export enum RequestReason {
  CAMPAIGN = 'CAMPAIGN',
  OUTBREAK = 'OUTBREAK',
  MORE_EXPECTED = 'MORE_EXPECTED',
  FEWER_EXPECTED = 'FEWER_EXPECTED',
  STORAGE_SPACE = 'STORAGE_SPACE',
  COUNT_WRONG = 'COUNT_WRONG',
  COMING_ELSEWHERE = 'COMING_ELSEWHERE',
}
registerEnumType(RequestReason, {
  name: 'RequestReason',
  description: 'Why something else is asked for than the levels propose.',
  valuesMap: {
    CAMPAIGN: { description: 'A campaign needs more.' },
    OUTBREAK: { description: 'An outbreak needs more.' },
    MORE_EXPECTED: { description: 'More people are expected than came of late.' },
    FEWER_EXPECTED: { description: 'Fewer people are expected than came of late.' },
    STORAGE_SPACE: { description: 'There is not the room to keep more cold.' },
    COUNT_WRONG: { description: 'What is on hand is not what the books say; a count will follow.' },
    COMING_ELSEWHERE: { description: 'Some comes another way.' },
  },
});

export enum CutReason {
  NOT_ENOUGH_STOCK = 'NOT_ENOUGH_STOCK',
  NEEDED_ELSEWHERE = 'NEEDED_ELSEWHERE',
  ABOVE_MAXIMUM = 'ABOVE_MAXIMUM',
  NOT_PLAUSIBLE = 'NOT_PLAUSIBLE',
  NO_COLD_STORAGE = 'NO_COLD_STORAGE',
}
registerEnumType(CutReason, {
  name: 'RequisitionCutReason',
  description: 'Why less is granted than was asked for.',
  valuesMap: {
    NOT_ENOUGH_STOCK: { description: 'There is not so much.' },
    NEEDED_ELSEWHERE: { description: 'Others need it more.' },
    ABOVE_MAXIMUM: { description: 'It would be more than the maximum there.' },
    NOT_PLAUSIBLE: { description: 'What was used does not explain it.' },
    NO_COLD_STORAGE: { description: 'It could not be kept cold there.' },
  },
});

@ObjectType({ description: 'A product in a requisition.' })
export class RequisitionLine extends InUnit {
  @Field(() => ID, { description: 'Code of the product.' })
  productCode: string;
  @Field(() => String, { description: "What the product is called in the caller's language." })
  productName: string;
  @Field(() => Int, { description: 'What could be given there when it was asked for.' })
  usable: number;
  @Field(() => Int, { description: 'What was on its way there already.' })
  onTheWay: number;
  @Field(() => Int, {
    nullable: true,
    description: 'What the levels proposed to ask for; absent where none was set.',
  })
  proposed: number | null;
  @Field(() => Int, { description: 'What was asked for.' })
  requested: number;
  @Field(() => RequestReason, { nullable: true, description: 'Why that is not what was proposed.' })
  reason: string | null;
  @Field(() => Int, { nullable: true, description: 'What was granted; absent before the decision.' })
  approved: number | null;
  @Field(() => CutReason, { nullable: true, description: 'Why that is less than was asked for.' })
  cutReason: string | null;
}

@ObjectType({ description: 'What a facility asks another for.' })
export class StockRequisition {
  @Field(() => ID, { description: 'Its id; with the facility that asks it names the requisition.' })
  id: string;
  @Field(() => ID, { description: 'Who asks.' })
  facilityId: string;
  @Field(() => ID, { description: 'Who is asked.' })
  supplierId: string;
  @Field(() => RequisitionStateEnum, { description: 'How far it has come.' })
  state: RequisitionState;
  @Field(() => Date, { description: 'When it was asked for.' })
  askedAt: Date;
  @Field(() => Date, { nullable: true, description: 'When it was decided on last.' })
  decidedAt: Date | null;
  @Field(() => ID, {
    nullable: true,
    description: 'The shipment that answers it, of the facility that is asked; absent before.',
  })
  shipmentId: string | null;
  @Field(() => [RequisitionLine], { complexity: 10, description: 'What of each product.' })
  lines: RequisitionLine[];
}

@ObjectType({ description: 'A page of requisitions.' })
export class StockRequisitionPage extends Page {
  @Field(() => [StockRequisition], { description: 'Newest first.' })
  items: StockRequisition[];
}

export const RequestStockResult = createUnionType({
  name: 'RequestStockResult',
  description: 'The requisition, or the products that need a reason.',
  types: () => [StockRequisition, RequestNeedsReason] as const,
  resolveType: byClass,
});

export const DecideRequisitionResult = createUnionType({
  name: 'DecideRequisitionResult',
  description: 'The requisition as it was decided on, or that another person must.',
  types: () => [StockRequisition, RequisitionNeedsSecondPerson] as const,
  resolveType: byClass,
});

@InputType('RequestProductInput', { description: 'What of a product is asked for.' })
export class RequestProductGraphqlInput extends ProductAmountInput {
  @Field(() => RequestReason, {
    nullable: true,
    description: 'Needed when it is not what the levels propose (`stockLevels.toAskFor`).',
  })
  @IsOptional()
  @IsEnum(RequestReason)
  reason?: RequestReason | null;
}

@InputType('RequestStockInput', { description: 'What a facility asks another for.' })
export class RequestStockGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key asks once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Who asks.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'Who is asked.' })
  @IsUUID()
  supplierId: string;
  @Field(() => [RequestProductGraphqlInput], { description: 'Of what and how much, each product once.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => RequestProductGraphqlInput)
  products: RequestProductGraphqlInput[];
}

@InputType('RequisitionInput', { description: 'A requisition.' })
export class RequisitionGraphqlInput {
  @Field(() => ID, { description: 'Who asks.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The requisition.' })
  @IsUUID()
  requisitionId: string;
}

@InputType('GrantProductInput', {
  description: 'What of a product is granted: none to refuse, no more than was asked for.',
})
export class GrantProductGraphqlInput extends StockAmountOrNoneInput {
  @Field(() => ID, { description: 'Code of the product.' })
  @Length(1, 64)
  productCode: string;
  @Field(() => CutReason, { nullable: true, description: 'Needed when it is less than was asked for.' })
  @IsOptional()
  @IsEnum(CutReason)
  reason?: CutReason | null;
}

@InputType('DecideRequisitionInput', { description: 'What is granted of a requisition.' })
export class DecideRequisitionGraphqlInput extends RequisitionGraphqlInput {
  @Field(() => [GrantProductGraphqlInput], { description: 'Every product that was asked for, once.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => GrantProductGraphqlInput)
  products: GrantProductGraphqlInput[];
}
