import { createUnionType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsOptional, Length, Max, Min, ValidateNested } from 'class-validator';
import { DateScalar, ID, Refusal } from '../../platform/graphql';
import type { SessionState } from './session-rules';

export const SessionStateEnum = {
  PLANNED: 'PLANNED',
  OPEN: 'OPEN',
  CLOSED: 'CLOSED',
  CANCELLED: 'CANCELLED',
} as const satisfies Record<SessionState, SessionState>;
registerEnumType(SessionStateEnum, {
  name: 'SessionState',
  description: 'Whether people can book places of a session.',
  valuesMap: {
    PLANNED: { description: 'Announced; booking begins at `opensAt`.' },
    OPEN: { description: 'Places can be booked.' },
    CLOSED: { description: 'Over, or closed before its end.' },
    CANCELLED: { description: 'Will not be held; who had a place was told.' },
  },
});

const MOST_PLACES = 100_000;

@ObjectType({ description: 'Places of one sort, and how many of them are taken.' })
export class SessionPlacesCount {
  @Field(() => String, {
    description: 'any; dose-1, dose-2, … when places are counted by dose; walk-in; assisted.',
  })
  pool: string;
  @Field(() => Int, { description: 'How many there are.' })
  capacity: number;
  @Field(() => Int, { description: 'Held for a few minutes by people who are booking.' })
  held: number;
  @Field(() => Int, { description: 'Booked.' })
  booked: number;
}

@ObjectType('SessionCaps', {
  description:
    'The most places of a session that go to one account, one device, one network, of those that citizens book themselves. Nobody who is helped is held to them.',
})
export class SessionCapsView {
  @Field(() => Int, { nullable: true, description: 'To one account; absent: no limit.' })
  account: number | null;
  @Field(() => Int, { nullable: true, description: 'To one device; absent: no limit.' })
  device: number | null;
  @Field(() => Int, {
    nullable: true,
    description: 'To one network (an IPv4 /24, an IPv6 /48); absent: no limit.',
  })
  network: number | null;
}

@ObjectType({ description: 'A day and hours in which a facility vaccinates. Times are the country’s own.' })
export class Session {
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'Its id; with the facility it names the session.' })
  id: string;
  @Field(() => DateScalar, { description: 'The day.' })
  date: string;
  @Field(() => String, { description: 'When it begins, HH:MM.' })
  startTime: string;
  @Field(() => String, { description: 'When it ends, HH:MM.' })
  endTime: string;
  @Field(() => [ID], { description: 'Codes of the products given.' })
  products: string[];
  @Field(() => String, {
    nullable: true,
    description: 'From this age on, e.g. `6 weeks`; absent: from birth.',
  })
  minAge: string | null;
  @Field(() => String, { nullable: true, description: 'Below this age; absent: no limit.' })
  maxAge: string | null;
  @Field(() => Date, { description: 'The announced instant from which places can be booked.' })
  opensAt: Date;
  @Field(() => SessionStateEnum, { description: 'Whether people can book.' })
  state: SessionState;
  @Field(() => String, { nullable: true, description: 'Why it was closed or cancelled.' })
  reason: string | null;
  @Field(() => [SessionPlacesCount], { description: 'Its places.' })
  pools: SessionPlacesCount[];
  @Field(() => SessionCapsView, { description: 'The most that one account, device and network may book.' })
  caps: SessionCapsView;
}

@InputType('PlannedPlacesInput', {
  description: 'How many places can be booked, for one dose number or for all.',
})
export class PlannedPlacesGraphqlInput {
  @Field(() => Int, { nullable: true, description: 'For this dose number; left out: for every dose alike.' })
  @IsOptional()
  @Min(1)
  @Max(20)
  doseNumber?: number | null;
  @Field(() => Int, { description: 'How many places.' })
  @Min(0)
  @Max(MOST_PLACES)
  places: number;
}

@InputType('SessionCapsInput', {
  description: 'The most places that one account, one device, one network may book of a session.',
})
export class SessionCapsGraphqlInput {
  @Field(() => Int, { nullable: true, description: 'One account; left out: no limit.' })
  @IsOptional()
  @Min(1)
  account?: number | null;
  @Field(() => Int, { nullable: true, description: 'One device; left out: no limit.' })
  @IsOptional()
  @Min(1)
  device?: number | null;
  @Field(() => Int, {
    nullable: true,
    description:
      'One network; left out: no limit. A mobile operator may put thousands of subscribers behind one: be generous.',
  })
  @IsOptional()
  @Min(1)
  network?: number | null;
}

