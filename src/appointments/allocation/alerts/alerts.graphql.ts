import { createUnionType, Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsOptional, Length } from 'class-validator';
import { DateScalar, ID, Refusal } from '../../../platform/graphql';

@ObjectType({ description: 'A wish to be told by message when places can be had, so that nobody need look.' })
export class PlaceAlert {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'In this area or any area in it.' })
  areaId: string;
  @Field(() => ID, { nullable: true, description: 'Only sessions that give this vaccine; absent: any.' })
  vaccine: string | null;
  @Field(() => DateScalar, {
    nullable: true,
    description: 'Only sessions for somebody born on this day; absent: any.',
  })
  born: string | null;
  @Field(() => Date, { nullable: true, description: 'When a message was last sent.' })
  toldAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'When it was ended; absent while it is on.' })
  endedAt: Date | null;
}

@ObjectType({
  implements: () => [Refusal],
  description: 'The account has as many alerts as it may; end one first.',
})
export class TooManyAlerts implements Refusal {
  message: string;
  @Field(() => Int, { description: 'How many an account may have.' })
  most: number;
}

export const WatchPlacesResult = createUnionType({
  name: 'WatchPlacesResult',
  description: 'The alert, or why there is none.',
  types: () => [PlaceAlert, TooManyAlerts] as const,
});

@InputType('WatchPlacesInput', { description: 'What to be told of.' })
export class WatchPlacesGraphqlInput {
  @Field(() => ID, { description: 'The area.' })
  areaId: string;
  @Field(() => ID, { nullable: true, description: 'A vaccine of the schedule; absent: any.' })
  vaccine?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'For somebody of this age today, e.g. `9 months`; it grows with her. Absent: any age.',
  })
  @IsOptional()
  @Length(1, 40)
  age?: string | null;
}
