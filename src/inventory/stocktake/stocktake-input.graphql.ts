import { Field, InputType, Int } from '@nestjs/graphql';
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
import { ID } from '../../platform/graphql';
import { WasteReason } from '../inventory.graphql';
import { StockAmountInput, StockAmountOrNoneInput } from '../units/unit.graphql';
import { StocktakeReason } from './stocktake.graphql';

@InputType('OpenStocktakeInput', { description: 'A count to begin.' })
export class OpenStocktakeGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key opens once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Where.' })
  @IsUUID()
  facilityId: string;
  @Field(() => [ID], { nullable: true, description: 'Only these products, by code; left out: all.' })
  @IsOptional()
  @ArrayMaxSize(100)
  @Length(1, 64, { each: true })
  productCodes?: string[] | null;
}

@InputType('StocktakeInput', { description: 'A count of a place.' })
export class StocktakeGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The count.' })
  @IsUUID()
  stocktakeId: string;
}

@InputType('UnfitDosesInput', { description: 'What is unfit for one reason.' })
export class UnfitDosesGraphqlInput extends StockAmountInput {
  @Field(() => WasteReason, {
    description: 'Why; not `MISSING`: what is missing is not counted. At stage 3 or 4: `VVM_CHANGED`.',
  })
  @IsEnum(WasteReason)
  reason: WasteReason;
}

@InputType('CountedLotInput', {
  description:
    'What was counted of a lot on the shelf as fit for use, opened vials too; not what is packed for a shipment.',
})
export class CountedLotGraphqlInput extends StockAmountOrNoneInput {
  @Field(() => ID, { description: 'The lot.' })
  @IsUUID()
  lotId: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The worst stage of the vaccine vial monitors of these, 1 or 2.',
  })
  @IsOptional()
  @Min(1)
  @Max(2)
  vvmStage?: number | null;
  @Field(() => [UnfitDosesGraphqlInput], { defaultValue: [], description: 'What is not, by reason.' })
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => UnfitDosesGraphqlInput)
  unfit: UnfitDosesGraphqlInput[];
}

@InputType('CountStockInput', { description: 'Lots that somebody counted.' })
export class CountStockGraphqlInput extends StocktakeGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key counts once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => Date, {
    nullable: true,
    description: 'When they were counted, for a count on paper that is entered later; now when left out.',
  })
  @IsOptional()
  countedAt?: Date | null;
  @Field(() => [CountedLotGraphqlInput], { description: 'What was counted, each lot once.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => CountedLotGraphqlInput)
  lots: CountedLotGraphqlInput[];
}

@InputType('StocktakeReasonInput', { description: 'Why a lot does not agree with the book.' })
export class StocktakeReasonGraphqlInput {
  @Field(() => ID, { description: 'The lot.' })
  @IsUUID()
  lotId: string;
  @Field(() => StocktakeReason, { description: 'Why.' })
  @IsEnum(StocktakeReason)
  reason: StocktakeReason;
  @Field(() => String, { nullable: true, description: 'What else is to be said, at most 500 characters.' })
  @IsOptional()
  @Length(1, 500)
  remark?: string | null;
}

@InputType('SubmitStocktakeInput', { description: 'A count of which all is counted.' })
export class SubmitStocktakeGraphqlInput extends StocktakeGraphqlInput {
  @Field(() => [StocktakeReasonGraphqlInput], {
    defaultValue: [],
    description: 'For lots that do not agree with the book.',
  })
  @ArrayMaxSize(2000)
  @ValidateNested({ each: true })
  @Type(() => StocktakeReasonGraphqlInput)
  reasons: StocktakeReasonGraphqlInput[];
}

@InputType('DecideStocktakeInput', { description: 'What becomes of a count.' })
export class DecideStocktakeGraphqlInput extends StocktakeGraphqlInput {
  @Field(() => Int, { description: 'The `version` of it that the decision is about.' })
  @Min(1)
  @Max(2_147_483_647)
  version: number;
  @Field(() => Boolean, { description: 'True: the ledger is to say what was counted. False: count again.' })
  approve: boolean;
  @Field(() => [ID], {
    nullable: true,
    description: 'Only these lots are counted again; left out: all. Not when it is approved.',
  })
  @IsOptional()
  @ArrayMaxSize(2000)
  @IsUUID(undefined, { each: true })
  recountLotIds?: string[] | null;
}
