import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayMaxSize, IsEmail, IsOptional, Length, Matches, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import type { TenantState } from '../platform/context';
import { ID } from '../platform/graphql';
import type { OperatorStep } from './change-tenant-state';

export const TenantStateEnum = {
  INVITED: 'INVITED',
  AGREEMENT_SENT: 'AGREEMENT_SENT',
  ACCEPTED: 'ACCEPTED',
  PROVISIONED: 'PROVISIONED',
  CONFIGURED: 'CONFIGURED',
  PILOT: 'PILOT',
  LIVE: 'LIVE',
  SUSPENDED: 'SUSPENDED',
  ARCHIVED: 'ARCHIVED',
  ENDED: 'ENDED',
} as const satisfies Record<TenantState, TenantState>;
registerEnumType(TenantStateEnum, {
  name: 'TenantState',
  description: 'Where a country is in its life on this platform.',
  valuesMap: {
    INVITED: { description: 'A platform operator has named the ministry.' },
    AGREEMENT_SENT: { description: 'The signatory has been sent the way to the licence.' },
    ACCEPTED: { description: 'The licence is accepted; provisioning follows by itself.' },
    PROVISIONED: { description: 'Schema, database login, keys and first administrator exist.' },
    CONFIGURED: { description: 'A country pack is published.' },
    PILOT: { description: 'In use at a few places.' },
    LIVE: { description: 'In national use.' },
    SUSPENDED: { description: 'Readable, certificates still verify, nothing can be changed.' },
    ARCHIVED: { description: 'Closed for good; readable, and certificates still verify.' },
    ENDED: { description: 'Its records, keys and login are destroyed; this is what is left.' },
  },
});

export const OperatorStepEnum = {
  START_PILOT: 'START_PILOT',
  GO_LIVE: 'GO_LIVE',
  SUSPEND: 'SUSPEND',
  RESUME: 'RESUME',
  ARCHIVE: 'ARCHIVE',
} as const satisfies Record<OperatorStep, OperatorStep>;
registerEnumType(OperatorStepEnum, {
  name: 'TenantStep',
  description: 'A step that an operator takes by hand.',
  valuesMap: {
    START_PILOT: { description: 'From configured to pilot.' },
    GO_LIVE: { description: 'From pilot to live.' },
    SUSPEND: { description: 'Stop every change; reading and verifying go on.' },
    RESUME: { description: 'Back to the state before suspension.' },
    ARCHIVE: { description: 'From suspended to archived, for good.' },
  },
});

@ObjectType({ description: 'One change of a tenant’s state.' })
export class TenantTransition {
  @Field(() => TenantStateEnum, { nullable: true, description: 'The state left; absent for the first.' })
  from: TenantState | null;
  @Field(() => TenantStateEnum, { description: 'The state reached.' })
  to: TenantState;
  @Field(() => Date, { description: 'When.' })
  at: Date;
  @Field(() => String, { description: 'Which kind of actor did it: operator, signatory, staff or system.' })
  actorKind: string;
  @Field(() => String, { nullable: true, description: 'The reason given.' })
  reason: string | null;
}

@ObjectType({ description: 'The evidence that a ministry accepted the licence.' })
export class LicenceAcceptance {
  @Field(() => String, { description: 'Version of the licence.' })
  licenceVersion: string;
  @Field(() => String, { description: 'Language of the text that was read.' })
  language: string;
  @Field(() => String, { description: 'SHA-256 of that text, hexadecimal.' })
  textSha256: string;
  @Field(() => String, { description: 'Who accepted.' })
  signatoryName: string;
  @Field(() => String, { description: 'In which office.' })
  signatoryTitle: string;
  @Field(() => Date, { description: 'When.' })
  acceptedAt: Date;
}

