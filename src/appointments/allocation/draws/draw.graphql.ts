import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsOptional,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { ID } from '../../../platform/graphql';
import { DEVICE, DEVICE_NAME } from '../../appointment.graphql';
import type { Policy } from './draw-rules';

export const PolicyEnum = {
  FIRST_COME: 'FIRST_COME',
  LOTTERY: 'LOTTERY',
  RANK_THEN_TIME: 'RANK_THEN_TIME',
  RANK_THEN_LOT: 'RANK_THEN_LOT',
} as const satisfies Record<Policy, Policy>;
registerEnumType(PolicyEnum, {
  name: 'DrawPolicy',
  description: 'In which order people who entered are given places.',
  valuesMap: {
    FIRST_COME: { description: 'As they enter, at once. There is nothing to draw.' },
    LOTTERY: { description: 'By lot, when entering is over: the first second counts no more than the last.' },
    RANK_THEN_TIME: { description: 'By the rank of their priority group, then as they entered.' },
    RANK_THEN_LOT: { description: 'By the rank of their priority group, then by lot.' },
  },
});

export type EntryState = 'ENTERED' | 'WAITING' | 'OFFERED' | 'BOOKED' | 'LET_GO' | 'MISSED' | 'OVER';
export const EntryStateEnum = {
  ENTERED: 'ENTERED',
  WAITING: 'WAITING',
  OFFERED: 'OFFERED',
  BOOKED: 'BOOKED',
  LET_GO: 'LET_GO',
  MISSED: 'MISSED',
  OVER: 'OVER',
} as const satisfies Record<EntryState, EntryState>;
registerEnumType(EntryStateEnum, {
  name: 'DrawEntryState',
  description: 'What has become of an entry.',
  valuesMap: {
    ENTERED: { description: 'The draw is still to come.' },
    WAITING: { description: 'In the order; a place that falls free may be hers.' },
    OFFERED: { description: 'A place is kept for her: confirm its booking in time.' },
    BOOKED: { description: 'She has a place.' },
    LET_GO: { description: 'A place was hers, and was not confirmed in time or was given back.' },
    MISSED: {
      description: 'Her turn came when she could not be given the place, e.g. with another appointment.',
    },
    OVER: { description: 'All places are given.' },
  },
});

export const ReservedForEnum = { ASSISTED: 'ASSISTED', PRIORITY: 'PRIORITY' } as const;
registerEnumType(ReservedForEnum, {
  name: 'DrawReservedFor',
  description: 'For whom places of a draw are kept.',
  valuesMap: {
    ASSISTED: { description: 'People whom staff entered.' },
    PRIORITY: { description: 'People of the country’s priority groups.' },
  },
});

@ObjectType({ description: 'Places that others get only when these people want no more.' })
export class DrawReserved {
  @Field(() => ReservedForEnum, { description: 'For whom.' })
  for: keyof typeof ReservedForEnum;
  @Field(() => Int, { description: 'How many.' })
  places: number;
}

@ObjectType({ description: 'The most places of a draw that go to one account, one device, one network.' })
export class DrawCaps {
  @Field(() => Int, { nullable: true, description: 'To people entered from one account; absent: no limit.' })
  account: number | null;
  @Field(() => Int, { nullable: true, description: 'To people entered from one device; absent: no limit.' })
  device: number | null;
  @Field(() => Int, {
    nullable: true,
    description: 'To people entered from one network (an IPv4 /24, an IPv6 /48); absent: no limit.',
  })
  network: number | null;
}

@ObjectType({
  description:
    'How the scarce places of a session are given out. Its three texts are what an auditor draws again from, byte for byte: `npx tikasetu replay-draw`.',
})
export class Draw {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'The session.' })
  sessionId: string;
  @Field(() => PolicyEnum, { description: 'In which order people are given places.' })
  policy: Policy;
  @Field(() => Int, { description: 'How many places are given out.' })
  places: number;
  @Field(() => [DrawReserved], {
    description: 'Places kept for some, in the order in which they are filled.',
  })
  reserved: DrawReserved[];
  @Field(() => DrawCaps, { description: 'The most that go to one account, device and network.' })
  caps: DrawCaps;
  @Field(() => Date, { description: 'From when people can enter.' })
  entriesFrom: Date;
  @Field(() => Date, { description: 'Until when. All who enter in time stand alike in a lottery.' })
  entriesUntil: Date;
  @Field(() => Date, { description: 'From when the seed may be revealed, and so the draw made.' })
  drawnFrom: Date;
  @Field(() => Int, { description: 'How long a place is kept for who is offered it, in seconds.' })
  confirmWithinSeconds: number;
  @Field(() => Int, { description: 'How many people have entered.' })
  entered: number;
  @Field(() => String, { description: 'SHA-256 of the seed, in hex: published before anybody enters.' })
  seedCommitment: string;
  @Field(() => String, {
    description: 'The announcement: all rules and the hash of the seed. It never changes.',
  })
  announcement: string;
  @Field(() => String, {
    nullable: true,
    description: 'The list of entries, without personal data; from when entering is over. It never changes.',
  })
  entries: string | null;
  @Field(() => String, { nullable: true, description: 'SHA-256 of that list, in hex.' })
  entriesHash: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'The result with the seed; from when it was drawn. It never changes.',
  })
  result: string | null;
}

