import { ArgsType, createUnionType, Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsUUID, Length, Max, Min, ValidateNested } from 'class-validator';
import { byClass, ID } from '../../platform/graphql';
import { LotExpired, LotNotInStock, LotOnHold } from '../inventory.refusals';

@ObjectType({ description: 'A lot of which pieces are proposed: first expired, first out.' })
export class ProposedLot {
  @Field(() => ID, { description: 'The lot.' })
  lotId: string;
  @Field(() => String, { description: 'Its number as printed on the pack.' })
  lotNumber: string;
  @Field(() => Int, { description: 'Pieces.' })
  pieces: number;
}

@ObjectType({ description: 'A supply that a session needed or used. Pieces.' })
export class SessionSupply {
  @Field(() => ID, { description: 'Code of the supply.' })
  productCode: string;
  @Field(() => String, { description: "What it is called in the caller's language." })
  productName: string;
  @Field(() => Int, {
    description:
      'What goes with the doses given and the vials opened, by what the country says (bundling: WHO/V&B/99.25).',
  })
  needed: number;
  @Field(() => Int, { description: 'What was recorded as used.' })
  used: number;
  @Field(() => [ProposedLot], {
    description: 'What is needed and not recorded yet, lot by lot, as far as the facility has it.',
  })
  proposed: ProposedLot[];
  @Field(() => Int, {
    description: 'What is needed, not recorded, and by the ledger not there: it came from somewhere.',
  })
  short: number;
}

@ObjectType({ description: 'The supplies of a session.' })
export class SessionSupplies {
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'The session.' })
  sessionId: string;
  @Field(() => [SessionSupply], { complexity: 20, description: 'Those that it needed or used.' })
  supplies: SessionSupply[];
}

@ObjectType({ description: 'A supply that goes along with vaccines. Pieces.' })
export class BundledSupply {
  @Field(() => ID, { description: 'Code of the supply.' })
  productCode: string;
  @Field(() => String, { description: "What it is called in the caller's language." })
  productName: string;
  @Field(() => Int, {
    description:
      'What goes with these doses and the vials they come in, by what the country says (bundling: WHO/V&B/99.25).',
  })
  needed: number;
  @Field(() => Int, {
    description: 'What the facility could use now; it may be needed for vaccines that are there.',
  })
  usable: number;
  @Field(() => Int, { description: 'What is on its way there.' })
  onTheWay: number;
}

export const RecordSuppliesUsedResult = createUnionType({
  name: 'RecordSuppliesUsedResult',
  description: 'The supplies of the session as they stand now, or the lot that cannot have been used.',
  types: () => [SessionSupplies, LotOnHold, LotExpired, LotNotInStock] as const,
  resolveType: byClass,
});

@InputType('PlannedDosesInput', { description: 'Doses that are to be asked for, sent or given.' })
export class PlannedDosesGraphqlInput {
  @Field(() => ID, { description: 'Code of the vaccine.' })
  @Length(1, 64)
  productCode: string;
  @Field(() => Int, { description: 'Doses, 1 to 10000000.' })
  @Min(1)
  @Max(10_000_000)
  doses: number;
}

@ArgsType()
export class BundledSuppliesArgs {
  @Field(() => ID, { description: 'The facility they are for.' })
  @IsUUID()
  facilityId: string;
  @Field(() => [PlannedDosesGraphqlInput], { description: 'The vaccines, each once.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => PlannedDosesGraphqlInput)
  products: PlannedDosesGraphqlInput[];
}

@InputType('UsedSupplyInput', { description: 'Pieces of a lot that were used.' })
export class UsedSupplyGraphqlInput {
  @Field(() => ID, { description: 'The lot.' })
  @IsUUID()
  lotId: string;
  @Field(() => Int, { description: 'Pieces, 1 to 1000000.' })
  @Min(1)
  @Max(1_000_000)
  pieces: number;
}

@InputType('RecordSuppliesUsedInput', { description: 'What a session used of supplies.' })
export class RecordSuppliesUsedGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key records once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The session, which has begun.' })
  @IsUUID()
  sessionId: string;
  @Field(() => [UsedSupplyGraphqlInput], {
    description: 'The lots, each once. They come beside what was recorded before.',
  })
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => UsedSupplyGraphqlInput)
  lots: UsedSupplyGraphqlInput[];
}
