import { createUnionType, Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsUUID, Length, Max, Min } from 'class-validator';
import { byClass, ID, Refusal } from '../../platform/graphql';

@ObjectType({ description: 'SSCCs that nobody else was given.' })
export class IssuedSsccs {
  @Field(() => [String], {
    description:
      'As they are scanned: 00, the extension digit, the prefix, the serial reference, the check digit.',
  })
  ssccs: string[];
}

@ObjectType({
  implements: () => Refusal,
  description:
    'The country has no GS1 company prefix here yet: `setGs1CompanyPrefix`, or use labels of your own.',
})
export class NoCompanyPrefix implements Refusal {
  message: string;
}

export const IssueSsccsResult = createUnionType({
  name: 'IssueSsccsResult',
  description: 'The SSCCs, or that the country has no prefix for them.',
  types: () => [IssuedSsccs, NoCompanyPrefix] as const,
  resolveType: byClass,
});

@InputType('SetGs1CompanyPrefixInput', {
  description: 'The prefix that GS1 gave to whoever numbers the units.',
})
export class SetGs1CompanyPrefixGraphqlInput {
  @Field(() => String, { description: '6 to 12 digits.' })
  @Length(6, 12)
  prefix: string;
}

@InputType('IssueSsccsInput', { description: 'How many SSCCs, for which hub.' })
export class IssueSsccsGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key gives the same ones, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { description: 'The hub that labels with them.' })
  @IsUUID()
  hubId: string;
  @Field(() => Int, { description: '1 to 1,000.' })
  @Min(1)
  @Max(1000)
  count: number;
}
