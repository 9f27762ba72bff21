import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../platform/access';
import { type Context, Ctx } from '../platform/context';
import { ID } from '../platform/graphql';
import { ReadTestResults } from './read-test-results';
import { RecordTestResult } from './record-test-result';
import {
  RecordTestResultGraphqlInput,
  type ResultNeedsSecondPerson,
  TestResult,
  VoidTestResultGraphqlInput,
  VoidTestResultResult,
} from './test-result.graphql';
import { VoidTestResult } from './void-test-result';

@Resolver()
export class LaboratoryResolver {
  constructor(
    private readonly record: RecordTestResult,
    private readonly voiding: VoidTestResult,
    private readonly read: ReadTestResults,
  ) {}

  @Allow('test-result.read-own', 'test-result.read')
  @Query(() => [TestResult], {
    complexity: 20,
    description: 'Tests of a person, newest sample first, voided ones too.',
  })
  testResults(
    @Ctx() ctx: Context,
    @Args('personId', { type: () => ID, description: 'Whose.' }) personId: string,
  ): Promise<TestResult[]> {
    return this.read.run(ctx, personId);
  }

  @Allow('test-result.record')
  @Mutation(() => TestResult, { description: 'Enters what a test of a person found.' })
  recordTestResult(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The test.' }) input: RecordTestResultGraphqlInput,
  ): Promise<TestResult> {
    return this.record.run(ctx, input);
  }

  @Allow('test-result.void')
  @Mutation(() => VoidTestResultResult, {
    description: 'Says that a result is not so. What was certified of it is revoked.',
  })
  voidTestResult(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which, and why.' }) input: VoidTestResultGraphqlInput,
  ): Promise<TestResult | ResultNeedsSecondPerson> {
    return this.voiding.run(ctx, input);
  }
}
