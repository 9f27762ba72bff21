import { createUnionType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsUUID, Length, Max, Min } from 'class-validator';
import { ID, Refusal } from '../../platform/graphql';
import { VACCINATION_STATUSES, type VaccinationStatus } from './vaccination-status-rules';

/** A consent lasts a day at the longest: whoever asks again asks the person again. */
const MOST_MINUTES = 24 * 60;

export const VaccinationStatusEnum = Object.fromEntries(VACCINATION_STATUSES.map(one => [one, one])) as {
  [Status in VaccinationStatus]: Status;
};
registerEnumType(VaccinationStatusEnum, {
  name: 'VaccinationStatus',
  description: 'How far somebody is with a vaccine group, by the country’s schedule.',
  valuesMap: {
    NONE: { description: 'No dose of it counts.' },
    PARTLY: { description: 'Begun, with doses to come.' },
    FULLY: { description: 'No further dose is to come.' },
  },
});

@InputType('GiveStatusConsentInput', { description: 'What others may ask of a person, and how long.' })
export class GiveStatusConsentGraphqlInput {
  @Field(() => ID, { description: 'Of whom.' })
  @IsUUID()
  personId: string;
  @Field(() => String, { description: 'Code of the vaccine group, as `forecast` gives it.' })
  @Length(1, 64)
  vaccineGroup: string;
  @Field(() => Int, { description: `For how many minutes, at most ${MOST_MINUTES}.` })
  @Min(1)
  @Max(MOST_MINUTES)
  minutes: number;
}

@InputType({ description: 'A consent that is to be ended.' })
export class EndStatusConsentInput {
  @Field(() => ID, { description: 'Whose.' })
  @IsUUID()
  personId: string;
  @Field(() => ID, { description: 'Which.' })
  @IsUUID()
  consentId: string;
}

@InputType('CheckVaccinationStatusInput', { description: 'Who asks, with the code that a person gave.' })
export class CheckStatusGraphqlInput {
  @Field(() => String, { description: 'The code, with or without its hyphens.' })
  @Length(1, 40)
  code: string;
  @Field(() => String, { description: 'Who asks: the person sees this name. E.g. the school.' })
  @Length(2, 120)
  checker: string;
}

@ObjectType({ description: 'One use of a consent.' })
export class StatusUse {
  @Field(() => String, { description: 'Who asked, as they named themselves.' })
  checker: string;
  @Field(() => VaccinationStatusEnum, { description: 'What they were told.' })
  status: VaccinationStatus;
  @Field(() => Date, { description: 'When.' })
  at: Date;
}

@ObjectType({ description: 'Others may ask how far a person is with a vaccine group, for a time.' })
export class StatusConsent {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => String, { description: 'Code of the vaccine group.' })
  vaccineGroup: string;
  @Field(() => Date, { description: 'When it was given.' })
  givenAt: Date;
  @Field(() => Date, { description: 'Until when.' })
  expiresAt: Date;
  @Field(() => Date, { nullable: true, description: 'When it was ended before its time.' })
  endedAt: Date | null;
  @Field(() => Boolean, { description: 'Whether its code is answered now.' })
  inForce: boolean;
  @Field(() => [StatusUse], { description: 'Every use that was made of it, oldest first.' })
  checks: StatusUse[];
}

@ObjectType({ description: 'A consent with the code that opens it.' })
export class GivenStatusConsent {
  @Field(() => String, { description: 'The code to hand on. It is told once.' })
  code: string;
  @Field(() => StatusConsent, { description: 'The consent.' })
  consent: StatusConsent;
}

@ObjectType({ description: 'How far somebody is, and nothing else of her.' })
export class CheckedStatus {
  @Field(() => String, { description: 'Code of the vaccine group.' })
  vaccineGroup: string;
  @Field(() => VaccinationStatusEnum, { description: 'How far.' })
  status: VaccinationStatus;
  @Field(() => String, { description: 'The same in the reader’s language.' })
  message: string;
  @Field(() => Date, { description: 'As of when.' })
  checkedAt: Date;
  @Field(() => Date, { description: 'Until when it may be shown.' })
  expiresAt: Date;
  @Field(() => String, {
    description:
      'The same, signed: a JWS in compact form by a key of the country’s key set, for this checker.',
  })
  signed: string;
}

@ObjectType({
  implements: () => Refusal,
  description: 'Nothing is told by this code: it is none, or its time is over, or it was ended.',
})
export class StatusCodeUnknown implements Refusal {
  message: string;
}

export const CheckStatusResult = createUnionType({
  name: 'CheckVaccinationStatusResult',
  description: 'How far somebody is, or that the code tells nothing.',
  types: () => [CheckedStatus, StatusCodeUnknown] as const,
  resolveType: value => ('signed' in value ? CheckedStatus : StatusCodeUnknown),
});
