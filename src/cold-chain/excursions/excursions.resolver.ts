import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID } from '../../platform/graphql';
import { DecideExcursion } from './decide-excursion';
import {
  DecideExcursionGraphqlInput,
  DecideExcursionResult,
  Excursion,
  ExcursionPage,
  ExcursionsArgs,
  UndecidedExcursionsArgs,
} from './excursion.graphql';
import { ReadExcursions } from './read-excursions';

@Resolver()
export class ExcursionsResolver {
  constructor(
    private readonly read: ReadExcursions,
    private readonly decide: DecideExcursion,
  ) {}

  @Allow('excursion.read')
  @Query(() => Excursion, { description: 'An excursion, with the lots that were there.' })
  excursion(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
    @Args('id', { type: () => ID, description: 'The excursion.' }) id: string,
  ): Promise<Excursion> {
    return this.read.one(ctx, { facilityId, id });
  }

  @Allow('excursion.read')
  @Query(() => ExcursionPage, {
    description: 'The excursions at a facility.',
    complexity: ({ args, childComplexity }) => Number(args.first) * childComplexity,
  })
  excursions(@Ctx() ctx: Context, @Args() args: ExcursionsArgs): Promise<ExcursionPage> {
    return this.read.at(ctx, args, args);
  }

  @Allow('excursion.read')
  @Query(() => ExcursionPage, {
    description: 'The excursions in an area that nobody has decided on.',
    complexity: ({ args, childComplexity }) => Number(args.first) * childComplexity,
  })
  undecidedExcursions(@Ctx() ctx: Context, @Args() args: UndecidedExcursionsArgs): Promise<ExcursionPage> {
    return this.read.undecidedIn(ctx, args.areaId, args);
  }

  @Allow('excursion.decide')
  @Mutation(() => DecideExcursionResult, {
    description:
      'A second person decides on each lot of an excursion: it is released, or discarded and taken off the ledger.',
  })
  decideExcursion(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What becomes of which lot, and why.' }) input: DecideExcursionGraphqlInput,
  ): Promise<object> {
    return this.decide.run(ctx, input);
  }
}
