import { createUnionType, Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ID, Refusal } from '../platform/graphql';
import { ConsentMissing } from './consents/consent.graphql';
import { Person, PersonIdentifier } from './person.graphql';

export const WayOn = {
  PROVE_WITH_CODE: 'PROVE_WITH_CODE',
  SAY_NOT_THE_SAME: 'SAY_NOT_THE_SAME',
  ASK_STAFF: 'ASK_STAFF',
} as const;
registerEnumType(WayOn, {
  name: 'WayOn',
  description: 'What can be done when a person seems to be registered already.',
  valuesMap: {
    PROVE_WITH_CODE: { description: 'If she is the same: `linkPerson` with the code on her card.' },
    SAY_NOT_THE_SAME: { description: 'If she is not: register again with `notTheSame`.' },
    ASK_STAFF: { description: 'Ask at a facility, where both records can be looked at.' },
  },
});

@ObjectType({
  description: 'A registered person who seems to be the same, as much of her as gives nothing away.',
})
export class LikelyMatch {
  @Field(() => ID, {
    nullable: true,
    description: 'Her id; only for staff, and for a citizen whose own she is.',
  })
  personId: string | null;
  @Field(() => String, { description: 'The first letter of each of her names.' })
  maskedName: string;
  @Field(() => Int, { description: 'Year of birth.' })
  birthYear: number;
  @Field(() => [PersonIdentifier], { complexity: 5, description: 'Her identifiers, masked; only for staff.' })
  identifiers: PersonIdentifier[];
}

@ObjectType({
  implements: () => Refusal,
  description: 'Somebody like her is registered already. Nobody is registered twice by mistake.',
})
export class LikelySamePerson implements Refusal {
  message: string;
  @Field(() => [LikelyMatch], {
    complexity: 10,
    description: 'Who seems to be the same, the likeliest first.',
  })
  matches: LikelyMatch[];
  @Field(() => [WayOn], { description: 'What the caller can do.' })
  waysOn: (keyof typeof WayOn)[];
}

@ObjectType({
  implements: () => Refusal,
  description: 'The account acts for as many people as one account may.',
})
export class TooManyPeople implements Refusal {
  message: string;
  @Field(() => Int, { description: 'How many that is.' })
  limit: number;
}

export const RegisterPersonResult = createUnionType({
  name: 'RegisterPersonResult',
  description: 'The person, now registered, or why she was not.',
  types: () => [Person, LikelySamePerson, ConsentMissing, TooManyPeople] as const,
  resolveType: value => {
    if (value instanceof LikelySamePerson) return LikelySamePerson;
    if (value instanceof ConsentMissing) return ConsentMissing;
    return value instanceof TooManyPeople ? TooManyPeople : Person;
  },
});

export const LinkPersonResult = createUnionType({
  name: 'LinkPersonResult',
  description: 'The person, now one of the caller’s people, or why she is not.',
  types: () => [Person, TooManyPeople] as const,
  resolveType: value => (value instanceof TooManyPeople ? TooManyPeople : Person),
});
