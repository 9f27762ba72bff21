import { createUnionType, Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsEnum, IsOptional, IsUUID, Length, Matches } from 'class-validator';
import { DateScalar, ID, Page, Refusal } from '../../platform/graphql';
import { type BirthDate, BirthDateScalar } from '../../registry';
import { PASSPORT_NUMBER } from '../details/detail-rules';
import { EVIDENCE, type Evidence, type GrievanceKind } from './grievance';

export const GrievanceKindEnum = {
  WRONG_DETAILS: 'wrong-details',
  DOSES_OF_TWO_RECORDS: 'doses-of-two-records',
  ADD_PASSPORT: 'add-passport',
  ADD_BIRTH_DATE: 'add-birth-date',
  UNKNOWN_MEMBER: 'unknown-member',
  MOVE_MEMBER: 'move-member',
  ISSUE_AGAIN: 'issue-again',
  WRONG_DOSE: 'wrong-dose',
  DOSE_NOT_GIVEN: 'dose-not-given',
} as const satisfies Record<string, GrievanceKind>;
registerEnumType(GrievanceKindEnum, {
  name: 'GrievanceKind',
  description: 'What somebody wants put right about her certificates, and what has to be said for it.',
  valuesMap: {
    WRONG_DETAILS: { description: 'Name, birth date or sex: say what is right, and show a document.' },
    DOSES_OF_TWO_RECORDS: {
      description: 'Her doses are in two records: say `otherCode`. Those of the other come into this one.',
    },
    ADD_PASSPORT: { description: 'Travel formats are to name her passport: say its number, and show it.' },
    ADD_BIRTH_DATE: {
      description: 'Certificates are to state the whole birth date, not the year alone: show a document.',
    },
    UNKNOWN_MEMBER: { description: 'The account does not know this person: it acts for her no more.' },
    MOVE_MEMBER: {
      description: 'Another account is to act for her: say `toPersonId`, somebody whose account that is.',
    },
    ISSUE_AGAIN: { description: 'The certificate is to be issued once more.' },
    WRONG_DOSE: { description: 'The day or the lot of a dose: say `vaccinationId` and what is right.' },
    DOSE_NOT_GIVEN: { description: 'A dose was never given: say `vaccinationId`.' },
  },
});

export const EvidenceEnum = Object.fromEntries(EVIDENCE.map(one => [one, one])) as { [One in Evidence]: One };
registerEnumType(EvidenceEnum, {
  name: 'GrievanceEvidence',
  description: 'What was shown, for a case or at a desk.',
  valuesMap: {
    IDENTITY_DOCUMENT: { description: 'An identity document of the country.' },
    BIRTH_CERTIFICATE: { description: 'A certificate of birth.' },
    PASSPORT: { description: 'A passport.' },
    VACCINATION_CARD: { description: 'A card or slip of the vaccination.' },
    FACILITY_REGISTER: { description: 'The register of the facility.' },
    STATEMENT: { description: 'Nothing but what was said.' },
  },
});

@InputType('RaiseGrievanceInput', { description: 'What somebody wants put right, and on what evidence.' })
export class RaiseGrievanceGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key acts once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Whose certificates.' })
  @IsUUID()
  personId: string;
  @Field(() => ID, { description: 'Which facility is to decide: where the dose was given, or the nearest.' })
  @IsUUID()
  facilityId: string;
  @Field(() => GrievanceKindEnum, { description: 'What.' })
  @IsEnum(GrievanceKindEnum)
  kind: GrievanceKind;
  @Field(() => EvidenceEnum, { description: 'What was shown.' })
  @IsEnum(EvidenceEnum)
  evidence: Evidence;
  @Field(() => String, { nullable: true, description: 'More about it, for whoever decides.' })
  @IsOptional()
  @Length(0, 1000)
  note?: string | null;
  @Field(() => String, { nullable: true, description: 'The right name.' })
  @IsOptional()
  @Length(1, 200)
  name?: string | null;
  @Field(() => BirthDateScalar, {
    nullable: true,
    description: 'The right birth date, as far as it is proved.',
  })
  @IsOptional()
  birthDate?: BirthDate | null;
  @Field(() => String, { nullable: true, description: 'The right sex, as the country writes it.' })
  @IsOptional()
  @Length(1, 20)
  sex?: string | null;
  @Field(() => String, { nullable: true, description: 'Code on the card of the other record.' })
  @IsOptional()
  @Length(1, 40)
  otherCode?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Number of the passport: 5 to 20 capital letters and digits (ICAO 9303-4 has nine).',
  })
  @IsOptional()
  @Matches(PASSPORT_NUMBER)
  passportNumber?: string | null;
  @Field(() => ID, { nullable: true, description: 'Somebody whose account is to act for the person.' })
  @IsOptional()
  @IsUUID()
  toPersonId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The dose.' })
  @IsOptional()
  @IsUUID()
  vaccinationId?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'The day on which it was given.' })
  @IsOptional()
  @Matches(/^[12]\d{3}-/)
  givenOn?: string | null;
  @Field(() => ID, { nullable: true, description: 'The lot that it was of.' })
  @IsOptional()
  @IsUUID()
  lotId?: string | null;
}

