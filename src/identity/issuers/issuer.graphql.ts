import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsOptional, Length, ValidateNested } from 'class-validator';
import { ID } from '../../platform/graphql';
import { LocalisedTextInput } from '../../tenancy';
import type { IssuerAuthentication } from './issuer-rules';

const IssuerAuthenticationEnum = {
  PRIVATE_KEY_JWT: 'PRIVATE_KEY_JWT',
  CLIENT_SECRET: 'CLIENT_SECRET',
} as const satisfies Record<IssuerAuthentication, IssuerAuthentication>;
registerEnumType(IssuerAuthenticationEnum, {
  name: 'IssuerAuthentication',
  description: 'How this service proves to an issuer who it is.',
  valuesMap: {
    PRIVATE_KEY_JWT: { description: 'By a key of its own (RFC 7523); preferred: no secret travels.' },
    CLIENT_SECRET: { description: 'By a secret that both know (`client_secret_basic`).' },
  },
});

@ObjectType({ description: 'An issuer of the ministry that its staff can sign in through (OpenID Connect).' })
export class SignInIssuer {
  @Field(() => ID, { description: 'Which; for `beginIssuerSignIn`.' })
  id: string;
  @Field(() => String, { description: 'Its name in the caller’s language.' })
  name: string;
}

@ObjectType({ description: 'How an issuer is set up.' })
export class IssuerSetting {
  @Field(() => ID, { description: 'Which.' })
  id: string;
  @Field(() => String, { description: 'Its identifier, as its tokens have it (`iss`).' })
  issuer: string;
  @Field(() => String, { description: 'How the issuer knows this service (`client_id`).' })
  clientId: string;
  @Field(() => String, {
    description: 'Where it sends people back to: a page that calls `completeIssuerSignIn`.',
  })
  redirectUri: string;
  @Field(() => IssuerAuthenticationEnum, { description: 'How this service proves to it who it is.' })
  authentication: IssuerAuthentication;
  @Field(() => String, {
    nullable: true,
    description: 'The public key to be registered there, as a JWK in JSON; absent where a secret is used.',
  })
  publicKey: string | null;
  @Field(() => String, {
    description:
      'Where it tells that somebody was signed out there: to be registered as `backchannel_logout_uri`, with `backchannel_logout_session_required`.',
  })
  backchannelLogoutUri: string;
  @Field(() => [String], { description: 'Values of `acr` that count as a second factor.' })
  secondFactorAcr: string[];
  @Field(() => [String], { description: 'Values of `amr` (RFC 8176) that count as a second factor.' })
  secondFactorAmr: string[];
  @Field(() => Boolean, { description: 'Whether people can sign in through it.' })
  active: boolean;
  @Field(() => Date, { description: 'When it was last set up.' })
  changedAt: Date;
}

@InputType('SetSignInIssuerInput', {
  description: 'An issuer to be added, or set up anew when there is one of this identifier.',
})
export class SetSignInIssuerGraphqlInput {
  @Field(() => String, {
    description: 'Its identifier: an https:// address that answers `/.well-known/openid-configuration`.',
  })
  @Length(8, 500)
  issuer: string;
  @Field(() => String, { description: 'How the issuer knows this service (`client_id`).' })
  @Length(1, 500)
  clientId: string;
  @Field(() => String, {
    description: 'An https:// page of the country’s own; no two issuers send people back to the same.',
  })
  @Length(8, 500)
  redirectUri: string;
  @Field(() => [LocalisedTextInput], { description: 'Its name, by language.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => LocalisedTextInput)
  names: LocalisedTextInput[];
  @Field(() => String, {
    nullable: true,
    description:
      'A secret that both know. Without it this service makes a key of its own, or keeps the one it has.',
  })
  @IsOptional()
  @Length(16, 500)
  clientSecret?: string | null;
  @Field(() => Boolean, { defaultValue: false, description: 'Makes a new key in place of the one in use.' })
  renewKey: boolean;
  @Field(() => [String], { defaultValue: [], description: 'Values of `acr` that count as a second factor.' })
  @ArrayMaxSize(20)
  @Length(1, 200, { each: true })
  secondFactorAcr: string[];
  @Field(() => [String], {
    defaultValue: [],
    description: 'Values of `amr` (RFC 8176) that count as a second factor; none does when both are empty.',
  })
  @ArrayMaxSize(20)
  @Length(1, 200, { each: true })
  secondFactorAmr: string[];
  @Field(() => Boolean, { defaultValue: true, description: 'Whether people can sign in through it.' })
  active: boolean;
}

@ObjectType({ description: 'Somebody can go to her issuer now.' })
export class IssuerVisit {
  @Field(() => String, { description: 'Where to send her browser.' })
  url: string;
  @Field(() => String, {
    description: 'To be kept by the calling program alone and given back with the issuer’s answer.',
  })
  handle: string;
  @Field(() => Date, { description: 'Until when she may come back.' })
  expiresAt: Date;
}

@InputType('BeginIssuerSignInInput', { description: 'Through which issuer somebody signs in.' })
export class BeginIssuerSignInGraphqlInput {
  @Field(() => ID, { description: 'Which issuer.' })
  issuerId: string;
  @Field(() => String, {
    nullable: true,
    description: 'The token of her invitation, when she answers it by the issuer instead of a password.',
  })
  @IsOptional()
  @Length(1, 100)
  invitation?: string | null;
}

@InputType('IssuerAnswerInput', { description: 'What an issuer answered.' })
export class IssuerAnswerGraphqlInput {
  @Field(() => String, { description: 'The handle that the visit began with.' })
  @Length(1, 100)
  handle: string;
  @Field(() => String, { description: 'The whole address that the issuer sent the browser to.' })
  @Length(8, 8_000)
  callback: string;
}
