import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID } from '../../platform/graphql';
import {
  BundledSuppliesArgs,
  BundledSupply,
  RecordSuppliesUsedGraphqlInput,
  RecordSuppliesUsedResult,
  SessionSupplies,
} from './bundling.graphql';
import { ReadBundledSupplies } from './read-bundled-supplies';
import { ReadSessionSupplies } from './read-session-supplies';
import { RecordSuppliesUsed } from './record-supplies-used';

@Resolver()
export class BundlingResolver {
  constructor(
    private readonly read: ReadSessionSupplies,
    private readonly bundled: ReadBundledSupplies,
    private readonly recording: RecordSuppliesUsed,
  ) {}

  @Allow('stock.read')
  @Query(() => SessionSupplies, {
    complexity: 50,
    description: 'What a session used of supplies, and what goes with the vaccines that it used.',
  })
  sessionSupplies(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
    @Args('sessionId', { type: () => ID, description: 'The session.' }) sessionId: string,
  ): Promise<SessionSupplies> {
    return this.read.run(ctx, facilityId, sessionId);
  }

  @Allow('stock.read')
  @Query(() => [BundledSupply], {
    complexity: 50,
    description:
      'What goes along with vaccines that a facility is to ask for or be sent: syringes, diluents, safety boxes.',
  })
  bundledSupplies(@Ctx() ctx: Context, @Args() asked: BundledSuppliesArgs): Promise<BundledSupply[]> {
    return this.bundled.run(ctx, asked);
  }

  @Allow('stock.close-out')
  @Mutation(() => RecordSuppliesUsedResult, { description: 'Records what a session used of supplies.' })
  recordSuppliesUsed(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Where, when and of which lots.' }) input: RecordSuppliesUsedGraphqlInput,
  ): Promise<typeof RecordSuppliesUsedResult> {
    return this.recording.run(ctx, input);
  }
}
