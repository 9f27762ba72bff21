import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ID } from '../../platform/graphql';

export enum SigningKeyState {
  NEXT = 'NEXT',
  SIGNING = 'SIGNING',
  VERIFYING = 'VERIFYING',
  WITHDRAWN = 'WITHDRAWN',
}
registerEnumType(SigningKeyState, {
  name: 'SigningKeyState',
  description: 'What a signing key is good for.',
  valuesMap: {
    NEXT: { description: 'It is listed and signs from its day on.' },
    SIGNING: { description: 'New certificates are signed with it.' },
    VERIFYING: { description: 'It signs no more; what it signed stays valid.' },
    WITHDRAWN: { description: 'Nothing signed with it is to be believed.' },
  },
});

export enum WithdrawalReason {
  COMPROMISED = 'COMPROMISED',
  LOST = 'LOST',
  ALGORITHM_WEAK = 'ALGORITHM_WEAK',
}
registerEnumType(WithdrawalReason, {
  name: 'SigningKeyWithdrawalReason',
  description: 'Why a signing key is no longer to be believed.',
  valuesMap: {
    COMPROMISED: { description: 'Somebody else may have signed with it.' },
    LOST: { description: 'Nobody knows where its private half is.' },
    ALGORITHM_WEAK: { description: 'Its algorithm is no longer strong enough.' },
  },
});

@ObjectType({ description: 'The public half of a key that a country signs certificates with.' })
export class SigningKey {
  @Field(() => ID, {
    description: 'How certificates name it: eight bytes in base64 (COSE kid), or its thumbprint for EdDSA.',
  })
  kid: string;
  @Field(() => String, {
    description: 'Its JWK thumbprint (RFC 7638): how SMART Health Cards and W3C credentials name it.',
  })
  thumbprint: string;
  @Field(() => String, { description: 'Its algorithm (RFC 9053): `ES256` or `EdDSA`.' })
  alg: string;
  @Field(() => String, { description: 'The public key, a JSON Web Key (RFC 7517).' })
  publicJwk: string;
  @Field(() => String, {
    nullable: true,
    description:
      'Its certificate by the country’s signing authority, X.509 (DER) in base64; an EdDSA key has none.',
  })
  certificate: string | null;
  @Field(() => Date, { description: 'From when on it signs.' })
  notBefore: Date;
  @Field(() => Date, {
    nullable: true,
    description: 'Since when it is not to be believed; absent as a rule.',
  })
  withdrawnAt: Date | null;
  @Field(() => SigningKeyState, { description: 'What it is good for.' })
  state: SigningKeyState;
}
