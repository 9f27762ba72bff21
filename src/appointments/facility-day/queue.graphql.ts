import { ArgsType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsEnum,
  IsOptional,
  IsUUID,
  Length,
  ValidateNested,
} from 'class-validator';
import { DateScalar, ID, Page, PageArgs } from '../../platform/graphql';
import type { StepKind, VisitState } from './visit-rules';

/** People who come together, at most: a family, a class. */
const GROUP = 50;

export const VisitStateEnum = {
  WAITING: 'WAITING',
  VERIFIED: 'VERIFIED',
  VACCINATED: 'VACCINATED',
  OBSERVED: 'OBSERVED',
  GONE: 'GONE',
  LEFT: 'LEFT',
} as const satisfies Record<VisitState, VisitState>;
registerEnumType(VisitStateEnum, {
  name: 'VisitState',
  description: 'Where somebody is on her way through a session.',
  valuesMap: {
    WAITING: { description: 'She came.' },
    VERIFIED: { description: 'Who she is was checked; she waits for her dose.' },
    VACCINATED: { description: 'She was given a dose and is observed until `observedUntil`.' },
    OBSERVED: { description: 'Her time of observation is over; she may go.' },
    GONE: { description: 'She was vaccinated and went.' },
    LEFT: { description: 'She went without a dose.' },
  },
});

export const VisitStepEnum = {
  ARRIVED: 'ARRIVED',
  CALLED: 'CALLED',
  PUT_BACK: 'PUT_BACK',
  VERIFIED: 'VERIFIED',
  VACCINATED: 'VACCINATED',
  DOSE_VOIDED: 'DOSE_VOIDED',
  OBSERVED: 'OBSERVED',
  GONE: 'GONE',
  LEFT: 'LEFT',
} as const satisfies Record<StepKind, StepKind>;
registerEnumType(VisitStepEnum, {
  name: 'VisitStepKind',
  description: 'What was done with a visitor.',
  valuesMap: {
    ARRIVED: { description: 'She came into the queue.' },
    CALLED: { description: 'A desk called her.' },
    PUT_BACK: { description: 'She did not come when she was called.' },
    VERIFIED: { description: 'Who she is was checked.' },
    VACCINATED: { description: 'She was given a dose.' },
    DOSE_VOIDED: { description: 'A dose of hers turned out not to be one.' },
    OBSERVED: { description: 'Her time of observation was over.' },
    GONE: { description: 'She went after a dose.' },
    LEFT: { description: 'She went without a dose.' },
  },
});

export enum LeavingReasonEnum {
  WOULD_NOT_WAIT = 'WOULD_NOT_WAIT',
  NO_ANSWER = 'NO_ANSWER',
  NOT_DUE = 'NOT_DUE',
  REFUSED = 'REFUSED',
  NOT_WELL = 'NOT_WELL',
  REFERRED = 'REFERRED',
  NO_STOCK = 'NO_STOCK',
  OTHER = 'OTHER',
}
registerEnumType(LeavingReasonEnum, {
  name: 'LeavingReason',
  description: 'Why somebody went without a dose, or before her time of observation was over.',
  valuesMap: {
    WOULD_NOT_WAIT: { description: 'She did not want to wait, or could not.' },
    NO_ANSWER: { description: 'She was called and was not there.' },
    NOT_DUE: { description: 'Nothing was due.' },
    REFUSED: { description: 'She did not want the vaccine.' },
    NOT_WELL: { description: 'She was too ill for it.' },
    REFERRED: { description: 'She was sent to where she is treated.' },
    NO_STOCK: { description: 'There was no vaccine left.' },
    OTHER: { description: 'Another reason.' },
  },
});

/** Why a queue is closed. */
type ClosingReason = 'DAY_OVER' | 'NO_STOCK' | 'EMERGENCY';
const ClosingReasonEnum = {
  DAY_OVER: 'DAY_OVER',
  NO_STOCK: 'NO_STOCK',
  EMERGENCY: 'EMERGENCY',
} as const satisfies Record<ClosingReason, ClosingReason>;
registerEnumType(ClosingReasonEnum, {
  name: 'QueueClosingReason',
  description: 'Why a queue is closed.',
  valuesMap: {
    DAY_OVER: { description: 'The day is over.' },
    NO_STOCK: { description: 'There is no vaccine left.' },
    EMERGENCY: { description: 'The place had to be left.' },
  },
});

