import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsOptional,
  Length,
  Min,
  ValidateNested,
} from 'class-validator';
import { DateScalar, ID } from '../../platform/graphql';
import type { Because } from './relocation.store';

/** The most sessions of one order, and the most that are tried. */
export const MOST_SESSIONS = 50;

export const BecauseEnum = {
  SESSION_CANCELLED: 'SESSION_CANCELLED',
  STOCK_FAILED: 'STOCK_FAILED',
} as const satisfies Record<Because, Because>;
registerEnumType(BecauseEnum, {
  name: 'RelocationCause',
  description: 'Why appointments cannot be kept where they are.',
  valuesMap: {
    SESSION_CANCELLED: { description: 'The session will not be held.' },
    STOCK_FAILED: { description: 'There are not enough doses: a lot was recalled, spoilt, or did not come.' },
  },
});

@InputType('SessionInput', { description: 'Which session.' })
export class SessionGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'The session.' })
  sessionId: string;
}

@InputType('RelocationPreviewInput', { description: 'Appointments that cannot be kept, and where to.' })
export class RelocationPreviewGraphqlInput {
  @Field(() => ID, { description: 'The facility of the sessions.' })
  facilityId: string;
  @Field(() => [ID], { description: 'The sessions whose appointments cannot be kept.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_SESSIONS)
  @ArrayUnique()
  sessionIds: string[];
  @Field(() => ID, {
    nullable: true,
    description: 'Only of people who come for this product; left out: of everybody.',
  })
  product?: string | null;
  @Field(() => Int, {
    defaultValue: 0,
    description:
      'For how many people there is enough: so many stay, the earliest session first, in it second and later doses first, then who booked first. People who come together stay together.',
  })
  @Min(0)
  keep: number;
  @Field(() => [SessionGraphqlInput], {
    nullable: true,
    description:
      'Sessions to move them to, tried in this order; with none, they are cancelled. Left out: the facility’s own sessions of the next 28 days.',
  })
  @IsOptional()
  @ArrayMaxSize(MOST_SESSIONS)
  @ValidateNested({ each: true })
  @Type(() => SessionGraphqlInput)
  to?: SessionGraphqlInput[] | null;
}

@InputType('RelocateAppointmentsInput', {
  description:
    'Appointments that cannot be kept are moved, or their people wait for the first place that comes.',
})
export class RelocateAppointmentsGraphqlInput extends RelocationPreviewGraphqlInput {
  @Field(() => String, { description: 'Why, for the record; people are not told it.' })
  @Length(3, 300)
  reason: string;
  @Field(() => String, {
    description: 'A key of the client’s own, 8 to 100 characters: the same key acts once.',
  })
  idempotencyKey: string;
}

@ObjectType({ description: 'How many people would come to a session instead.' })
export class RelocationTarget {
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'The session.' })
  sessionId: string;
  @Field(() => DateScalar, { description: 'Its day.' })
  date: string;
  @Field(() => Int, { description: 'How many people.' })
  people: number;
}

@ObjectType({ description: 'What moving appointments would come to now; nothing is changed.' })
export class RelocationPreview {
  @Field(() => Int, { description: 'People who stay where they are.' })
  staying: number;
  @Field(() => Int, { description: 'People who would be moved.' })
  moved: number;
  @Field(() => Int, {
    description: 'People for whom no session has a place: they would be first to get one.',
  })
  waiting: number;
  @Field(() => [RelocationTarget], { description: 'Where to, in the order in which sessions are tried.' })
  targets: RelocationTarget[];
}

@ObjectType({ description: 'An order to keep appointments elsewhere, and how far it has come, in people.' })
export class Relocation {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => [ID], { description: 'The sessions whose appointments could not be kept.' })
  sessionIds: string[];
  @Field(() => ID, { nullable: true, description: 'Only of people who come for this product.' })
  product: string | null;
  @Field(() => BecauseEnum, { description: 'Why.' })
  because: Because;
  @Field(() => Date, { description: 'When it was ordered.' })
  orderedAt: Date;
  @Field(() => Boolean, { description: 'Whether everybody was moved or put in the line.' })
  finished: boolean;
  @Field(() => Int, { description: 'Whose turn is still to come.' })
  toMove: number;
  @Field(() => Int, { description: 'Moved at once, and told.' })
  moved: number;
  @Field(() => Int, { description: 'Cancelled and told; they get the first place that comes.' })
  waiting: number;
  @Field(() => Int, { description: 'Of those who waited: a place was found and kept for them.' })
  offered: number;
  @Field(() => Int, {
    description:
      'Who needed nothing any more, or waited until the end of the line, 28 days after the sessions.',
  })
  over: number;
}
