import {
  ArgsType,
  createUnionType,
  Field,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from '@nestjs/graphql';
import { IsEnum, IsOptional, IsUUID, Length } from 'class-validator';
import { LotExpired, LotNotInStock, LotOnHold } from '../../inventory';
import { byClass, DateScalar, ID, Page, PageArgs } from '../../platform/graphql';
import { Vaccination } from '../vaccination.graphql';
import { DuplicateSuspected, NotCheckedIn, PersonDeceased } from '../vaccinations.refusals';
import { PendingCause } from './pending-rules';

registerEnumType(PendingCause, {
  name: 'PendingCause',
  description: 'Why a dose that was told is not in the record.',
  valuesMap: {
    LOT_NOT_IN_STOCK: { description: 'The facility did not have the lot, or has no dose of it left.' },
    LOT_EXPIRED: { description: 'The lot had expired on that day.' },
    LOT_ON_HOLD: { description: 'The lot was on hold on that day.' },
    PERSON_DECEASED: { description: 'The registry has the person as dead.' },
    PERSON_UNKNOWN: { description: 'The registry has no such person.' },
    NOT_CHECKED_IN: { description: 'The person had no place in the session that is named.' },
    LATE_ENTRY: { description: 'It came so late that somebody must enter it as a late entry.' },
    DUPLICATE_SUSPECTED: { description: 'It may be a dose that is recorded already.' },
    TOLD_OTHERWISE: { description: 'Under its name another dose was told before.' },
    ENTRIES_DIFFER: { description: 'Two people entered it, and not the same.' },
    NOT_RIGHT: { description: 'Something about it is missing or cannot be.' },
  },
});

export enum PendingSourceEnum {
  OFFLINE = 'OFFLINE',
  PAPER = 'PAPER',
}
registerEnumType(PendingSourceEnum, {
  name: 'PendingSource',
  description: 'How a pending dose was told.',
  valuesMap: {
    OFFLINE: { description: 'By a device that had been offline.' },
    PAPER: { description: 'From a register on paper.' },
  },
});

@ArgsType()
export class BacklogArgs {
  @Field(() => ID, { nullable: true, description: 'One facility; or else an area.' })
  @IsOptional()
  @IsUUID()
  facilityId?: string | null;
  @Field(() => ID, { nullable: true, description: 'An area with all below it. Neither: the whole country.' })
  @IsOptional()
  @IsUUID()
  areaId?: string | null;
}

@ObjectType({
  description: 'How many doses of a facility are pending for one cause, by how long ago they were given.',
})
export class BacklogLine {
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => PendingSourceEnum, { description: 'How they were told.' })
  source: string;
  @Field(() => PendingCause, { description: 'Why they are not in the record.' })
  cause: string;
  @Field(() => Int, { description: 'How many.' })
  doses: number;
  @Field(() => Int, { description: 'Of those, given in the last seven days.' })
  upTo7Days: number;
  @Field(() => Int, { description: 'Given eight to thirty days ago.' })
  upTo30Days: number;
  @Field(() => Int, { description: 'Given longer ago.' })
  older: number;
  @Field(() => DateScalar, {
    description: 'The day of the oldest; of its telling where its own is not known.',
  })
  oldest: string;
}

@ArgsType()
export class PendingDosesArgs extends PageArgs {
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => PendingCause, { nullable: true, description: 'Only those of one cause.' })
  @IsOptional()
  @IsEnum(PendingCause)
  cause?: PendingCause | null;
}

@ObjectType({ description: 'A dose that a clinic says it gave and that is not in the record (yet).' })
export class PendingDose {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => PendingSourceEnum, { description: 'How it was told.' })
  source: string;
  @Field(() => String, { description: 'By which device or from which register: `device:…`, `paper:…`.' })
  toldBy: string;
  @Field(() => String, { description: 'What it is called there: the client id, or the line.' })
  clientId: string;
  @Field(() => PendingCause, { description: 'Why it is not in the record.' })
  cause: string;
  @Field(() => DateScalar, { nullable: true, description: 'When it was given, where that can be said.' })
  givenOn: string | null;
  @Field(() => Date, { description: 'When it was first told.' })
  toldAt: Date;
  @Field(() => String, {
    description: 'What was told, as JSON; for a register that two entered, `again` is what the second has.',
  })
  content: string;
}

@ObjectType({ description: 'A page of pending doses.' })
export class PendingDosePage extends Page {
  @Field(() => [PendingDose], { description: 'The oldest telling first.' })
  items: PendingDose[];
}

@InputType('DismissPendingDoseInput', {
  description: 'A pending dose that is not to be recorded as it was told.',
})
export class DismissPendingDoseGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The pending dose.' })
  @IsUUID()
  pendingId: string;
  @Field(() => String, { description: 'Why, in 3 to 300 characters: e.g. that it was entered otherwise.' })
  @Length(3, 300)
  reason: string;
}

@InputType('RecordPendingDoseInput', {
  description:
    'A pending dose that can be recorded now. What is left out is as it was told; what was told wrongly is said anew.',
})
export class RecordPendingDoseGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'The pending dose.' })
  @IsUUID()
  pendingId: string;
  @Field(() => String, {
    description: 'Why it is recorded only now, in 3 to 300 characters; kept with the dose.',
  })
  @Length(3, 300)
  reason: string;
  @Field(() => ID, { nullable: true, description: 'To whom.' })
  @IsOptional()
  @IsUUID()
  personId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Of which lot.' })
  @IsOptional()
  @IsUUID()
  lotId?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'On which day.' })
  givenOn?: string | null;
  @Field(() => ID, { nullable: true, description: 'Who gave it: somebody else than who records it.' })
  @IsOptional()
  @IsUUID()
  vaccinatorId?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'After `NotCheckedIn`: how it is known that she was there, in 3 to 300 characters.',
  })
  @IsOptional()
  @Length(3, 300)
  presenceReason?: string | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'After `DuplicateSuspected`: it is another dose than the one named; `reason` says how that is known.',
  })
  distinct: boolean;
}

export const RecordPendingDoseResult = createUnionType({
  name: 'RecordPendingDoseResult',
  description: 'The dose as it is recorded; or why it is not, and stays pending.',
  types: () =>
    [
      Vaccination,
      LotNotInStock,
      LotExpired,
      LotOnHold,
      PersonDeceased,
      NotCheckedIn,
      DuplicateSuspected,
    ] as const,
  resolveType: byClass,
});