export enum QueueDeskEnum {
  VERIFICATION = 'VERIFICATION',
  VACCINATION = 'VACCINATION',
}
registerEnumType(QueueDeskEnum, {
  name: 'QueueDesk',
  description: 'What people are called for.',
  valuesMap: {
    VERIFICATION: { description: 'To have it checked who they are: of those who wait.' },
    VACCINATION: { description: 'To be vaccinated: of those verified.' },
  },
});

@ObjectType({ description: 'The queue that a session keeps.' })
export class SessionQueue {
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'The session.' })
  sessionId: string;
  @Field(() => DateScalar, { description: 'Its day.' })
  day: string;
  @Field(() => Boolean, { description: 'Whether priority groups come first.' })
  byPriority: boolean;
  @Field(() => Date, { description: 'Since when it is kept.' })
  openedAt: Date;
  @Field(() => Date, { nullable: true, description: 'When it was closed.' })
  closedAt: Date | null;
  @Field(() => String, {
    nullable: true,
    description: 'Why: a `QueueClosingReason`, or SESSION_CANCELLED.',
  })
  closedBecause: string | null;
}

@ObjectType({ description: 'One thing that was done with a visitor.' })
export class VisitStep {
  @Field(() => Int, { description: 'The how-maniest it is, from 1.' })
  number: number;
  @Field(() => VisitStepEnum, { description: 'What was done.' })
  step: StepKind;
  @Field(() => Date, { description: 'When, by our clock.' })
  at: Date;
  @Field(() => Date, { description: 'When we heard of it.' })
  toldAt: Date;
  @Field(() => String, { description: 'Who did it: an account, or `system`.' })
  by: string;
  @Field(() => String, { nullable: true, description: 'Why she went.' })
  reason: string | null;
}

@ObjectType({ description: "One person's way through a session. No name: that is read with `person`." })
export class Visit {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'The session.' })
  sessionId: string;
  @Field(() => DateScalar, { description: 'The day.' })
  day: string;
  @Field(() => ID, { description: 'Who.' })
  personId: string;
  @Field(() => ID, { description: 'With whom: people of one party are served together.' })
  partyId: string;
  @Field(() => Int, { description: 'What she is called by: a number of the facility and the day.' })
  ticket: number;
  @Field(() => Boolean, { description: 'Whether she has an appointment in the session.' })
  booked: boolean;
  @Field(() => Int, { nullable: true, description: 'The order of the priority group that she comes with.' })
  rank: number | null;
  @Field(() => VisitStateEnum, { description: 'Where she is, now.' })
  state: VisitState;
  @Field(() => Date, { description: 'Since when.' })
  since: Date;
  @Field(() => Date, { description: 'When she came.' })
  arrivedAt: Date;
  @Field(() => Date, { nullable: true, description: 'When she was called, while she is.' })
  calledAt: Date | null;
  @Field(() => String, { nullable: true, description: 'Where she is called to.' })
  station: string | null;
  @Field(() => Boolean, { description: 'Whether she has had a reaction to a vaccine before, as she said.' })
  earlierReaction: boolean;
  @Field(() => Date, { nullable: true, description: 'When she was given her first dose on this visit.' })
  vaccinatedAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'Until when she stays after her dose.' })
  observedUntil: Date | null;
  @Field(() => String, {
    nullable: true,
    description: 'Why she went early or without a dose: a `LeavingReason` or the reason of the closing.',
  })
  leftBecause: string | null;
}

@ObjectType({ description: 'A visit with all that was done.' })
export class VisitHistory {
  @Field(() => Visit, { description: 'The visit.' })
  visit: Visit;
  @Field(() => [VisitStep], { description: 'What was done, in the order in which we heard of it.' })
  steps: VisitStep[];
}

