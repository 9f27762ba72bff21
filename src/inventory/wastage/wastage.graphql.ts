import { ArgsType, Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { IsOptional, IsUUID, Length } from 'class-validator';
import { DateScalar, ID, Page, PageArgs } from '../../platform/graphql';
import { InUnit } from '../units/unit.graphql';
import { WasteReason } from '../inventory.graphql';

@ObjectType({ description: 'What was wasted or lost for one reason.' })
export class WastedForReason {
  @Field(() => WasteReason, {
    description: 'Why; MISSING also for what a shipment came short of, which counts for whoever sent it.',
  })
  reason: string;
  @Field(() => Int, { description: 'Out of opened vials.' })
  opened: number;
  @Field(() => Int, { description: 'In vials that nobody had opened.' })
  unopened: number;
}

@ObjectType({
  isAbstract: true,
  description: 'What was given and what was not.',
})
export class WastageNumbers extends InUnit {
  @Field(() => Int, { description: 'Given; of a supply: used.' })
  given: number;
  @Field(() => Int, { description: 'Wasted or lost out of opened vials.' })
  opened: number;
  @Field(() => Int, {
    description: 'Wasted or lost in vials that nobody had opened; all that was of a supply.',
  })
  unopened: number;
  @Field(() => Float, {
    nullable: true,
    description:
      'Wasted or lost, as a share (0 to 1) of all that was wasted, lost or given (WHO/V&B/03.18); absent where nothing was.',
  })
  rate: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'Of the doses of opened vials, the share (0 to 1) that nobody was given.',
  })
  openedRate: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'Of all that was wasted, lost or given, the share (0 to 1) that was never opened.',
  })
  unopenedRate: number | null;
  @Field(() => [WastedForReason], { complexity: 10, description: 'What was wasted, by reason.' })
  reasons: WastedForReason[];
}

@ObjectType({ description: 'Wastage of a product.' })
export class ProductWastage extends WastageNumbers {
  @Field(() => ID, { description: 'Code of the product.' })
  productCode: string;
  @Field(() => String, { description: 'What it is called, in the caller’s language.' })
  productName: string;
}

@ObjectType({
  description: 'Wastage at a facility, of all vaccines together, or of the one product that was asked for.',
})
export class FacilityWastage extends WastageNumbers {
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => String, { description: 'What it is called, in the caller’s language.' })
  facilityName: string;
}

@ObjectType({ description: 'What a figure of wastage is, in words.' })
export class WastageDefinition {
  @Field(() => String, { description: 'Name of the field that it is of.' })
  figure: string;
  @Field(() => String, { description: 'What it is, of what, in the caller’s language.' })
  text: string;
}

@ObjectType({ description: 'Wastage of whole months, and a page of the facilities that it was at.' })
export class StockWastagePage extends Page {
  @Field(() => [FacilityWastage], { description: 'By facility, in no order that means anything.' })
  items: FacilityWastage[];
  @Field(() => [WastageDefinition], { complexity: 5, description: 'What each figure is, and of what.' })
  definitions: WastageDefinition[];
  @Field(() => [ProductWastage], {
    complexity: 50,
    description: 'By product, of all that was asked for, supplies too.',
  })
  products: ProductWastage[];
  @Field(() => Date, {
    nullable: true,
    description:
      'All that was entered before it is counted; it is counted once a day. Absent while a facility was not counted yet.',
  })
  asOf: Date | null;
}

@ArgsType()
export class StockWastageArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'At this facility alone.' })
  @IsOptional()
  @IsUUID()
  facilityId?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'In this area and all below it; left out with the facility: in the whole country.',
  })
  @IsOptional()
  @IsUUID()
  areaId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Of this product alone; left out: of all.' })
  @IsOptional()
  @Length(1, 64)
  productCode?: string | null;
  @Field(() => DateScalar, { description: 'A day of the first month.' })
  from: string;
  @Field(() => DateScalar, { description: 'A day of the last month, at most three years later.' })
  to: string;
}
