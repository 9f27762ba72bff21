import { createUnionType, Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsEnum, IsUUID } from 'class-validator';
import { ID } from '../../platform/graphql';
import { ProofHindered, ProofNotOffered } from '../proofs/proof.graphql';
import type { ResultStatement } from './result-proof-rules';

export const ResultStatementEnum = {
  TEST: 'test',
  RECOVERY: 'recovery',
} as const satisfies Record<string, ResultStatement>;
registerEnumType(ResultStatementEnum, {
  name: 'ResultStatement',
  description: 'What a proof of a test result states.',
  valuesMap: {
    TEST: { description: 'The test and what it found.' },
    RECOVERY: {
      description: 'That the holder has recovered; of a positive NAAT, from the eleventh day to the 180th.',
    },
  },
});

@ObjectType({ description: 'A test result in a format for travel (EU DCC).' })
export class ResultProof {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'The result it is made of.' })
  resultId: string;
  @Field(() => ResultStatementEnum, { description: 'What it states.' })
  states: ResultStatement;
  @Field(() => String, { description: 'What its QR code holds: HC1:…' })
  text: string;
  @Field(() => Date, { description: 'The last instant of its time.' })
  expiresAt: Date;
}

@InputType({ description: 'Which test result a person wants to prove, and how.' })
export class MakeResultProofInput {
  @Field(() => ID, { description: 'Whose.' })
  @IsUUID()
  personId: string;
  @Field(() => ID, { description: 'The result, out of `testResults`.' })
  @IsUUID()
  resultId: string;
  @Field(() => ResultStatementEnum, { description: 'What it is to state.' })
  @IsEnum(ResultStatementEnum)
  states: ResultStatement;
}

export const MakeResultProofResult = createUnionType({
  name: 'MakeResultProofResult',
  description: 'The proof, or why there is none.',
  types: () => [ResultProof, ProofNotOffered, ProofHindered] as const,
  resolveType: value => {
    if (value instanceof ProofNotOffered) return ProofNotOffered;
    return value instanceof ProofHindered ? ProofHindered : ResultProof;
  },
});