@ObjectType({ description: 'A visit of somebody whom the caller acts for.' })
export class OwnVisit {
  @Field(() => Visit, { description: 'The visit.' })
  visit: Visit;
  @Field(() => Int, {
    nullable: true,
    description: 'How many are before her, while she waits to be called.',
  })
  ahead: number | null;
}

@ObjectType({ description: 'People who came, or were called, together.' })
export class VisitParty {
  @Field(() => ID, { description: 'The party.' })
  id: string;
  @Field(() => [Visit], { description: 'Their visits, by ticket.' })
  visits: Visit[];
}

@ObjectType({ description: 'Visits of which the last step was taken.' })
export class VisitsServed {
  @Field(() => [Visit], { description: 'The visits, by ticket.' })
  visits: Visit[];
}

@ObjectType({ description: 'A page of visits.' })
export class VisitPage extends Page {
  @Field(() => [Visit], { description: 'The visits, in the order in which it is their turn.' })
  items: Visit[];
}

@ObjectType({ description: 'Somebody who is called, by her ticket.' })
export class CalledTicket {
  @Field(() => Int, { description: 'Her ticket.' })
  ticket: number;
  @Field(() => String, { nullable: true, description: 'Where to.' })
  station: string | null;
  @Field(() => Date, { description: 'When.' })
  calledAt: Date;
}

@ObjectType({ description: 'How many are where.' })
export class QueueNumbers {
  @Field(() => Int, { description: 'Waiting to be verified.' })
  waiting: number;
  @Field(() => Int, { description: 'Verified, waiting for the dose.' })
  verified: number;
  @Field(() => Int, { description: 'Vaccinated, under observation.' })
  vaccinated: number;
  @Field(() => Int, { description: 'Observed; they may go.' })
  observed: number;
  @Field(() => Int, { description: 'Gone after a dose.' })
  gone: number;
  @Field(() => Int, { description: 'Left without one.' })
  left: number;
}

@ObjectType({ description: 'A day at a facility for all to see, by tickets: no name, no person.' })
export class QueueBoard {
  @Field(() => Date, { description: 'When it was counted.' })
  asOf: Date;
  @Field(() => QueueNumbers, { description: 'How many are where.' })
  numbers: QueueNumbers;
  @Field(() => [CalledTicket], { description: 'Who is called.' })
  called: CalledTicket[];
  @Field(() => [Int], { description: 'The tickets next to be verified, at most ten.' })
  nextToVerify: number[];
  @Field(() => [Int], { description: 'The tickets next to be vaccinated, at most ten.' })
  nextToVaccinate: number[];
  @Field(() => [Int], { description: 'The tickets of those who may go, at most fifty.' })
  mayGo: number[];
  @Field(() => Int, {
    nullable: true,
    description: 'From arrival to the dose, in minutes: the median of those vaccinated today.',
  })
  medianWaitMinutes: number | null;
  @Field(() => Int, {
    nullable: true,
    description: 'How long the one has waited who waits longest now, in minutes.',
  })
  longestWaitMinutes: number | null;
}

@ArgsType()
export class QueueArgs {
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { nullable: true, description: 'One session; or else all of today’s.' })
  @IsOptional()
  @IsUUID()
  sessionId?: string | null;
}

@ArgsType()
export class QueuePageArgs extends PageArgs {
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { nullable: true, description: 'One session; or else all of today’s.' })
  @IsOptional()
  @IsUUID()
  sessionId?: string | null;
  @Field(() => VisitStateEnum, {
    nullable: true,
    description: 'Only those in one state; or else everybody who is there.',
  })
  @IsOptional()
  @IsEnum(VisitStateEnum)
  state?: VisitState | null;
}

@InputType('KeepQueueInput', { description: 'A session that keeps a queue from now on.' })
export class KeepQueueGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The session, of today.' })
  @IsUUID()
  sessionId: string;
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether the priority groups of the programme come first, in their order.',
  })
  byPriority: boolean;
}

@InputType('CloseQueueInput', { description: 'A queue that is closed; whoever is left in it goes.' })
export class CloseQueueGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The session.' })
  @IsUUID()
  sessionId: string;
  @Field(() => ClosingReasonEnum, { description: 'Why.' })
  @IsEnum(ClosingReasonEnum)
  reason: ClosingReason;
}

