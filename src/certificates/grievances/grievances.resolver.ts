import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Page } from '../../common';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID, PageArgs } from '../../platform/graphql';
import { DecideGrievance } from './decide-grievance';
import {
  DecideGrievanceGraphqlInput,
  DecideGrievanceResult,
  Grievance,
  type GrievanceImpossible,
  type GrievanceNeedsSecondPerson,
  GrievancePage,
  RaiseGrievanceGraphqlInput,
} from './grievance.graphql';
import { RaiseGrievance } from './raise-grievance';
import { ReadGrievances } from './read-grievances';

@Resolver()
export class GrievancesResolver {
  constructor(
    private readonly raise: RaiseGrievance,
    private readonly decide: DecideGrievance,
    private readonly read: ReadGrievances,
  ) {}

  @Allow('certificate.raise-grievance-own', 'certificate.decide-grievance')
  @Query(() => [Grievance], {
    complexity: 50,
    description: 'What a person wanted put right about her certificates, newest first.',
  })
  grievances(
    @Ctx() ctx: Context,
    @Args('personId', { type: () => ID, description: 'Whose.' }) personId: string,
  ): Promise<Grievance[]> {
    return this.read.ofPerson(ctx, personId);
  }

  @Allow('certificate.decide-grievance')
  @Query(() => GrievancePage, {
    description: 'Cases that a facility is to decide, oldest first.',
    complexity: ({ args, childComplexity }) => Number(args.first) * childComplexity,
  })
  openGrievances(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'Where.' }) facilityId: string,
    @Args() page: PageArgs,
  ): Promise<Page<Grievance>> {
    return this.read.openAt(ctx, facilityId, page);
  }

  @Allow('certificate.raise-grievance-own', 'certificate.raise-grievance')
  @Mutation(() => Grievance, {
    description: 'Asks that something about a person’s certificates be put right.',
  })
  raiseGrievance(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What, and on what evidence.' }) input: RaiseGrievanceGraphqlInput,
  ): Promise<Grievance> {
    return this.raise.run(ctx, input);
  }

  @Allow('certificate.decide-grievance')
  @Mutation(() => DecideGrievanceResult, {
    description:
      'Decides a case, which another than who took it in has to. What it asks for is done in the same act: corrected, issued anew, the old certificate revoked.',
  })
  decideGrievance(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which, and whether.' }) input: DecideGrievanceGraphqlInput,
  ): Promise<Grievance | GrievanceNeedsSecondPerson | GrievanceImpossible> {
    return this.decide.run(ctx, input);
  }
}
