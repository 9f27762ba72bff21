import { Args, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID } from '../../platform/graphql';
import { ReadAlarms } from './read-alarms';
import { ColdChainAlarms } from './watch.graphql';

@Resolver()
export class AlarmsResolver {
  constructor(private readonly read: ReadAlarms) {}

  @Allow('excursion.read')
  @Query(() => ColdChainAlarms, {
    complexity: 100,
    description:
      'Where the cold chain needs somebody now: undecided excursions, silent loggers, failed equipment.',
  })
  coldChainAlarms(
    @Ctx() ctx: Context,
    @Args('areaId', {
      type: () => ID,
      nullable: true,
      description: 'An area with all below it; the whole country when left out.',
    })
    areaId: string | null,
  ): Promise<ColdChainAlarms> {
    return this.read.run(ctx, areaId ?? null);
  }
}
