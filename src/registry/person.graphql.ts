import { Field, Float, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayMaxSize, IsOptional, Length, MaxLength, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { ID } from '../platform/graphql';
import { type BirthDate, parseBirthDate, writeBirthDate } from './birth-date-rules';
import { Consent, ConsentToInput } from './consents/consent.graphql';
import type { PersonStatus, Relation } from './persons.store';

function asBirthDate(value: unknown): BirthDate {
  const birth = typeof value === 'string' ? parseBirthDate(value) : null;
  if (birth) return birth;
  throw new GraphQLError('A birth date is YYYY, YYYY-MM or YYYY-MM-DD, as much of it as is known.', {
    extensions: { code: 'INVALID_INPUT' },
  });
}

/** A birth date as far as it is known, as FHIR's `date`: a year alone never becomes a first of January. */
export const BirthDateScalar = new GraphQLScalarType<BirthDate, string>({
  name: 'BirthDate',
  description:
    'A birth date as far as it is known: YYYY, YYYY-MM or YYYY-MM-DD (ISO 8601 reduced precision, as FHIR date).',
  serialize: value => writeBirthDate(value as BirthDate),
  parseValue: asBirthDate,
  parseLiteral: node => asBirthDate(node.kind === Kind.STRING ? node.value : null),
});

export const PersonStatusEnum = {
  ACTIVE: 'active',
  MOVED: 'moved',
  DECEASED: 'deceased',
} as const satisfies Record<string, PersonStatus>;
registerEnumType(PersonStatusEnum, {
  name: 'PersonStatus',
  description: 'Whether vaccinations are still to be planned here.',
  valuesMap: {
    ACTIVE: { description: 'Lives in the country.' },
    MOVED: { description: 'Has gone to live elsewhere.' },
    DECEASED: { description: 'Has died: nothing is planned, and no dose is recorded.' },
  },
});

export const RelationEnum = {
  SELF: 'self',
  CHILD: 'child',
  PARENT: 'parent',
  PARTNER: 'partner',
  SIBLING: 'sibling',
  WARD: 'ward',
  OTHER: 'other',
} as const satisfies Record<string, Relation>;
registerEnumType(RelationEnum, {
  name: 'Relation',
  description: 'What a person is to the owner of the account that acts for her.',
  valuesMap: {
    SELF: { description: 'The owner herself.' },
    CHILD: { description: 'Her child.' },
    PARENT: { description: 'Her parent.' },
    PARTNER: { description: 'Her husband, wife or partner.' },
    SIBLING: { description: 'Her brother or sister.' },
    WARD: { description: 'Someone she is the guardian of.' },
    OTHER: { description: 'Somebody else she cares for.' },
  },
});

export const AccessNeedEnum = {
  READS_WITH_HELP: 'reads-with-help',
  SEES_LITTLE: 'sees-little',
  HEARS_LITTLE: 'hears-little',
  SIGN_LANGUAGE: 'sign-language',
  WHEELCHAIR: 'wheelchair',
  HOME_VISIT: 'home-visit',
  MORE_TIME: 'more-time',
} as const;
registerEnumType(AccessNeedEnum, {
  name: 'AccessNeed',
  description: 'What a person needs to be served as well as anybody.',
  valuesMap: {
    READS_WITH_HELP: { description: 'Texts are read to her.' },
    SEES_LITTLE: { description: 'Large print, or a screen reader.' },
    HEARS_LITTLE: { description: 'Written messages rather than calls.' },
    SIGN_LANGUAGE: { description: 'Sign language.' },
    WHEELCHAIR: { description: 'A place without steps.' },
    HOME_VISIT: { description: 'Cannot come: is visited at home.' },
    MORE_TIME: { description: 'More time, also before a session ends by itself.' },
  },
});

@ObjectType({ description: 'A name in parts, where people have them. The whole name is `name`.' })
export class PersonNameParts {
  @Field(() => String, { nullable: true, description: 'Given name or names.' })
  given?: string | null;
  @Field(() => String, { nullable: true, description: 'Middle name, or a father’s.' })
  middle?: string | null;
  @Field(() => String, { nullable: true, description: 'Family name.' })
  family?: string | null;
}

@ObjectType({ description: 'An identifier of a person. Its number is never given whole.' })
export class PersonIdentifier {
  @Field(() => String, { description: 'Code of its type.' })
  type: string;
  @Field(() => String, { description: 'Name of the type in the caller’s language.' })
  typeName: string;
  @Field(() => String, { description: 'The number, masked.' })
  masked: string;
}

@ObjectType({ description: 'A phone by which a person is reached. It is never given whole.' })
export class PersonPhone {
  @Field(() => String, { description: 'The number, masked.' })
  masked: string;
  @Field(() => Boolean, {
    description:
      'Whether it was proved by a one-time code. One that was not never receives anything about health.',
  })
  verified: boolean;
}

@ObjectType({ description: 'A person in the registry.' })
export class Person {
  @Field(() => ID, { description: 'Her id; it never changes.' })
  id: string;
  @Field(() => String, { description: 'The code on her card, in groups of four digits.' })
  code: string;
  @Field(() => String, { description: 'Her name as she gives it, in any script; one name alone is a name.' })
  name: string;
  @Field(() => PersonNameParts, { nullable: true, description: 'The name in parts, if she gave them.' })
  nameParts: PersonNameParts | null;
  @Field(() => BirthDateScalar, { description: 'Birth date, as far as it is known.' })
  birthDate: BirthDate;
  @Field(() => String, { description: 'The same in the caller’s language, to be shown.' })
  birthDateText: string;
  @Field(() => String, { description: 'Sex: female, male, other or unknown, of those the country records.' })
  sex: string;
  @Field(() => String, { description: 'The same in the caller’s language, to be shown.' })
  sexText: string;
  @Field(() => ID, { nullable: true, description: 'The area she lives in.' })
  areaId: string | null;
  @Field(() => String, { nullable: true, description: 'The language she is written to in (BCP 47).' })
  language: string | null;
  @Field(() => [AccessNeedEnum], { description: 'What she needs to be served as well as anybody.' })
  accessNeeds: string[];
  @Field(() => PersonStatusEnum, { description: 'Whether vaccinations are still to be planned here.' })
  status: PersonStatus;
  @Field(() => RelationEnum, {
    nullable: true,
    description: 'What she is to the caller, when the caller’s account acts for her.',
  })
  relation: Relation | null;
  @Field(() => [PersonIdentifier], { complexity: 5, description: 'Her identifiers, masked.' })
  identifiers: PersonIdentifier[];
  @Field(() => [PersonPhone], { complexity: 5, description: 'Her phones, masked.' })
  phones: PersonPhone[];
  @Field(() => [Consent], {
    complexity: 5,
    description: 'Where she stands on each purpose she was asked about.',
  })
  consents: Consent[];
  @Field(() => Boolean, {
    description: 'Whether a member of staff attested who she is, without her own account.',
  })
  assisted: boolean;
  @Field(() => Date, { description: 'When she was registered.' })
  registeredAt: Date;
}

@ObjectType({
  description: 'A person found, as much of her as shows that she is the one. Open her for the rest.',
})
export class PersonFound {
  @Field(() => ID, { description: 'Her id.' })
  personId: string;
  @Field(() => String, { description: 'The first letter of each of her names.' })
  maskedName: string;
  @Field(() => Int, { description: 'Year of birth.' })
  birthYear: number;
  @Field(() => String, { description: 'Sex, in the caller’s language.' })
  sexText: string;
  @Field(() => [PersonIdentifier], { complexity: 5, description: 'Her identifiers, masked.' })
  identifiers: PersonIdentifier[];
  @Field(() => Float, { description: 'How well she matches what was asked; higher is better.' })
  score: number;
}

@ObjectType({ description: 'One correction of what is known of a person.' })
export class PersonChange {
  @Field(() => [String], { description: 'What was corrected.' })
  fields: string[];
  @Field(() => String, { description: 'Why.' })
  reason: string;
  @Field(() => String, { description: 'Which kind of actor did it.' })
  actorKind: string;
  @Field(() => Date, { description: 'When.' })
  at: Date;
}

@InputType({ description: 'A name in parts, where people have them.' })
export class PersonNamePartsInput {
  @Field(() => String, { nullable: true, description: 'Given name or names.' })
  @IsOptional()
  @MaxLength(200)
  given?: string | null;
  @Field(() => String, { nullable: true, description: 'Middle name, or a father’s.' })
  @IsOptional()
  @MaxLength(200)
  middle?: string | null;
  @Field(() => String, { nullable: true, description: 'Family name.' })
  @IsOptional()
  @MaxLength(200)
  family?: string | null;
}

@InputType({ description: 'An identifier of one of the country’s types.' })
export class PersonIdentifierInput {
  @Field(() => String, { description: 'Code of its type.' })
  @Length(1, 60)
  type: string;
  @Field(() => String, { description: 'The number as it is written on the document.' })
  @Length(1, 64)
  value: string;
}

@InputType({
  description: 'Somebody looked at the records that seemed to be the same person and says they are not.',
})
export class NotTheSameInput {
  @Field(() => [ID], { description: 'The persons that were looked at.' })
  @ArrayMaxSize(20)
  personIds: string[];
  @Field(() => String, { description: 'How it is known; kept with the record.' })
  @Length(3, 500)
  reason: string;
}

@InputType('RegisterPersonInput', { description: 'A person to be registered.' })
export class RegisterPersonGraphqlInput {
  @Field(() => String, { description: 'Her name as she gives it, in any script; one name alone is a name.' })
  @Length(1, 200)
  name: string;
  @Field(() => PersonNamePartsInput, {
    nullable: true,
    description: 'The name in parts, if people have them.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => PersonNamePartsInput)
  nameParts?: PersonNamePartsInput | null;
  @Field(() => BirthDateScalar, { description: 'Birth date, as far as it is known.' })
  birthDate: BirthDate;
  @Field(() => String, { description: 'Sex: one of those the country records.' })
  @Length(1, 20)
  sex: string;
  @Field(() => ID, { nullable: true, description: 'The area she lives in.' })
  areaId?: string | null;
  @Field(() => String, { nullable: true, description: 'The language she is written to in (BCP 47).' })
  language?: string | null;
  @Field(() => [AccessNeedEnum], {
    nullable: true,
    description: 'What she needs to be served as well as anybody.',
  })
  @IsOptional()
  @ArrayMaxSize(7)
  accessNeeds?: string[] | null;
  @Field(() => [PersonIdentifierInput], { nullable: true, description: 'Identifiers; none is needed.' })
  @IsOptional()
  @ArrayMaxSize(5)
  @ValidateNested({ each: true })
  @Type(() => PersonIdentifierInput)
  identifiers?: PersonIdentifierInput[] | null;
  @Field(() => String, {
    nullable: true,
    description: 'A phone as people write it; none is needed. A citizen’s own is known from her account.',
  })
  phone?: string | null;
  @Field(() => [ConsentToInput], {
    description: 'What she agrees to. The required purposes must be among them.',
  })
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => ConsentToInput)
  consents: ConsentToInput[];
  @Field(() => RelationEnum, {
    nullable: true,
    description:
      'What she is to the owner of the account that registers her. Needed there, and nowhere else.',
  })
  relation?: Relation | null;
  @Field(() => ID, {
    nullable: true,
    description: 'Where a member of staff registers and attests her. Needed there, and nowhere else.',
  })
  facilityId?: string | null;
  @Field(() => NotTheSameInput, {
    nullable: true,
    description:
      'After a refusal as likely the same person: staff may say that she is not; a citizen only of her own people.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => NotTheSameInput)
  notTheSame?: NotTheSameInput | null;
  @Field(() => String, { description: 'A key of the caller’s own: the same key registers once.' })
  idempotencyKey: string;
}

@InputType('LinkPersonInput', {
  description: 'The proof that a registered person is one of the caller’s people.',
})
export class LinkPersonGraphqlInput {
  @Field(() => String, { description: 'The code on her card.' })
  @Length(12, 30)
  code: string;
  @Field(() => BirthDateScalar, { description: 'Her birth date, as it was registered.' })
  birthDate: BirthDate;
  @Field(() => RelationEnum, { description: 'What she is to the owner of the account.' })
  relation: Relation;
}

@InputType('ChangePersonInput', {
  description: 'A correction of what is known of a person. What is left out stays as it is.',
})
export class ChangePersonGraphqlInput {
  @Field(() => ID, { description: 'Who.' })
  personId: string;
  @Field(() => ID, { description: 'Where the member of staff stands.' })
  facilityId: string;
  @Field(() => String, { description: 'Why, and by what proof; kept with the record.' })
  @Length(3, 500)
  reason: string;
  @Field(() => String, { nullable: true, description: 'Her name as she gives it.' })
  @IsOptional()
  @Length(1, 200)
  name?: string | null;
  @Field(() => BirthDateScalar, { nullable: true, description: 'Birth date, as far as it is known.' })
  birthDate?: BirthDate | null;
  @Field(() => String, { nullable: true, description: 'Sex: one of those the country records.' })
  sex?: string | null;
  @Field(() => ID, { nullable: true, description: 'The area she lives in.' })
  areaId?: string | null;
  @Field(() => String, { nullable: true, description: 'The language she is written to in (BCP 47).' })
  language?: string | null;
  @Field(() => [AccessNeedEnum], { nullable: true, description: 'What she needs.' })
  @IsOptional()
  @ArrayMaxSize(7)
  accessNeeds?: string[] | null;
  @Field(() => PersonStatusEnum, {
    nullable: true,
    description: 'Whether vaccinations are still to be planned.',
  })
  status?: PersonStatus | null;
}

@InputType('FindPersonsInput', {
  description: 'Her own code, or at least two facts that have to match: name, birth date, identifier, phone.',
})
export class FindPersonsGraphqlInput {
  @Field(() => ID, { description: 'Where the member of staff stands.' })
  facilityId: string;
  @Field(() => String, { nullable: true, description: 'The code on her card.' })
  @IsOptional()
  @Length(12, 30)
  code?: string | null;
  @Field(() => String, { nullable: true, description: 'Name, in any script.' })
  @IsOptional()
  @Length(1, 200)
  name?: string | null;
  @Field(() => BirthDateScalar, { nullable: true, description: 'Birth date, as far as it is known.' })
  birthDate?: BirthDate | null;
  @Field(() => PersonIdentifierInput, { nullable: true, description: 'An identifier.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => PersonIdentifierInput)
  identifier?: PersonIdentifierInput | null;
  @Field(() => String, { nullable: true, description: 'A phone as people write it.' })
  phone?: string | null;
}
