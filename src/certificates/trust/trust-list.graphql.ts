import { createUnionType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayMaxSize, IsEnum, IsOptional, Length, Matches } from 'class-validator';
import type { Reason } from '../../codecs';
import type { TrustListShape } from '../../codecs/trust-lists';
import { ID, Refusal } from '../../platform/graphql';
import { VerdictReasonEnum } from '../verdict.graphql';

export const TrustListShapeEnum = {
  GDHCN: 'gdhcn',
  JWKS: 'jwks',
  DID: 'did',
  JSON_LD_CONTEXTS: 'json-ld-contexts',
} as const satisfies Record<string, TrustListShape>;
registerEnumType(TrustListShapeEnum, {
  name: 'TrustListShape',
  description: 'How a list of signers is written.',
  valuesMap: {
    GDHCN: { description: 'As WHO’s GDHCN and the EU’s gateway give it: DSC and CSCA certificates.' },
    JWKS: { description: 'A JSON Web Key Set (RFC 7517) of one issuer.' },
    DID: { description: 'A DID document of one issuer.' },
    JSON_LD_CONTEXTS: {
      description: 'No signers: the JSON-LD contexts that certificates of others refer to, by address.',
    },
  },
});

export const KeyUsageEnum = { VACCINATION: 'vaccination', TEST: 'test', RECOVERY: 'recovery' } as const;
registerEnumType(KeyUsageEnum, {
  name: 'SignerUsage',
  description: 'What a signer may certify.',
  valuesMap: {
    VACCINATION: { description: 'Doses given.' },
    TEST: { description: 'Results of tests.' },
    RECOVERY: { description: 'Recoveries.' },
  },
});

@InputType({ description: 'Signers of other countries that are to be believed.' })
export class ImportTrustListInput {
  @Field(() => ID, {
    description: 'Its name here; a later list of the same name takes its place, an empty one ends it.',
  })
  @Matches(/^[a-z0-9][a-z0-9-]{0,39}$/)
  code: string;
  @Field(() => TrustListShapeEnum, { description: 'How it is written.' })
  @IsEnum(TrustListShapeEnum)
  shape: TrustListShape;
  @Field(() => String, { description: 'The list itself, JSON.' })
  @Length(2, 8 * 1024 * 1024)
  document: string;
  @Field(() => String, {
    nullable: true,
    description: 'Of a JWKS: whose keys, as certificates name their issuer.',
  })
  @IsOptional()
  @Length(1, 500)
  issuer?: string | null;
  @Field(() => [KeyUsageEnum], {
    nullable: true,
    description: 'What the signers may certify here; left out, what their own certificates say.',
  })
  @IsOptional()
  @ArrayMaxSize(3)
  usages?: ('vaccination' | 'test' | 'recovery')[] | null;
  @Field(() => Date, { description: 'The last instant it counts.' })
  validUntil: Date;
}

@ObjectType({ description: 'Signers of other countries that the country believes.' })
export class TrustList {
  @Field(() => ID, { description: 'Its name here.' })
  code: string;
  @Field(() => Date, { description: 'The last instant it counts.' })
  validUntil: Date;
  @Field(() => Date, { description: 'When it was imported.' })
  importedAt: Date;
  @Field(() => Int, { description: 'How many keys it has, authorities included.' })
  signers: number;
  @Field(() => [String], { description: 'Whose they are: countries and addresses.' })
  issuers: string[];
}

@ObjectType({
  implements: () => Refusal,
  description: 'The list cannot be read, or a signer on it is not by its authority; nothing of it was taken.',
})
export class TrustListUnreadable implements Refusal {
  message: string;
  @Field(() => VerdictReasonEnum, { description: 'What is wrong with it.' })
  reason: Reason;
}

export const ImportTrustListResult = createUnionType({
  name: 'ImportTrustListResult',
  description: 'The list, now in force, or why not.',
  types: () => [TrustList, TrustListUnreadable] as const,
  resolveType: value => (value instanceof TrustListUnreadable ? TrustListUnreadable : TrustList),
});
