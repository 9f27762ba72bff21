import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../../platform/access';
import { type Context, Ctx } from '../../../platform/context';
import { ID } from '../../../platform/graphql';
import { PlaceAlert, WatchPlacesGraphqlInput, WatchPlacesResult } from './alerts.graphql';
import { WatchPlaces } from './watch-places';

@Resolver()
export class AlertsResolver {
  constructor(private readonly watching: WatchPlaces) {}

  @Allow('appointment.book-own')
  @Query(() => [PlaceAlert], { description: 'What the citizen wants to be told of.' })
  myPlaceAlerts(@Ctx() ctx: Context): Promise<PlaceAlert[]> {
    return this.watching.mine(ctx);
  }

  @Allow('appointment.book-own')
  @Mutation(() => WatchPlacesResult, {
    description:
      'Asks for a message when places can be booked or entered for, by area, vaccine and age: at most one a day.',
  })
  watchPlaces(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What to be told of.' }) input: WatchPlacesGraphqlInput,
  ): Promise<typeof WatchPlacesResult> {
    return this.watching.watch(ctx, input);
  }

  @Allow('appointment.book-own')
  @Mutation(() => PlaceAlert, { description: 'Ends an alert: no further message is sent for it.' })
  endPlaceAlert(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID, description: 'The alert.' }) id: string,
  ): Promise<PlaceAlert> {
    return this.watching.end(ctx, id);
  }
}
