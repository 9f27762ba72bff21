import { Args, ArgsType, Field, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { DateScalar, ID, PageArgs } from '../../platform/graphql';
import { ReadTrip } from './read-trip';
import { Trip } from './trip.graphql';

@ArgsType()
class TripArgs extends PageArgs {
  @Field(() => ID, { description: 'The hub that it leaves.' })
  fromHubId: string;
  @Field(() => ID, { description: 'The leg.' })
  legId: string;
  @Field(() => DateScalar, { description: 'The country’s own day of its departure.' })
  day: string;
}

@Resolver()
export class TripsResolver {
  constructor(private readonly read: ReadTrip) {}

  @Allow('consignment.read')
  @Query(() => Trip, {
    description: 'One departure on one day, with the consignments that are planned to go along.',
    complexity: ({ args, childComplexity }) => 20 + Number(args.first) * childComplexity,
  })
  trip(@Ctx() ctx: Context, @Args() args: TripArgs): Promise<Trip> {
    return this.read.run(ctx, args, args);
  }
}
