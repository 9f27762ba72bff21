import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsOptional, Max, Min } from 'class-validator';
import { Refusal } from '../../../platform/graphql';

@ObjectType({
  description:
    'Where the caller is in the line of those who come to book. Nobody is moved back, and asking again changes nothing.',
})
export class WaitingRoom {
  @Field(() => Boolean, { description: 'Whether people are let in one after another now.' })
  open: boolean;
  @Field(() => Int, { description: 'Her place in the line, from 1; 0 when she may book, or need not wait.' })
  position: number;
  @Field(() => Int, { description: 'How many at the most are before her.' })
  ahead: number;
  @Field(() => Int, { description: 'In how many minutes she is let in, rounded up.' })
  etaMinutes: number;
  @Field(() => Date, {
    nullable: true,
    description: 'When she is let in; absent while she has not come to book.',
  })
  admittedFrom: Date | null;
  @Field(() => Date, { nullable: true, description: 'Until when she may book then.' })
  validUntil: Date | null;
}

@ObjectType({
  implements: () => [Refusal],
  description:
    'More people come than can be served at once. She is in the line: ask again when she is let in.',
})
export class WaitYourTurn implements Refusal {
  message: string;
  @Field(() => WaitingRoom, { description: 'Where she is in the line.' })
  waitingRoom: WaitingRoom;
}

@InputType('PaceBookingInput', { description: 'How fast citizens are let in to book.' })
export class PaceBookingGraphqlInput {
  @Field(() => Int, { nullable: true, description: 'How many a minute; absent: nobody waits any more.' })
  @IsOptional()
  @Min(1)
  @Max(600_000)
  perMinute?: number | null;
  @Field(() => Int, { defaultValue: 1, description: 'How many at one moment, after a quiet time.' })
  @Min(1)
  @Max(100_000)
  burst: number;
}
