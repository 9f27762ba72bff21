import { createUnionType, Field, Float, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayMaxSize, IsOptional, IsUUID, Length, Max, Min, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import type { TemperatureClass } from '../../common';
import { byClass, ID, Page, Refusal } from '../../platform/graphql';
import { TemperatureClassEnum } from '../temperature.graphql';
import type { EquipmentKind, EquipmentState } from './equipment-rules';

export const EquipmentKindEnum = {
  COLD_ROOM: 'COLD_ROOM',
  FREEZER_ROOM: 'FREEZER_ROOM',
  REFRIGERATOR: 'REFRIGERATOR',
  FREEZER: 'FREEZER',
  REFRIGERATOR_FREEZER: 'REFRIGERATOR_FREEZER',
  ULTRA_COLD_FREEZER: 'ULTRA_COLD_FREEZER',
  COLD_BOX: 'COLD_BOX',
  VACCINE_CARRIER: 'VACCINE_CARRIER',
  REFRIGERATED_VEHICLE: 'REFRIGERATED_VEHICLE',
} as const satisfies Record<EquipmentKind, EquipmentKind>;
registerEnumType(EquipmentKindEnum, {
  name: 'ColdEquipmentKind',
  description: 'What keeps things cold. The WHO PQS category of each is in brackets.',
  valuesMap: {
    COLD_ROOM: { description: 'A walk-in room at 2 to 8 °C (E001).' },
    FREEZER_ROOM: { description: 'A walk-in room below freezing (E001).' },
    REFRIGERATOR: { description: 'A refrigerator, ice-lined ones too (E003).' },
    FREEZER: { description: 'A freezer (E003).' },
    REFRIGERATOR_FREEZER: { description: 'Both in one (E003).' },
    ULTRA_COLD_FREEZER: { description: 'A freezer for −60 °C and below (E003).' },
    COLD_BOX: { description: 'A box with coolant packs (E004).' },
    VACCINE_CARRIER: { description: 'A carrier with coolant packs, carried by one person (E004).' },
    REFRIGERATED_VEHICLE: { description: 'A vehicle that cools (E002).' },
  },
});

export const EquipmentStateEnum = {
  WORKING: 'WORKING',
  FAILED: 'FAILED',
  UNDER_REPAIR: 'UNDER_REPAIR',
  RETIRED: 'RETIRED',
} as const satisfies Record<EquipmentState, EquipmentState>;
registerEnumType(EquipmentStateEnum, {
  name: 'ColdEquipmentState',
  description: 'Whether equipment can be used.',
  valuesMap: {
    WORKING: { description: 'It cools.' },
    FAILED: { description: 'It does not; nobody works on it yet.' },
    UNDER_REPAIR: { description: 'Somebody works on it.' },
    RETIRED: { description: 'It is not used any more.' },
  },
});

@ObjectType({ description: 'How much equipment holds at one temperature.' })
export class ColdCapacity {
  @Field(() => TemperatureClassEnum, { description: 'At which.' })
  temperature: TemperatureClass;
  @Field(() => Float, { description: 'Net vaccine storage volume, litres.' })
  litres: number;
}

@ObjectType({ description: 'A piece of equipment that keeps things cold at a facility.' })
export class ColdEquipment {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => EquipmentKindEnum, { description: 'What it is.' })
  kind: EquipmentKind;
  @Field(() => String, { nullable: true, description: 'Its WHO PQS catalogue number, e.g. `E003/030`.' })
  pqsCode: string | null;
  @Field(() => String, { description: 'Who made it.' })
  manufacturer: string;
  @Field(() => String, { description: 'Its model.' })
  model: string;
  @Field(() => String, { description: 'Its serial number.' })
  serial: string;
  @Field(() => String, { nullable: true, description: 'Global Returnable Asset Identifier (GS1 AI 8003).' })
  grai: string | null;
  @Field(() => String, { nullable: true, description: 'Global Individual Asset Identifier (GS1 AI 8004).' })
  giai: string | null;
  @Field(() => [ColdCapacity], {
    complexity: 3,
    description: 'How much it holds, for each temperature it keeps.',
  })
  capacities: ColdCapacity[];
  @Field(() => EquipmentStateEnum, { description: 'Whether it can be used.' })
  state: EquipmentState;
  @Field(() => Date, { description: 'Since when.' })
  stateSince: Date;
}

@ObjectType({ description: 'A page of the equipment of a facility.' })
export class ColdEquipmentPage extends Page {
  @Field(() => [ColdEquipment], { description: 'In the order in which it was registered.' })
  items: ColdEquipment[];
}

@ObjectType({
  implements: () => Refusal,
  description: 'The facility has one of this maker, model and serial number.',
})
export class ColdEquipmentKnown implements Refusal {
  message: string;
  @Field(() => ID, { description: 'The one that it has.' })
  equipmentId: string;
}

export const RegisterColdEquipmentResult = createUnionType({
  name: 'RegisterColdEquipmentResult',
  description: 'The equipment, or which one it is already.',
  types: () => [ColdEquipment, ColdEquipmentKnown] as const,
  resolveType: byClass,
});

@InputType('ColdCapacityInput', { description: 'How much equipment holds at one temperature.' })
export class ColdCapacityGraphqlInput {
  @Field(() => TemperatureClassEnum, { description: 'At which.' })
  temperature: TemperatureClass;
  @Field(() => Float, { description: 'Net vaccine storage volume, litres, 0.1 to 1,000,000.' })
  @Min(0.1)
  @Max(1_000_000)
  litres: number;
}

@InputType('RegisterColdEquipmentInput', { description: 'Equipment that a facility keeps things cold with.' })
export class RegisterColdEquipmentGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key registers once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => EquipmentKindEnum, { description: 'What it is.' })
  kind: EquipmentKind;
  @Field(() => String, { nullable: true, description: 'Its WHO PQS catalogue number, e.g. `E003/030`.' })
  @IsOptional()
  @Length(1, 20)
  pqsCode?: string | null;
  @Field(() => String, { description: 'Who made it, 1 to 120 characters.' })
  @Length(1, 120)
  manufacturer: string;
  @Field(() => String, { description: 'Its model, 1 to 120 characters.' })
  @Length(1, 120)
  model: string;
  @Field(() => String, { description: 'Its serial number as on the plate, 1 to 60 characters.' })
  @Length(1, 60)
  serial: string;
  @Field(() => String, { nullable: true, description: 'Global Returnable Asset Identifier (GS1 AI 8003).' })
  @IsOptional()
  @Length(14, 30)
  grai?: string | null;
  @Field(() => String, { nullable: true, description: 'Global Individual Asset Identifier (GS1 AI 8004).' })
  @IsOptional()
  @Length(1, 30)
  giai?: string | null;
  @Field(() => [ColdCapacityGraphqlInput], {
    description: 'How much it holds, for each temperature it keeps.',
  })
  @ArrayMaxSize(4)
  @ValidateNested({ each: true })
  @Type(() => ColdCapacityGraphqlInput)
  capacities: ColdCapacityGraphqlInput[];
}

@InputType('ChangeColdEquipmentInput', {
  description: 'Equipment fails, is repaired, works again or is retired.',
})
export class ChangeColdEquipmentGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The equipment.' })
  @IsUUID()
  equipmentId: string;
  @Field(() => EquipmentStateEnum, { description: 'How it is from now on.' })
  state: EquipmentState;
  @Field(() => String, { description: 'What was seen or done, 1 to 500 characters.' })
  @Length(1, 500)
  remark: string;
}
