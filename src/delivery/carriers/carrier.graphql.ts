import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { IsUUID } from 'class-validator';
import { ID } from '../../platform/graphql';

@ObjectType({
  description: 'A cold box, carrier or vehicle that is scanned as a unit of the delivery network.',
})
export class ColdUnit {
  @Field(() => String, { description: 'Code of the unit.' })
  unitId: string;
  @Field(() => ID, { description: 'The facility that the equipment belongs to.' })
  facilityId: string;
  @Field(() => ID, { description: 'The equipment.' })
  equipmentId: string;
}

@InputType('LabelColdEquipmentInput', { description: 'Which label a piece of equipment bears.' })
export class LabelColdEquipmentGraphqlInput {
  @Field(() => String, {
    description: 'The code on its label: an SSCC, an S10 number or the network’s own code.',
  })
  unit: string;
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The equipment.' })
  @IsUUID()
  equipmentId: string;
}