@InputType('ArrivingPersonInput', {
  description: 'Somebody who came: by the code of her appointment, or by her person.',
})
export class ArrivingPersonGraphqlInput {
  @Field(() => String, { nullable: true, description: 'The code that she says; it checks her in.' })
  @IsOptional()
  @Length(1, 20)
  code?: string | null;
  @Field(() => ID, { nullable: true, description: 'Instead of the code: who she is.' })
  @IsOptional()
  @IsUUID()
  personId?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'Why there is no code, when she has an appointment and is not checked in; each such check-in is counted.',
  })
  @IsOptional()
  @Length(3, 300)
  overrideReason?: string | null;
  @Field(() => [ID], {
    nullable: true,
    description: 'Priority groups that whoever receives her attests she belongs to.',
  })
  @IsOptional()
  @ArrayMaxSize(20)
  attestedGroups?: string[] | null;
}

@InputType('JoinQueueInput', {
  description: 'People who come into the queue together. Without an appointment they take no place.',
})
export class JoinQueueGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The session.' })
  @IsUUID()
  sessionId: string;
  @Field(() => [ArrivingPersonGraphqlInput], { description: `The people, at most ${GROUP}.` })
  @ArrayMinSize(1)
  @ArrayMaxSize(GROUP)
  @ValidateNested({ each: true })
  @Type(() => ArrivingPersonGraphqlInput)
  people: ArrivingPersonGraphqlInput[];
  @Field(() => String, {
    description: 'A key of the client’s own, 8 to 100 characters: the same key acts once.',
  })
  idempotencyKey: string;
}

@InputType('CallPartyInput', { description: 'A desk that calls the next, or somebody by her visit.' })
export class CallPartyGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { nullable: true, description: 'Of one session; or else of all of today’s.' })
  @IsOptional()
  @IsUUID()
  sessionId?: string | null;
  @Field(() => ID, { nullable: true, description: 'This visitor, and nobody else.' })
  @IsOptional()
  @IsUUID()
  visitId?: string | null;
  @Field(() => QueueDeskEnum, { description: 'What they are called for.' })
  @IsEnum(QueueDeskEnum)
  desk: QueueDeskEnum;
  @Field(() => String, { nullable: true, description: 'Where to, in 1 to 30 characters; on the board.' })
  @IsOptional()
  @Length(1, 30)
  station?: string | null;
  @Field(() => String, {
    description: 'A key of the client’s own, 8 to 100 characters: the same key acts once.',
  })
  idempotencyKey: string;
}

@InputType('ServeVisitsInput', { description: 'Visitors with whom something is done.' })
export class ServeVisitsGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => [ID], { description: `Their visits, at most ${GROUP}: it is done with all of them or none.` })
  @ArrayMinSize(1)
  @ArrayMaxSize(GROUP)
  @IsUUID(undefined, { each: true })
  visitIds: string[];
  @Field(() => Date, {
    nullable: true,
    description: 'When it was, if a device tells of it later: by its own clock, corrected by `deviceTime`.',
  })
  at?: Date | null;
  @Field(() => Date, { nullable: true, description: 'What the device’s clock says while it sends this.' })
  deviceTime?: Date | null;
}

@InputType('VerifyVisitsInput', { description: 'Visitors of whom it was checked who they are.' })
export class VerifyVisitsGraphqlInput extends ServeVisitsGraphqlInput {
  @Field(() => Boolean, {
    description: 'Whether they have had a reaction to a vaccine before: they stay longer after a dose.',
  })
  earlierReaction: boolean;
}

@InputType('EndVisitsInput', { description: 'Visitors who go.' })
export class EndVisitsGraphqlInput extends ServeVisitsGraphqlInput {
  @Field(() => LeavingReasonEnum, {
    nullable: true,
    description: 'Why, when they go without a dose or before `observedUntil`.',
  })
  @IsOptional()
  @IsEnum(LeavingReasonEnum)
  reason?: LeavingReasonEnum | null;
}
