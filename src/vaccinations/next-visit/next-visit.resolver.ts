import { Args, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID } from '../../platform/graphql';
import { NextVisitView } from './next-visit.graphql';
import { ProposeNextVisit } from './propose-next-visit';

@Resolver()
export class NextVisitResolver {
  constructor(private readonly proposals: ProposeNextVisit) {}

  @Allow('forecast.read', 'forecast.read-own')
  @Query(() => NextVisitView, {
    nullable: true,
    complexity: ({ childComplexity }) => 50 + childComplexity,
    description:
      'What comes after a person’s last dose, with the place kept for it. Absent when nothing does. The place is kept within seconds of the dose.',
  })
  nextVisit(
    @Ctx() ctx: Context,
    @Args('personId', { type: () => ID, description: 'The person.' }) personId: string,
  ): Promise<NextVisitView | null> {
    return this.proposals.of(ctx, personId);
  }
}