@ObjectType({
  description: 'A country served here, as the platform knows it. It holds nothing of any citizen.',
})
export class Tenant {
  @Field(() => ID, { description: 'Short code: the X-Tenant header, and the first part of the host name.' })
  code: string;
  @Field(() => String, { description: 'ISO 3166-1 alpha-2 code of the country.' })
  country: string;
  @Field(() => String, { description: "The ministry's name in the caller's language." })
  name: string;
  @Field(() => [String], { description: 'The languages the ministry works in (BCP 47), first one first.' })
  languages: string[];
  @Field(() => TenantStateEnum, { description: 'Where it is in its life.' })
  state: TenantState;
  @Field(() => String, { description: 'IANA time zone in which the country’s days begin.' })
  timeZone: string;
  @Field(() => String, { description: 'The reference of the agreement with the ministry.' })
  agreementRef: string;
  @Field(() => Date, { description: 'When the ministry was invited.' })
  createdAt: Date;
}

@ObjectType({ description: 'The licence in one language, to be read before it is accepted.' })
export class Licence {
  @Field(() => String, { description: 'Version.' })
  version: string;
  @Field(() => String, { description: 'Language of this text (BCP 47).' })
  language: string;
  @Field(() => String, { description: 'Title.' })
  title: string;
  @Field(() => String, { description: 'The whole text, Markdown.' })
  text: string;
  @Field(() => String, { description: 'SHA-256 of `text`, hexadecimal; sent back on acceptance.' })
  sha256: string;
  @Field(() => Boolean, { description: 'Whether this language decides when translations differ.' })
  authoritative: boolean;
}

@InputType({ description: 'A text in one language.' })
export class LocalisedTextInput {
  @Field(() => String, { description: 'Language (BCP 47).' })
  @Matches(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
  language: string;
  @Field(() => String, { description: 'The text.' })
  @Length(1, 200)
  text: string;
}

@InputType('InviteMinistryInput', { description: 'A ministry to be invited.' })
export class InviteMinistryGraphqlInput {
  @Field(() => ID, {
    description: 'Short code of the tenant: 2 to 20 lower-case letters and digits, a letter first.',
  })
  code: string;
  @Field(() => String, { description: 'ISO 3166-1 alpha-2 code of the country.' })
  country: string;
  @Field(() => [LocalisedTextInput], { description: "The ministry's name in its languages." })
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => LocalisedTextInput)
  names: LocalisedTextInput[];
  @Field(() => [String], { description: 'The languages the ministry works in (BCP 47), first one first.' })
  @ArrayMaxSize(20)
  languages: string[];
  @Field(() => String, { description: 'IANA time zone.' })
  timeZone: string;
  @Field(() => [String], { nullable: true, description: "The tenant's own host names, if it has any." })
  @IsOptional()
  @ArrayMaxSize(20)
  hosts?: string[] | null;
  @Field(() => String, { description: 'Reference of the agreement with the ministry.' })
  @Length(1, 200)
  agreementRef: string;
  @Field(() => String, { description: 'Who signs for the ministry.' })
  @Length(1, 200)
  signatoryName: string;
  @Field(() => String, { description: 'In which office.' })
  @Length(1, 200)
  signatoryTitle: string;
  @Field(() => String, { description: 'Where the agreement is sent.' })
  @IsEmail()
  signatoryEmail: string;
}

@InputType('AcceptAgreementInput', { description: 'The acceptance of the licence by the signatory.' })
export class AcceptAgreementGraphqlInput {
  @Field(() => String, { description: 'Language of the text that was read.' })
  language: string;
  @Field(() => String, { description: 'Its version.' })
  version: string;
  @Field(() => String, { description: 'Its SHA-256, as `licence` gave it.' })
  textSha256: string;
  @Field(() => String, { description: "Name of the country's first administrator." })
  @Length(1, 200)
  firstAdminName: string;
  @Field(() => String, { description: 'Where that administrator is invited.' })
  @IsEmail()
  firstAdminEmail: string;
}

@InputType('ChangeTenantStateInput', { description: 'A step in the life of a tenant.' })
export class ChangeTenantStateGraphqlInput {
  @Field(() => ID, { description: 'Which tenant.' })
  code: string;
  @Field(() => OperatorStepEnum, { description: 'Which step.' })
  step: OperatorStep;
  @Field(() => String, { description: 'Why; kept in the log.' })
  @Length(1, 500)
  reason: string;
}
