import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID } from '../../platform/graphql';
import { Forecast, type ForecastStep } from './forecast.graphql';
import { type ForecastView, ReadForecast } from './read-forecast';

@Resolver(() => Forecast)
export class ForecastsResolver {
  constructor(private readonly read: ReadForecast) {}

  @Allow('forecast.read')
  @Query(() => [Forecast], {
    complexity: ({ args, childComplexity }) => (args.personIds as unknown[]).length * childComplexity,
    description:
      'What is next for each of up to a hundred persons, today, in the order asked. States a purpose.',
  })
  forecasts(
    @Ctx() ctx: Context,
    @Args('personIds', { type: () => [ID], description: 'The persons.' }) personIds: string[],
  ): Promise<ForecastView[]> {
    return this.read.several(ctx, personIds);
  }

  @ResolveField()
  trace(@Ctx() ctx: Context, @Parent() forecast: ForecastView): ForecastStep[] {
    return forecast.explain(ctx);
  }
}
