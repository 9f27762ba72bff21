import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow, Public } from '../../../platform/access';
import { type Context, Ctx } from '../../../platform/context';
import { ID } from '../../../platform/graphql';
import { AnnounceDraw } from './announce-draw';
import { AnnounceDrawGraphqlInput, Draw, DrawEntryView, EnterDrawGraphqlInput } from './draw.graphql';
import { DrawLots } from './draw-lots';
import { AnnounceDrawResult, DrawLotsResult, EnterDrawResult } from './draws.refusals';
import { EnterDraw } from './enter-draw';
import { ReadDraws } from './read-draws';
import { WaitToBook } from '../waiting-room/wait-to-book';

@Resolver()
export class DrawsResolver {
  constructor(
    private readonly announcing: AnnounceDraw,
    private readonly entering: EnterDraw,
    private readonly drawing: DrawLots,
    private readonly read: ReadDraws,
    private readonly waiting: WaitToBook,
  ) {}

  @Public()
  @Query(() => Draw, {
    nullable: true,
    complexity: 50,
    description:
      'How the scarce places of a session are given out, and all that is needed to draw again; null when they are simply booked.',
  })
  draw(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
    @Args('sessionId', { type: () => ID, description: 'The session.' }) sessionId: string,
  ): Promise<Draw | null> {
    return this.read.ofSession(ctx, { facilityId, sessionId });
  }

  @Allow('appointment.book-own')
  @Query(() => [DrawEntryView], {
    complexity: 100,
    description: 'The entries of the people whom the citizen acts for, the newest first, at most 100.',
  })
  myDrawEntries(@Ctx() ctx: Context): Promise<DrawEntryView[]> {
    return this.read.mine(ctx);
  }

  @Allow('session.change')
  @Mutation(() => AnnounceDrawResult, {
    description:
      'Announces how places of a session are given out, with the hash of a seed. What is announced cannot be changed.',
  })
  announceDraw(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which places, how and when.' }) input: AnnounceDrawGraphqlInput,
  ): Promise<typeof AnnounceDrawResult> {
    return this.announcing.run(ctx, input);
  }

  @Allow('appointment.book-own', 'appointment.book-assisted')
  @Mutation(() => EnterDrawResult, {
    description: 'Enters a person who wants one of the places: once, however often it is asked.',
  })
  enterDraw(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Who, and for what.' }) input: EnterDrawGraphqlInput,
  ): Promise<typeof EnterDrawResult> {
    return this.waiting.before(ctx, () => this.entering.run(ctx, input));
  }

  @Allow('session.change')
  @Mutation(() => DrawLotsResult, {
    description: 'Draws, with the public value that was announced. Without one a draw happens by itself.',
  })
  drawLots(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
    @Args('drawId', { type: () => ID, description: 'The draw.' }) drawId: string,
    @Args('publicValue', { description: 'The value, exactly as it was published.' }) publicValue: string,
  ): Promise<typeof DrawLotsResult> {
    return this.drawing.run(ctx, { facilityId, drawId, publicValue });
  }
}
