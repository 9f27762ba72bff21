import { createUnionType, Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsDate, IsEnum, IsOptional, IsUUID, Length, Matches } from 'class-validator';
import { ID, Refusal } from '../platform/graphql';
import type { TestFinding, TestMethod } from './test-result';

export const TestMethodEnum = {
  NAAT: 'naat',
  RAPID_ANTIGEN: 'rapid-antigen',
} as const satisfies Record<string, TestMethod>;
registerEnumType(TestMethodEnum, {
  name: 'TestMethod',
  description: 'How a sample is tested.',
  valuesMap: {
    NAAT: { description: 'For nucleic acids, amplified (LOINC LP6464-4): PCR and its like.' },
    RAPID_ANTIGEN: { description: 'By a rapid immunoassay for proteins of the agent (LOINC LP217198-3).' },
  },
});

export const TestFindingEnum = {
  DETECTED: 'detected',
  NOT_DETECTED: 'not-detected',
  INCONCLUSIVE: 'inconclusive',
} as const satisfies Record<string, TestFinding>;
registerEnumType(TestFindingEnum, {
  name: 'TestFinding',
  description: 'What a test found.',
  valuesMap: {
    DETECTED: { description: 'The agent was found (SNOMED CT 260373001).' },
    NOT_DETECTED: { description: 'It was not found (SNOMED CT 260415000).' },
    INCONCLUSIVE: { description: 'Neither can be said. Nothing is certified of it.' },
  },
});

export enum VoidResultReason {
  WRONG_PERSON = 'WRONG_PERSON',
  WRONG_RESULT = 'WRONG_RESULT',
  ENTERED_TWICE = 'ENTERED_TWICE',
  NEVER_TESTED = 'NEVER_TESTED',
}
registerEnumType(VoidResultReason, {
  name: 'VoidResultReason',
  description: 'Why a result is not so.',
  valuesMap: {
    WRONG_PERSON: { description: 'The sample was somebody else’s.' },
    WRONG_RESULT: { description: 'Something else was found, or the sample was mixed up. Enter it anew.' },
    ENTERED_TWICE: { description: 'It is there twice.' },
    NEVER_TESTED: { description: 'No such test was made.' },
  },
});

@InputType('RecordTestResultInput', { description: 'What a test of a person found.' })
export class RecordTestResultGraphqlInput {
  @Field(() => String, {
    description: 'Chosen by the caller: the same key acts once, however often it is sent.',
  })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Whose sample.' })
  @IsUUID()
  personId: string;
  @Field(() => ID, { description: 'Where it was taken or tested: the centre that a certificate names.' })
  @IsUUID()
  facilityId: string;
  @Field(() => String, { description: 'Disease or agent that was looked for, as its code of SNOMED CT.' })
  @Matches(/^\d{6,18}$/)
  disease: string;
  @Field(() => TestMethodEnum, { description: 'How.' })
  @IsEnum(TestMethodEnum)
  method: TestMethod;
  @Field(() => String, { nullable: true, description: 'What the test is called; at most 80 characters.' })
  @IsOptional()
  @Length(0, 80)
  testName?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Number of the device in the public list of tests for the disease; a rapid test needs it.',
  })
  @IsOptional()
  @Matches(/^\d{0,6}$/)
  device?: string | null;
  @Field(() => TestFindingEnum, { description: 'What was found.' })
  @IsEnum(TestFindingEnum)
  result: TestFinding;
  @Field(() => Date, { description: 'When the sample was taken: not in the future, at most two years ago.' })
  @IsDate()
  sampledAt: Date;
}

@InputType('VoidTestResultInput', { description: 'A result that is not so.' })
export class VoidTestResultGraphqlInput {
  @Field(() => ID, { description: 'Whose.' })
  @IsUUID()
  personId: string;
  @Field(() => ID, { description: 'Which.' })
  @IsUUID()
  resultId: string;
  @Field(() => VoidResultReason, { description: 'Why.' })
  @IsEnum(VoidResultReason)
  reason: VoidResultReason;
}

@ObjectType({ description: 'What a test of a person found, as it was entered.' })
export class TestResult {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'Whose.' })
  personId: string;
  @Field(() => String, { description: 'Disease or agent, SNOMED CT.' })
  disease: string;
  @Field(() => TestMethodEnum, { description: 'How.' })
  method: TestMethod;
  @Field(() => String, { nullable: true, description: 'What the test is called.' })
  testName: string | null;
  @Field(() => String, { nullable: true, description: 'Number of the device in the public list of tests.' })
  device: string | null;
  @Field(() => TestFindingEnum, { description: 'What was found.' })
  result: TestFinding;
  @Field(() => Date, { description: 'When the sample was taken.' })
  sampledAt: Date;
  @Field(() => ID, { description: 'Where.' })
  facilityId: string;
  @Field(() => Date, { description: 'When it was entered.' })
  recordedAt: Date;
  @Field(() => Date, {
    nullable: true,
    description: 'When it was found not to be so; absent while it stands.',
  })
  voidedAt: Date | null;
}

@ObjectType({
  implements: () => Refusal,
  description: 'Whoever entered a result voids it alone for 24 hours; now somebody else has to.',
})
export class ResultNeedsSecondPerson implements Refusal {
  message: string;
}

export const VoidTestResultResult = createUnionType({
  name: 'VoidTestResultResult',
  description: 'The result as it now is, or who else has to say so.',
  types: () => [TestResult, ResultNeedsSecondPerson] as const,
  resolveType: value => ('sampledAt' in value ? TestResult : ResultNeedsSecondPerson),
});
