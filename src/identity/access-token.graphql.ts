import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { SignInStep } from './second-factor/second-factor-rules';

const SignInStepEnum = {
  NONE: 'NONE',
  CONFIRM_SECOND_FACTOR: 'CONFIRM_SECOND_FACTOR',
  SET_UP_SECOND_FACTOR: 'SET_UP_SECOND_FACTOR',
} as const satisfies Record<SignInStep, SignInStep>;
registerEnumType(SignInStepEnum, {
  name: 'SignInStep',
  description: 'What is still to be done before a token carries its owner’s roles.',
  valuesMap: {
    NONE: { description: 'Nothing: the token carries them.' },
    CONFIRM_SECOND_FACTOR: {
      description:
        'Call `confirmSecondFactor`, or `beginPasskeyProof` and `confirmPasskey`, with this token, which opens nothing else.',
    },
    SET_UP_SECOND_FACTOR: {
      description:
        'Call `beginAuthenticator` and `setUpAuthenticator`, or `beginPasskey` and `setUpPasskey`, with this token, which ' +
        'opens nothing else.',
    },
  },
});

@ObjectType({ description: 'A token to send as `Authorization: Bearer …`, and when it ends.' })
export class AccessToken {
  @Field(() => String, { description: 'The token.' })
  token: string;
  @Field(() => Date, { description: 'When it stops working; sign in again then.' })
  expiresAt: Date;
  @Field(() => SignInStepEnum, {
    description: 'What is still to be done before it carries the roles.',
  })
  next?: SignInStep;
}
