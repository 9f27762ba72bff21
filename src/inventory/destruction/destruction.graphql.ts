import { createUnionType, Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsEnum, IsUUID, Length, ValidateNested } from 'class-validator';
import { byClass, DateScalar, ID, Page } from '../../platform/graphql';
import { LotAmountInput, StockAmount } from '../units/unit.graphql';
import { DestructionNeedsWitness, StockNotWasted } from './destruction.refusals';
import type { DestructionState } from './destruction.store';

export enum DestructionMethod {
  INCINERATION = 'INCINERATION',
  AUTOCLAVING = 'AUTOCLAVING',
  ENCAPSULATION = 'ENCAPSULATION',
  INERTIZATION = 'INERTIZATION',
  ENGINEERED_LANDFILL = 'ENGINEERED_LANDFILL',
}
registerEnumType(DestructionMethod, {
  name: 'DestructionMethod',
  description:
    'How vaccines and supplies were destroyed (WHO, Safe management of wastes from health-care activities).',
  valuesMap: {
    INCINERATION: { description: 'Burnt in an incinerator for health-care waste.' },
    AUTOCLAVING: { description: 'Made harmless by steam: live vaccines before other disposal.' },
    ENCAPSULATION: { description: 'Sealed in a drum with cement, lime or plastic foam.' },
    INERTIZATION: { description: 'Ground and mixed with cement and lime.' },
    ENGINEERED_LANDFILL: { description: 'Buried where leaking is prevented.' },
  },
});

export const DestructionStateEnum = {
  RECORDED: 'RECORDED',
  WITNESSED: 'WITNESSED',
  WITHDRAWN: 'WITHDRAWN',
} as const satisfies Record<DestructionState, DestructionState>;
registerEnumType(DestructionStateEnum, {
  name: 'DestructionState',
  description: 'How far the record of a destruction has come.',
  valuesMap: {
    RECORDED: { description: 'It waits for its witness; the ledger has not changed.' },
    WITNESSED: { description: 'A second person saw it, and the ledger says so.' },
    WITHDRAWN: { description: 'It was recorded by mistake.' },
  },
});

@ObjectType({ description: 'What of a lot was destroyed.' })
export class DestroyedLot extends StockAmount {
  @Field(() => ID, { description: 'The lot.' })
  lotId: string;
  @Field(() => String, { description: 'Its number as printed on the vial.' })
  lotNumber: string;
  @Field(() => ID, { description: 'Code of the product.' })
  productCode: string;
}

@ObjectType({ description: 'What a facility destroyed, how, and before whom.' })
export class StockDestruction {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => DestructionMethod, { description: 'How.' })
  method: string;
  @Field(() => String, { description: 'Number of the certificate or protocol of destruction.' })
  documentReference: string;
  @Field(() => DateScalar, { description: 'The day.' })
  destroyedOn: string;
  @Field(() => DestructionStateEnum, { description: 'How far the record has come.' })
  state: DestructionState;
  @Field(() => Date, { description: 'When it was recorded.' })
  recordedAt: Date;
  @Field(() => ID, { description: 'Account of whoever recorded it.' })
  recordedBy: string;
  @Field(() => Date, { nullable: true, description: 'When it was witnessed.' })
  witnessedAt: Date | null;
  @Field(() => ID, { nullable: true, description: 'Account of the witness.' })
  witnessedBy: string | null;
  @Field(() => [DestroyedLot], { complexity: 10, description: 'The lots.' })
  lots: DestroyedLot[];
}

@ObjectType({ description: 'A page of destructions.' })
export class StockDestructionPage extends Page {
  @Field(() => [StockDestruction], { description: 'Newest first.' })
  items: StockDestruction[];
}

@ObjectType({
  description: 'A lot of which some lies wasted, to be destroyed; what is missing does not.',
})
export class StockAwaitingDestruction extends StockAmount {
  @Field(() => ID, { description: 'The lot.' })
  lotId: string;
  @Field(() => String, { description: 'Its number as printed on the vial.' })
  lotNumber: string;
  @Field(() => ID, { description: 'Code of the product.' })
  productCode: string;
  @Field(() => DateScalar, { description: 'The last day on which it could be used.' })
  expiresOn: string;
}

export const RecordDestructionResult = createUnionType({
  name: 'RecordDestructionResult',
  description: 'The record, which waits for its witness, or the lots of which not so much lies wasted.',
  types: () => [StockDestruction, StockNotWasted] as const,
  resolveType: byClass,
});

export const WitnessDestructionResult = createUnionType({
  name: 'WitnessDestructionResult',
  description: 'The record as it was witnessed, or why it is not.',
  types: () => [StockDestruction, StockNotWasted, DestructionNeedsWitness] as const,
  resolveType: byClass,
});

@InputType('DestroyedLotInput', { description: 'What of a lot was destroyed.' })
export class DestroyedLotGraphqlInput extends LotAmountInput {}

@InputType('RecordDestructionInput', { description: 'What was destroyed and how.' })
export class RecordDestructionGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key records once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Where it lay wasted.' })
  @IsUUID()
  facilityId: string;
  @Field(() => DestructionMethod, { description: 'How.' })
  @IsEnum(DestructionMethod)
  method: DestructionMethod;
  @Field(() => String, { description: 'Number of the certificate or protocol of destruction.' })
  @Length(1, 60)
  documentReference: string;
  @Field(() => DateScalar, { description: 'The day, not in the future.' })
  destroyedOn: string;
  @Field(() => [DestroyedLotGraphqlInput], { description: 'The lots, each once.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => DestroyedLotGraphqlInput)
  lots: DestroyedLotGraphqlInput[];
}

@InputType('DestructionInput', { description: 'A record of a destruction.' })
export class DestructionGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The record.' })
  @IsUUID()
  destructionId: string;
}