@InputType('DecideGrievanceInput', { description: 'What a second person says to a case.' })
export class DecideGrievanceGraphqlInput {
  @Field(() => ID, { description: 'Whose case.' })
  @IsUUID()
  personId: string;
  @Field(() => ID, { description: 'Which.' })
  @IsUUID()
  grievanceId: string;
  @Field(() => Boolean, { description: 'Whether it is put right.' })
  granted: boolean;
  @Field(() => String, { nullable: true, description: 'Why, for the person.' })
  @IsOptional()
  @Length(0, 1000)
  reason?: string | null;
}

@ObjectType({ description: 'One fact that a case asks for.' })
export class GrievanceFact {
  @Field(() => String, { description: 'Which: as the field of `RaiseGrievanceInput`.' })
  field: string;
  @Field(() => String, { description: 'What is said to be right.' })
  value: string;
}

export enum GrievanceState {
  WAITING = 'WAITING',
  GRANTED = 'GRANTED',
  REFUSED = 'REFUSED',
}
registerEnumType(GrievanceState, {
  name: 'GrievanceState',
  description: 'What became of a case.',
  valuesMap: {
    WAITING: { description: 'Nobody has decided it yet.' },
    GRANTED: { description: 'It was put right, and the certificates follow.' },
    REFUSED: { description: 'It was not: `answer` says why.' },
  },
});

@ObjectType({ description: 'Something that a person wants put right about her certificates.' })
export class Grievance {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'Whose.' })
  personId: string;
  @Field(() => GrievanceKindEnum, { description: 'What.' })
  kind: GrievanceKind;
  @Field(() => ID, { description: 'Which facility is to decide.' })
  facilityId: string;
  @Field(() => EvidenceEnum, { description: 'What was shown.' })
  evidence: Evidence;
  @Field(() => String, { nullable: true, description: 'More about it.' })
  note: string | null;
  @Field(() => [GrievanceFact], { description: 'What is asked for.' })
  asked: GrievanceFact[];
  @Field(() => Date, { description: 'When it was raised.' })
  raisedAt: Date;
  @Field(() => GrievanceState, { description: 'What became of it.' })
  state: GrievanceState;
  @Field(() => Date, { nullable: true, description: 'When it was decided.' })
  decidedAt: Date | null;
  @Field(() => String, { nullable: true, description: 'What whoever decided says.' })
  answer: string | null;
}

@ObjectType({ description: 'A page of cases.' })
export class GrievancePage extends Page {
  @Field(() => [Grievance], { description: 'Oldest first.' })
  items: Grievance[];
}

@ObjectType({ implements: () => Refusal, description: 'Whoever took a case in does not decide it.' })
export class GrievanceNeedsSecondPerson implements Refusal {
  message: string;
}

@ObjectType({
  implements: () => Refusal,
  description: 'What the case asks for cannot be done as things stand. Nothing was changed.',
})
export class GrievanceImpossible implements Refusal {
  message: string;
  @Field(() => String, { nullable: true, description: 'What the record says to it.' })
  because: string | null;
}

export const DecideGrievanceResult = createUnionType({
  name: 'DecideGrievanceResult',
  description: 'The case as it now stands, or why it was not decided.',
  types: () => [Grievance, GrievanceNeedsSecondPerson, GrievanceImpossible] as const,
  resolveType: value => {
    if (value instanceof GrievanceNeedsSecondPerson) return GrievanceNeedsSecondPerson;
    return value instanceof GrievanceImpossible ? GrievanceImpossible : Grievance;
  },
});