@InputType('PlanSessionInput', { description: 'A session to be planned.' })
export class PlanSessionGraphqlInput {
  @Field(() => ID, { description: 'Where.' })
  facilityId: string;
  @Field(() => DateScalar, { description: 'On which day.' })
  date: string;
  @Field(() => String, { description: 'From, HH:MM, the country’s own time.' })
  startTime: string;
  @Field(() => String, { description: 'To, HH:MM.' })
  endTime: string;
  @Field(() => [ID], { description: 'Codes of the products that will be given.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  products: string[];
  @Field(() => String, { nullable: true, description: 'From this age on, e.g. `6 weeks`.' })
  minAge?: string | null;
  @Field(() => String, { nullable: true, description: 'Below this age, e.g. `5 years`.' })
  maxAge?: string | null;
  @Field(() => [PlannedPlacesGraphqlInput], {
    description: 'Places to book: one entry for every dose alike, or one for each dose number.',
  })
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => PlannedPlacesGraphqlInput)
  capacity: PlannedPlacesGraphqlInput[];
  @Field(() => Int, { description: 'Places besides, kept for people who come without an appointment.' })
  @Min(0)
  @Max(MOST_PLACES)
  walkInPlaces: number;
  @Field(() => Int, { description: 'Places besides, kept for people who are helped to book.' })
  @Min(0)
  @Max(MOST_PLACES)
  assistedPlaces: number;
  @Field(() => Date, { nullable: true, description: 'From when places can be booked; left out: from now.' })
  opensAt?: Date | null;
  @Field(() => SessionCapsGraphqlInput, {
    nullable: true,
    description: 'The most that one account, device and network may book; left out: no limits.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => SessionCapsGraphqlInput)
  caps?: SessionCapsGraphqlInput | null;
}

@InputType('ChangeSessionInput', {
  description: 'What changes of a session. What is left out stays as it is.',
})
export class ChangeSessionGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'The session.' })
  sessionId: string;
  @Field(() => [PlannedPlacesGraphqlInput], {
    nullable: true,
    description: 'Places to book, all of them anew.',
  })
  @IsOptional()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => PlannedPlacesGraphqlInput)
  capacity?: PlannedPlacesGraphqlInput[] | null;
  @Field(() => Int, { nullable: true, description: 'Places kept for walk-ins.' })
  @IsOptional()
  @Min(0)
  @Max(MOST_PLACES)
  walkInPlaces?: number | null;
  @Field(() => Int, { nullable: true, description: 'Places kept for assisted booking.' })
  @IsOptional()
  @Min(0)
  @Max(MOST_PLACES)
  assistedPlaces?: number | null;
  @Field(() => Date, { nullable: true, description: 'From when places can be booked.' })
  opensAt?: Date | null;
  @Field(() => SessionCapsGraphqlInput, {
    nullable: true,
    description:
      'The most that one account, device and network may book, all three anew. Who has more keeps them.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => SessionCapsGraphqlInput)
  caps?: SessionCapsGraphqlInput | null;
}

@InputType('EndSessionInput', { description: 'A session that takes no more people, and why.' })
export class EndSessionGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'The session.' })
  sessionId: string;
  @Field(() => String, { description: 'Why; people are told.' })
  @Length(1, 300)
  reason: string;
}

@ObjectType({
  implements: () => [Refusal],
  description: 'The facility has the same session on that day already.',
})
export class SessionAlreadyPlanned implements Refusal {
  message: string;
  @Field(() => ID, { description: 'That session.' })
  sessionId: string;
}

@ObjectType({
  implements: () => [Refusal],
  description: 'More places are taken than the session would have left.',
})
export class PlacesTaken implements Refusal {
  message: string;
  @Field(() => String, { description: 'Which sort of places.' })
  pool: string;
  @Field(() => Int, { description: 'How many of them are taken.' })
  taken: number;
}

export const PlanSessionResult = createUnionType({
  name: 'PlanSessionResult',
  description: 'The session, or why it was not planned.',
  types: () => [Session, SessionAlreadyPlanned] as const,
});

export const ChangeSessionResult = createUnionType({
  name: 'ChangeSessionResult',
  description: 'The session as it is now, or why it was not changed.',
  types: () => [Session, PlacesTaken] as const,
});
