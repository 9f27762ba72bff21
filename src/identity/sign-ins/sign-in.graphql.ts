import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ID } from '../../platform/graphql';
import type { KeyBoundKind } from './key-bound-rules';
import type { EndedFor } from './sign-in-rules';

const EndedForEnum = {
  SIGNED_OUT: 'SIGNED_OUT',
  DISPLACED: 'DISPLACED',
  SIGNED_OUT_BY_ADMIN: 'SIGNED_OUT_BY_ADMIN',
  SUSPENDED: 'SUSPENDED',
  SIGNED_OUT_BY_ISSUER: 'SIGNED_OUT_BY_ISSUER',
} as const satisfies Record<EndedFor, EndedFor>;
registerEnumType(EndedForEnum, {
  name: 'SignInEndedFor',
  description: 'Why a sign-in ended before its time.',
  valuesMap: {
    SIGNED_OUT: { description: 'Its owner signed out, here or from another device.' },
    DISPLACED: { description: 'Its owner signed in on more devices than stand at once.' },
    SIGNED_OUT_BY_ADMIN: { description: 'Who answers for the staff signed its owner out.' },
    SUSPENDED: { description: 'The account was suspended.' },
    SIGNED_OUT_BY_ISSUER: {
      description: 'The issuer that it came by signed its owner out, or is not used any more.',
    },
  },
});

export const KeyBoundKindEnum = { STAFF: 'STAFF', PARTNERS: 'PARTNERS' } as const satisfies Record<
  KeyBoundKind,
  KeyBoundKind
>;
registerEnumType(KeyBoundKindEnum, {
  name: 'KeyBoundKind',
  description: 'Whose tokens may be asked to be bound to a key.',
  valuesMap: {
    STAFF: { description: 'Those of who works there.' },
    PARTNERS: { description: 'Those of partners’ programs.' },
  },
});

@ObjectType({ description: 'From signing in to signing out: one token on one device.' })
export class SignIn {
  @Field(() => ID, { description: 'The sign-in; the token carries it as its `jti`.' })
  id: string;
  @Field(() => String, {
    nullable: true,
    description: 'What the program on the device said of itself (User-Agent).',
  })
  device: string | null;
  @Field(() => Boolean, { description: 'Whether the token works only with a key of the device (DPoP).' })
  bound: boolean;
  @Field(() => String, { nullable: true, description: 'Network address that it came from.' })
  address: string | null;
  @Field(() => Date, { description: 'When.' })
  startedAt: Date;
  @Field(() => Date, { description: 'When the token ends by itself.' })
  expiresAt: Date;
  @Field(() => Date, { nullable: true, description: 'When it was ended before; absent when it was not.' })
  endedAt: Date | null;
  @Field(() => EndedForEnum, { nullable: true, description: 'Why it was ended before its time.' })
  endedFor: EndedFor | null;
  @Field(() => Boolean, { description: 'Whether this request was made with it.' })
  current: boolean;
}
