import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow, Public } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import {
  Consignment,
  SendConsignmentGraphqlInput,
  SendConsignmentResult,
  TrackConsignmentResult,
} from './consignment.graphql';
import { QuietConsignment } from '../messages/quiet-consignment';
import { ReadConsignment } from './read-consignment';
import { SendConsignment } from './send-consignment';
import { TrackConsignment } from './track-consignment';

@Resolver()
export class ConsignmentsResolver {
  constructor(
    private readonly send: SendConsignment,
    private readonly read: ReadConsignment,
    private readonly track: TrackConsignment,
    private readonly quiet: QuietConsignment,
  ) {}

  @Public()
  @Query(() => TrackConsignmentResult, {
    description:
      'Where a consignment is, by its tracking code. An S10 number alone tells the milestones only.',
  })
  trackConsignment(
    @Ctx() ctx: Context,
    @Args('code', { type: () => String, description: 'The code, as it was typed.' }) code: string,
  ): Promise<object> {
    return this.track.run(ctx, code);
  }

  @Allow('consignment.read')
  @Query(() => Consignment, { description: 'A consignment with its promise, plan and exceptions.' })
  consignment(
    @Ctx() ctx: Context,
    @Args('unit', { type: () => String, description: 'Code of the unit that bears its label.' }) unit: string,
  ): Promise<Consignment> {
    return this.read.run(ctx, unit);
  }

  @Allow('consignment.send')
  @Mutation(() => SendConsignmentResult, {
    description: 'Sends a labelled unit: plans the earliest way and promises when it is there.',
  })
  sendConsignment(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What, from where and where to.' }) input: SendConsignmentGraphqlInput,
  ): Promise<object> {
    return this.send.run(ctx, input);
  }

  @Public()
  @Mutation(() => Boolean, {
    description:
      'Sends no more messages about a consignment to who waits for it, or sends them again. The answer is what was asked, for a code that nobody has too.',
  })
  quietConsignment(
    @Ctx() ctx: Context,
    @Args('code', { type: () => String, description: 'Its tracking code, as it was typed.' }) code: string,
    @Args('quiet', { type: () => Boolean, description: 'Whether to be quiet.' }) quiet: boolean,
  ): Promise<boolean> {
    return this.quiet.run(ctx, { code, quiet });
  }
}
