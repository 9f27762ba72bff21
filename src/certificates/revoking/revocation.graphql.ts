import { createUnionType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsOptional,
  IsUUID,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { DateScalar, ID, Page, Refusal } from '../../platform/graphql';
import type { OrderState, RevocationCause } from './revocation-order';

/** Numbers that one order may name. */
const MOST_NUMBERS = 500;

export const RevocationCauseEnum = {
  LOT_RECALLED: 'lot-recalled',
  FRAUD: 'fraud',
} as const satisfies Record<string, RevocationCause>;
registerEnumType(RevocationCauseEnum, {
  name: 'RevocationCause',
  description: 'Why doses of many people are certified no more.',
  valuesMap: {
    LOT_RECALLED: { description: 'Their lot was recalled. The doses stay in the record.' },
    FRAUD: { description: 'They are held to be made up.' },
  },
});

export const OrderStateEnum = {
  WAITING: 'WAITING',
  REFUSED: 'REFUSED',
  RUNNING: 'RUNNING',
  DONE: 'DONE',
  FAILED: 'FAILED',
} as const satisfies Record<OrderState, OrderState>;
registerEnumType(OrderStateEnum, {
  name: 'RevocationOrderState',
  description: 'How far an order to revoke certificates is.',
  valuesMap: {
    WAITING: { description: 'A second person has not answered yet; nothing is revoked.' },
    REFUSED: { description: 'The second person said no.' },
    RUNNING: { description: 'Certificates are being revoked.' },
    DONE: { description: 'All are revoked.' },
    FAILED: { description: 'It stopped: `job` says why. What was revoked stays so.' },
  },
});

@InputType({ description: 'Doses that somebody entered at a facility.' })
export class RecordedDosesInput {
  @Field(() => ID, { description: 'Account of who entered them.' })
  @IsUUID()
  recorder: string;
  @Field(() => ID, { description: 'Where they are said to have been given.' })
  @IsUUID()
  facilityId: string;
  @Field(() => DateScalar, { description: 'Given on this day or later.' })
  @Matches(/^[12]\d{3}-/)
  from: string;
  @Field(() => DateScalar, { description: 'Given on this day or earlier.' })
  @Matches(/^[12]\d{3}-/)
  until: string;
}

@InputType('RequestRevocationInput', {
  description: 'Certificates of many people that are to be revoked: exactly one of lot, entries and numbers.',
})
export class RequestRevocationGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key acts once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { nullable: true, description: 'Every dose of this lot: it was recalled.' })
  @IsOptional()
  @IsUUID()
  lotId?: string | null;
  @Field(() => RecordedDosesInput, { nullable: true, description: 'What somebody made up.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => RecordedDosesInput)
  recorded?: RecordedDosesInput | null;
  @Field(() => [String], {
    nullable: true,
    description: `The doses on certificates of these numbers were made up; at most ${MOST_NUMBERS}.`,
  })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_NUMBERS)
  @Length(1, 40, { each: true })
  numbers?: string[] | null;
  @Field(() => String, { description: 'Why, for the second person and the record. No names.' })
  @Length(3, 500)
  reason: string;
}

@InputType('DecideRevocationInput', { description: 'What a second person says to an order.' })
export class DecideRevocationGraphqlInput {
  @Field(() => ID, { description: 'Which order.' })
  @IsUUID()
  orderId: string;
  @Field(() => Boolean, { description: 'Whether it is carried out.' })
  approved: boolean;
  @Field(() => String, { nullable: true, description: 'Why, if there is something to say. No names.' })
  @IsOptional()
  @Length(0, 500)
  reason?: string | null;
}

@ObjectType({
  description: 'An order to revoke certificates of many people. Doses that it names are certified no more.',
})
export class RevocationOrder {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => RevocationCauseEnum, { description: 'Why.' })
  cause: RevocationCause;
  @Field(() => ID, { nullable: true, description: 'Doses of this lot.' })
  lotId: string | null;
  @Field(() => ID, { nullable: true, description: 'Doses that this account entered.' })
  recorder: string | null;
  @Field(() => ID, { nullable: true, description: 'At this facility.' })
  facilityId: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'On this day or later.' })
  from: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'On this day or earlier.' })
  until: string | null;
  @Field(() => [String], { description: 'Doses on certificates of these numbers.' })
  numbers: string[];
  @Field(() => String, { description: 'What was said for it.' })
  reason: string;
  @Field(() => Date, { description: 'When it was asked for.' })
  requestedAt: Date;
  @Field(() => Date, { nullable: true, description: 'When a second person answered.' })
  decidedAt: Date | null;
  @Field(() => String, { nullable: true, description: 'What the second person said.' })
  answer: string | null;
  @Field(() => OrderStateEnum, { description: 'How far it is.' })
  state: OrderState;
  @Field(() => Int, { description: 'Doses that it is about: while it waits, as many as there are now.' })
  doses: number;
  @Field(() => Int, { description: 'Doses that are certified no more because of it.' })
  excluded: number;
}

@ObjectType({ description: 'A page of orders to revoke certificates.' })
export class RevocationOrderPage extends Page {
  @Field(() => [RevocationOrder], { description: 'Newest first.' })
  items: RevocationOrder[];
}

@ObjectType({
  implements: () => Refusal,
  description: 'Whoever asked for a revocation of many does not decide it: somebody else has to.',
})
export class RevocationNeedsSecondPerson implements Refusal {
  message: string;
}

export const DecideRevocationResult = createUnionType({
  name: 'DecideRevocationResult',
  description: 'The order as it now stands, or that somebody else has to decide.',
  types: () => [RevocationOrder, RevocationNeedsSecondPerson] as const,
  resolveType: value => ('cause' in value ? RevocationOrder : RevocationNeedsSecondPerson),
});
