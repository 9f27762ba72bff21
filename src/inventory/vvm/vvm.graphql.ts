import { createUnionType, Field, InputType, Int } from '@nestjs/graphql';
import { IsUUID, Max, Min } from 'class-validator';
import { byClass, ID } from '../../platform/graphql';
import { StockItem } from '../inventory.graphql';
import { VvmNeedsSecondPerson } from './vvm.refusals';

export const RecordVvmResult = createUnionType({
  name: 'RecordVvmResult',
  description: 'The lot as it stands there now, or why the reading is not taken.',
  types: () => [StockItem, VvmNeedsSecondPerson] as const,
  resolveType: byClass,
});

@InputType('RecordVvmInput', { description: 'What the vaccine vial monitors of a lot at a facility show.' })
export class RecordVvmGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key reads once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Where.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The lot.' })
  @IsUUID()
  lotId: string;
  @Field(() => Int, {
    description:
      'The worst stage among the vials on the shelf, 1 to 4 (WHO). From 3 on, the discard point, none of them is used: waste single vials at 3 or 4 first, and name the stage of the others.',
  })
  @Min(1)
  @Max(4)
  stage: number;
}