@ObjectType('DrawEntry', { description: 'A person’s entry in a draw.' })
export class DrawEntryView {
  @Field(() => ID, { description: 'Its id, as the published lists have it.' })
  id: string;
  @Field(() => ID, { description: 'The draw.' })
  drawId: string;
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'The session.' })
  sessionId: string;
  @Field(() => ID, { description: 'Who.' })
  personId: string;
  @Field(() => EntryStateEnum, { description: 'What has become of it.' })
  state: EntryState;
  @Field(() => Int, {
    nullable: true,
    description: 'Her place in the order, from 1; absent before the draw.',
  })
  position: number | null;
  @Field(() => Int, { nullable: true, description: 'How many who still wait are before her.' })
  ahead: number | null;
  @Field(() => ID, { nullable: true, description: 'The booking of the place offered: confirm it.' })
  bookingId: string | null;
  @Field(() => Date, { nullable: true, description: 'Until when it is kept.' })
  confirmUntil: Date | null;
}

@InputType('DrawReservedInput', {
  description: 'Places that others get only when these people want no more.',
})
export class DrawReservedGraphqlInput {
  @Field(() => ReservedForEnum, { description: 'For whom.' })
  for: keyof typeof ReservedForEnum;
  @Field(() => Int, { description: 'How many.' })
  @Min(1)
  @Max(100_000)
  places: number;
}

@InputType('DrawCapsInput', {
  description: 'The most places that go to one account, one device, one network.',
})
export class DrawCapsGraphqlInput {
  @Field(() => Int, { nullable: true, description: 'To one account; absent: no limit.' })
  @IsOptional()
  @Min(1)
  account?: number | null;
  @Field(() => Int, { nullable: true, description: 'To one device; absent: no limit.' })
  @IsOptional()
  @Min(1)
  device?: number | null;
  @Field(() => Int, {
    nullable: true,
    description:
      'To one network; absent: no limit. A mobile operator may put thousands of subscribers behind one: be generous.',
  })
  @IsOptional()
  @Min(1)
  network?: number | null;
}

@InputType('AnnounceDrawInput', { description: 'How the places of a session are to be given out.' })
export class AnnounceDrawGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'The session.' })
  sessionId: string;
  @Field(() => PolicyEnum, { description: 'In which order.' })
  policy: Policy;
  @Field(() => Int, {
    description:
      'How many of the session’s free places; the others stay first come, first served without caps.',
  })
  @Min(1)
  @Max(100_000)
  places: number;
  @Field(() => Int, { nullable: true, description: 'For which dose, when the session counts by dose.' })
  @IsOptional()
  @Min(1)
  @Max(20)
  doseNumber?: number | null;
  @Field(() => [DrawReservedGraphqlInput], {
    defaultValue: [],
    description: 'Places kept for some, in the order in which they are filled; together not more than all.',
  })
  @ArrayMaxSize(2)
  @ValidateNested({ each: true })
  @Type(() => DrawReservedGraphqlInput)
  reserved: DrawReservedGraphqlInput[];
  @Field(() => DrawCapsGraphqlInput, { description: 'The most for one account, device and network.' })
  @ValidateNested()
  @Type(() => DrawCapsGraphqlInput)
  caps: DrawCapsGraphqlInput;
  @Field(() => Date, { nullable: true, description: 'From when people can enter; absent: at once.' })
  @IsOptional()
  entriesFrom?: Date | null;
  @Field(() => Date, { description: 'Until when.' })
  entriesUntil: Date;
  @Field(() => Date, {
    description:
      'From when it is drawn: late enough for anybody to save the list before the seed is revealed.',
  })
  drawnFrom: Date;
  @Field(() => Int, { defaultValue: 86_400, description: 'How long an offered place is kept, in seconds.' })
  @Min(60)
  @Max(1_209_600)
  confirmWithinSeconds: number;
  @Field(() => String, {
    nullable: true,
    description:
      'A public value that nobody can know before entering is over, in words (e.g. the numbers of a lottery that evening), to be mixed into the lots: then not even who knows the seed can know them. It is drawn when `drawLots` gives the value.',
  })
  @IsOptional()
  @Length(3, 300)
  publicValue?: string | null;
}

@InputType('EnterDrawInput', { description: 'Somebody who wants one of the places.' })
export class EnterDrawGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'The draw.' })
  drawId: string;
  @Field(() => ID, { description: 'Who.' })
  personId: string;
  @Field(() => [ID], { description: 'Codes of the products she comes for.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  products: string[];
  @Field(() => String, { nullable: true, description: DEVICE })
  @IsOptional()
  @Matches(DEVICE_NAME)
  device?: string | null;
  @Field(() => [ID], {
    nullable: true,
    description: 'Codes of priority groups that a member of staff has seen she belongs to. Staff only.',
  })
  @IsOptional()
  @ArrayMaxSize(20)
  attestedGroups?: string[] | null;
}
