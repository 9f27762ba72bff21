import { ArgsType, Field, InputType } from '@nestjs/graphql';
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
import { DateScalar, ID } from '../platform/graphql';
import type { Presence } from './dose-record';
import {
  CorrectionReason,
  InjectionSiteEnum,
  NotDoneReason,
  PresenceEnum,
  VaccineRouteEnum,
  VoidReason,
} from './vaccination.graphql';

const KEY = 'Chosen by the caller: the same key acts once, however often it is sent.';
const OTHER_DAY =
  "The country's own day on which it was given; today when left out. Another day takes a reason, a permission of its own and the name of who gave it.";

@InputType('RecordVaccinationInput', { description: 'A dose that was given.' })
export class RecordVaccinationGraphqlInput {
  @Field(() => String, { description: KEY })
  idempotencyKey: string;
  @Field(() => ID, { description: 'To whom.' })
  @IsUUID()
  personId: string;
  @Field(() => ID, { description: 'Where.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { nullable: true, description: 'In which session; needed for one who was checked in.' })
  @IsOptional()
  @IsUUID()
  sessionId?: string | null;
  @Field(() => ID, {
    description: 'Of which lot, out of `stock` of the facility. It says which product it is.',
  })
  @IsUUID()
  lotId: string;
  @Field(() => DateScalar, { nullable: true, description: OTHER_DAY })
  givenOn?: string | null;
  @Field(() => String, { nullable: true, description: 'Why it is entered on another day than it was given.' })
  @IsOptional()
  @Length(3, 300)
  lateReason?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'Who gave it; the caller when left out. For a late entry it is somebody else.',
  })
  @IsOptional()
  @IsUUID()
  vaccinatorId?: string | null;
  @Field(() => InjectionSiteEnum, { nullable: true, description: 'Where on the body.' })
  site?: string | null;
  @Field(() => VaccineRouteEnum, { nullable: true, description: 'How; as the product says when left out.' })
  route?: string | null;
  @Field(() => PresenceEnum, {
    defaultValue: 'CHECKED_IN',
    description: 'How it is known that the person was there.',
  })
  @IsEnum(PresenceEnum)
  presence: Presence;
  @Field(() => String, { nullable: true, description: 'For an override: why.' })
  @IsOptional()
  @Length(3, 300)
  presenceReason?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'The clinical decision to give it although the schedule speaks against it.',
  })
  @IsOptional()
  @Length(3, 300)
  clinicalReason?: string | null;
}

/** Doses in one call, at most: a family, a school class. */
const TOGETHER = 20;

@ArgsType()
export class RecordVaccinationsArgs {
  @Field(() => [RecordVaccinationGraphqlInput], { description: `The doses, at most ${TOGETHER}.` })
  @Type(() => RecordVaccinationGraphqlInput)
  @ValidateNested({ each: true })
  @ArrayMinSize(1)
  @ArrayMaxSize(TOGETHER)
  inputs: RecordVaccinationGraphqlInput[];
}

@InputType('RecordNotDoneInput', { description: 'A dose that was due and was not given.' })
export class RecordNotDoneGraphqlInput {
  @Field(() => String, { description: KEY })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Whose dose.' })
  @IsUUID()
  personId: string;
  @Field(() => ID, { description: 'Where.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { nullable: true, description: 'In which session.' })
  @IsOptional()
  @IsUUID()
  sessionId?: string | null;
  @Field(() => String, { description: 'Code of the vaccine group, as `forecast` gives it.' })
  @Length(1, 64)
  vaccineGroup: string;
  @Field(() => NotDoneReason, { description: 'Why.' })
  @IsEnum(NotDoneReason)
  reason: NotDoneReason;
}

@InputType('CorrectVaccinationInput', {
  description: 'What was wrong about a recorded dose. What is left out stays.',
})
export class CorrectVaccinationGraphqlInput {
  @Field(() => String, { description: KEY })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Whose dose.' })
  @IsUUID()
  personId: string;
  @Field(() => ID, { description: 'The dose as it stands now.' })
  @IsUUID()
  vaccinationId: string;
  @Field(() => CorrectionReason, { description: 'What was wrong.' })
  @IsEnum(CorrectionReason)
  reason: CorrectionReason;
  @Field(() => ID, { nullable: true, description: 'The lot that it was of: the old one goes back to stock.' })
  @IsOptional()
  @IsUUID()
  lotId?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'The day on which it was given.' })
  givenOn?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Why a day other than the one on which it was recorded.',
  })
  @IsOptional()
  @Length(3, 300)
  lateReason?: string | null;
  @Field(() => InjectionSiteEnum, { nullable: true, description: 'Where on the body.' })
  site?: string | null;
  @Field(() => VaccineRouteEnum, { nullable: true, description: 'How.' })
  route?: string | null;
  @Field(() => ID, { nullable: true, description: 'Who gave it.' })
  @IsOptional()
  @IsUUID()
  vaccinatorId?: string | null;
}

@InputType('VoidVaccinationInput', { description: 'A recorded dose that is not true.' })
export class VoidVaccinationGraphqlInput {
  @Field(() => String, { description: KEY })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Whose dose.' })
  @IsUUID()
  personId: string;
  @Field(() => ID, { description: 'The dose as it stands now.' })
  @IsUUID()
  vaccinationId: string;
  @Field(() => VoidReason, { description: 'Why.' })
  @IsEnum(VoidReason)
  reason: VoidReason;
}
