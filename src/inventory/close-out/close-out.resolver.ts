import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID } from '../../platform/graphql';
import { CloseOutSession } from './close-out-session';
import {
  CloseOutResult,
  CloseOutSessionGraphqlInput,
  DecideCloseOutGraphqlInput,
  DecideCloseOutResult,
} from './close-out.graphql';
import { DecideCloseOut } from './decide-close-out';
import { ReadCloseOut } from './read-close-out';
import { SessionCloseOut, SessionLot } from './session-lot.graphql';

@Resolver()
export class CloseOutResolver {
  constructor(
    private readonly closing: CloseOutSession,
    private readonly deciding: DecideCloseOut,
    private readonly read: ReadCloseOut,
  ) {}

  @Allow('stock.read')
  @Query(() => SessionCloseOut, { complexity: 100, description: 'What a session used, lot by lot.' })
  sessionCloseOut(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
    @Args('sessionId', { type: () => ID, description: 'The session.' }) sessionId: string,
  ): Promise<SessionCloseOut> {
    return this.read.session(ctx, facilityId, sessionId);
  }

  @Allow('stock.read')
  @Query(() => [SessionLot], {
    complexity: 200,
    description:
      'Lots of sessions that are not accounted for: doses came late, the count was refused, a second person must decide, or the day is over and nobody counted. A hundred at most.',
  })
  unsettledSessionLots(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
  ): Promise<SessionLot[]> {
    return this.read.unsettled(ctx, facilityId);
  }

  @Allow('stock.close-out')
  @Mutation(() => CloseOutResult, {
    description:
      'Ends a session and accounts for what it used: vials opened × doses and what was brought = given + wasted + returned open, per lot.',
  })
  closeOutSession(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The count.' }) input: CloseOutSessionGraphqlInput,
  ): Promise<typeof CloseOutResult> {
    return this.closing.run(ctx, input);
  }

  @Allow('stock.decide')
  @Mutation(() => DecideCloseOutResult, {
    description: 'A second person approves what a session could not account for, or has it counted again.',
  })
  decideCloseOut(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which session, and the decision.' }) input: DecideCloseOutGraphqlInput,
  ): Promise<typeof DecideCloseOutResult> {
    return this.deciding.run(ctx, input);
  }
}
