import { Field, ObjectType } from '@nestjs/graphql';
import { AccessToken } from '../access-token.graphql';

@ObjectType({ description: 'An authenticator app to be set up. The secret is told once and never again.' })
export class AuthenticatorBegun {
  @Field(() => String, { description: 'For a QR code that the app reads (`otpauth://…`).' })
  address: string;
  @Field(() => String, { description: 'The same secret in base32, to be typed into the app.' })
  secret: string;
}

@ObjectType({ description: 'A second factor is in use from now on.' })
export class AuthenticatorSetUp {
  @Field(() => AccessToken, { description: 'A token that carries the roles.' })
  token: AccessToken;
  @Field(() => [String], {
    description:
      'Codes to write down, each of which works once when all else is lost. Told once, with the first second factor.',
  })
  recoveryCodes: string[];
}
