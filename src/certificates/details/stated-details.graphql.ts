import { createUnionType, Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, IsBoolean, IsEnum, IsOptional, IsUUID, Matches } from 'class-validator';
import { byClass, ID, Refusal } from '../../platform/graphql';
import type { Evidence } from '../grievances/grievance';
import { EvidenceEnum } from '../grievances/grievance.graphql';
import { type Detail, type DetailObstacle, DETAILS, PASSPORT_NUMBER } from './detail-rules';

export const DetailEnum = {
  BIRTH_DATE: 'birth-date',
  PASSPORT: 'passport',
} as const satisfies Record<string, Detail>;
registerEnumType(DetailEnum, {
  name: 'CertificateDetail',
  description: 'What certificates state only when it was asked for and proved.',
  valuesMap: {
    BIRTH_DATE: { description: 'The whole birth date. Without it they state the year.' },
    PASSPORT: { description: 'The number of the passport, in formats that can name one.' },
  },
});

export const DetailObstacleEnum = {
  NOT_PROVED: 'not-proved',
  BIRTH_DATE_NOT_WHOLE: 'birth-date-not-whole',
  NOT_IN_THIS_COUNTRY: 'not-in-this-country',
} as const satisfies Record<string, DetailObstacle>;
registerEnumType(DetailObstacleEnum, {
  name: 'CertificateDetailObstacle',
  description: 'Why a detail is not stated.',
  valuesMap: {
    NOT_PROVED: {
      description:
        'The document does not prove it: a passport proves its number, and the birth date as an identity document or a certificate of birth does.',
    },
    BIRTH_DATE_NOT_WHOLE: { description: 'The register does not know the day: have that corrected first.' },
    NOT_IN_THIS_COUNTRY: { description: 'Certificates of this country never state it.' },
  },
});

@InputType('StateCertificateDetailsInput', {
  description: 'What certificates of somebody at a desk are to state, and what she showed for it.',
})
export class StateCertificateDetailsGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key acts once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { description: 'The desk.' })
  @IsUUID()
  facilityId: string;
  @Field(() => ID, { description: 'Whose certificates.' })
  @IsUUID()
  personId: string;
  @Field(() => EvidenceEnum, { description: 'Which document was seen.' })
  @IsEnum(EvidenceEnum)
  seen: Evidence;
  @Field(() => Boolean, { defaultValue: false, description: 'The whole birth date, as registered.' })
  @IsBoolean()
  birthDate: boolean;
  @Field(() => String, {
    nullable: true,
    description: 'Number of the passport: 5 to 20 capital letters and digits (ICAO 9303-4 has nine).',
  })
  @IsOptional()
  @Matches(PASSPORT_NUMBER)
  passportNumber?: string | null;
}

@ObjectType({ description: 'Certificates of a person state more from now on; she has a new one.' })
export class DetailsStated {
  @Field(() => ID, { description: 'Whose.' })
  personId: string;
  @Field(() => [DetailEnum], { description: 'What was asked for.' })
  details: Detail[];
}

@ObjectType({ implements: () => Refusal, description: 'Nothing more is stated. Nothing was changed.' })
export class DetailsNotStated implements Refusal {
  message: string;
  @Field(() => DetailObstacleEnum, { description: 'Why not.' })
  obstacle: DetailObstacle;
}

export const StateCertificateDetailsResult = createUnionType({
  name: 'StateCertificateDetailsResult',
  description: 'What is stated from now on, or why it is not.',
  types: () => [DetailsStated, DetailsNotStated] as const,
  resolveType: byClass,
});

@InputType('TakeBackCertificateDetailsInput', {
  description: 'What certificates of a person are no longer to state.',
})
export class TakeBackCertificateDetailsGraphqlInput {
  @Field(() => ID, { description: 'Whose certificates.' })
  @IsUUID()
  personId: string;
  @Field(() => [DetailEnum], { description: 'What is taken back. What was never stated changes nothing.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(DETAILS.length)
  @IsEnum(DetailEnum, { each: true })
  details: Detail[];
}

@ObjectType({
  description: 'Certificates of a person state these no longer; what was kept of them is forgotten.',
})
export class DetailsTakenBack {
  @Field(() => ID, { description: 'Whose.' })
  personId: string;
  @Field(() => [DetailEnum], { description: 'What is stated no longer.' })
  details: Detail[];
}
