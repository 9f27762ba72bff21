import { createUnionType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, IsArray, Matches } from 'class-validator';
import { byClass, ID } from '../../platform/graphql';
import { LotExpired, LotNotInStock, LotOnHold } from '../../inventory';
import { InjectionSiteEnum, PresenceEnum, Vaccination, VaccineRouteEnum } from '../vaccination.graphql';
import {
  DateNotToday,
  DoseNotTaken,
  DuplicateSuspected,
  NotCheckedIn,
  PersonDeceased,
} from '../vaccinations.refusals';
import type { OfflineDose } from './offline-rules';

/** Doses in one call, at most. */
const MOST = 1_000;

@InputType('OfflineDoseInput', {
  description:
    'A dose that was given while there was no connection. What is wrong about it is told of it alone.',
})
export class OfflineDoseGraphqlInput implements OfflineDose {
  @Field(() => String, {
    description:
      'What the device calls it, 8 to 100 printable ASCII characters without spaces: the same id from the same device is the same dose, however often and by whomever it is sent.',
  })
  clientId: string;
  @Field(() => ID, { description: 'To whom.' })
  personId: string;
  @Field(() => ID, { description: 'Where.' })
  facilityId: string;
  @Field(() => ID, { nullable: true, description: 'In which session; needed for one who was checked in.' })
  sessionId?: string | null;
  @Field(() => ID, { description: 'Of which lot. It says which product it is.' })
  lotId: string;
  @Field(() => Date, {
    description: 'When, by the device’s own clock, however wrong. It is corrected by `deviceTime`.',
  })
  givenAt: Date;
  @Field(() => ID, { nullable: true, description: 'Who gave it; the caller when left out.' })
  vaccinatorId?: string | null;
  @Field(() => InjectionSiteEnum, { nullable: true, description: 'Where on the body.' })
  site?: string | null;
  @Field(() => VaccineRouteEnum, { nullable: true, description: 'How; as the product says when left out.' })
  route?: string | null;
  @Field(() => PresenceEnum, {
    defaultValue: 'WALK_IN',
    description: 'How it is known that the person was there.',
  })
  presence: 'CHECKED_IN' | 'WALK_IN' | 'OVERRIDE';
  @Field(() => String, { nullable: true, description: 'For an override: why, in 3 to 300 characters.' })
  presenceReason?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'The clinical decision, if it was given against the schedule, in 3 to 300 characters.',
  })
  clinicalReason?: string | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'After DUPLICATE_SUSPECTED: it is another dose than the one named.',
  })
  distinct?: boolean | null;
  @Field(() => String, { nullable: true, description: 'How that is known, in 3 to 300 characters.' })
  distinctReason?: string | null;
}

@InputType('SyncDosesInput', {
  description: 'What a device gathered without a connection: in any order, and again as often as need be.',
})
export class SyncDosesGraphqlInput {
  @Field(() => String, {
    description: 'The device, 8 to 100 printable ASCII characters without spaces; the same for ever.',
  })
  @Matches(/^[\x21-\x7e]{8,100}$/)
  deviceId: string;
  @Field(() => Date, { description: 'What the device’s own clock says while it sends this.' })
  deviceTime: Date;
  @Field(() => [OfflineDoseGraphqlInput], { description: `The doses, at most ${MOST} in one call.` })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST)
  doses: OfflineDoseGraphqlInput[];
}

export enum SyncOutcome {
  RECORDED = 'RECORDED',
  ALREADY_RECORDED = 'ALREADY_RECORDED',
  REFUSED = 'REFUSED',
  DUPLICATE_SUSPECTED = 'DUPLICATE_SUSPECTED',
  CONFLICT = 'CONFLICT',
}
registerEnumType(SyncOutcome, {
  name: 'SyncOutcome',
  description: 'What became of a dose that a device sent.',
  valuesMap: {
    RECORDED: { description: 'It is recorded now.' },
    ALREADY_RECORDED: { description: 'It was recorded when it was sent before.' },
    REFUSED: { description: 'It is not recorded; the result says why. Mend it and send it again.' },
    DUPLICATE_SUSPECTED: {
      description: 'It may be the dose that the result names. If not, send it again as `distinct`.',
    },
    CONFLICT: { description: 'Under this client id another dose is recorded.' },
  },
});

export const SyncDoseResult = createUnionType({
  name: 'SyncDoseResult',
  description: 'The dose as it is recorded, or why it is not.',
  types: () =>
    [
      Vaccination,
      LotNotInStock,
      LotExpired,
      LotOnHold,
      PersonDeceased,
      NotCheckedIn,
      DateNotToday,
      DuplicateSuspected,
      DoseNotTaken,
    ] as const,
  resolveType: byClass,
});

@ObjectType({ description: 'What became of one dose that a device sent.' })
export class SyncedDose {
  @Field(() => String, { description: 'What the device calls it.' })
  clientId: string;
  @Field(() => SyncOutcome, { description: 'What became of it.' })
  outcome: SyncOutcome;
  @Field(() => SyncDoseResult, {
    description:
      'The dose, or why there is none. It has happened: if the schedule has something against it, `counted` says so.',
  })
  result: object;
  @Field(() => ID, {
    nullable: true,
    description: 'Where the backlog has it, until it is recorded or dismissed.',
  })
  pendingId: string | null;
}

@ObjectType({ description: 'What became of what a device sent.' })
export class DoseSync {
  @Field(() => Date, { description: 'When we received it, by our clock.' })
  receivedAt: Date;
  @Field(() => Int, {
    description: 'By how many seconds the device’s clock is behind ours; negative when it is ahead.',
  })
  clockOffsetSeconds: number;
  @Field(() => [SyncedDose], {
    complexity: 200,
    description: 'The doses, in the order in which they were sent.',
  })
  doses: SyncedDose[];
}
