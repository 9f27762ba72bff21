import { createUnionType, Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsEnum, IsOptional, IsUUID } from 'class-validator';
import { byClass, ID } from '../../platform/graphql';
import { WasteReason } from '../inventory.graphql';
import { LotExpired, LotNotInStock, LotOnHold } from '../inventory.refusals';

@ObjectType({ description: 'A vial of several doses from the moment it was opened.' })
export class OpenVial {
  @Field(() => ID, { description: 'The vial.' })
  id: string;
  @Field(() => ID, { description: 'Where it is.' })
  facilityId: string;
  @Field(() => ID, { description: 'Its lot.' })
  lotId: string;
  @Field(() => String, { description: 'The lot number as printed on it.' })
  lotNumber: string;
  @Field(() => ID, { description: 'Code of the product.' })
  productCode: string;
  @Field(() => ID, { nullable: true, description: 'The session that uses it; absent while it is kept.' })
  sessionId: string | null;
  @Field(() => Int, { description: 'Doses in it when it was opened.' })
  doses: number;
  @Field(() => Int, { description: 'Doses left in it, as far as they were recorded.' })
  left: number;
  @Field(() => Date, { description: 'When it was opened.' })
  openedAt: Date;
  @Field(() => Date, {
    description:
      'From this instant on it must not be used: the hours that the product may be open, or the end of the lot’s last day.',
  })
  useBy: Date;
  @Field(() => Boolean, { description: 'Whether doses can be drawn from it now.' })
  usable: boolean;
}

export const OpenVialResult = createUnionType({
  name: 'OpenVialResult',
  description: 'The vial, or why none of the lot can be opened.',
  types: () => [OpenVial, LotNotInStock, LotExpired, LotOnHold] as const,
  resolveType: byClass,
});

@InputType('OpenVialInput', { description: 'A vial that is opened now.' })
export class OpenVialGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key opens one vial, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Where.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The lot, of a product with several doses in a vial.' })
  @IsUUID()
  lotId: string;
  @Field(() => ID, { nullable: true, description: 'The session that will use it; one of today.' })
  @IsOptional()
  @IsUUID()
  sessionId?: string | null;
}

@InputType('DiscardVialInput', { description: 'An opened vial that is thrown away.' })
export class DiscardVialGraphqlInput {
  @Field(() => ID, { description: 'Where.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The vial.' })
  @IsUUID()
  vialId: string;
  @Field(() => WasteReason, { description: 'Why.' })
  @IsEnum(WasteReason)
  reason: WasteReason;
}
