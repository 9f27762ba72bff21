import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../../platform/access';
import { type Context, Ctx } from '../../../platform/context';
import { WaitToBook } from './wait-to-book';
import { PaceBookingGraphqlInput, WaitingRoom } from './waiting-room.graphql';

@Resolver()
export class WaitingRoomResolver {
  constructor(private readonly waiting: WaitToBook) {}

  @Allow('appointment.book-own')
  @Query(() => WaitingRoom, {
    description:
      'Where the citizen is in the line of those who come to book; who has not come yet is not in it.',
  })
  waitingRoom(@Ctx() ctx: Context): Promise<WaitingRoom> {
    return this.waiting.whereAmI(ctx);
  }

  @Allow('booking.pace')
  @Mutation(() => WaitingRoom, {
    description:
      'Sets how fast citizens are let in to book and to enter draws; without a pace nobody waits. Processes follow within two seconds.',
  })
  paceBooking(
    @Ctx() ctx: Context,
    @Args('input', { description: 'How fast.' }) input: PaceBookingGraphqlInput,
  ): Promise<WaitingRoom> {
    return this.waiting.setPace(ctx, input);
  }
}
