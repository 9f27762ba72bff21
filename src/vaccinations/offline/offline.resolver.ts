import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { PackSession } from './pack-session';
import { SessionPack, SessionPackArgs } from './session-pack.graphql';
import { DoseSync, SyncDosesGraphqlInput } from './sync.graphql';
import { SyncDoses } from './sync-doses';

/** What a person costs with her doses; lots, products, schedule and keys come once with a page, however long it is. */
const PERSON_COST = 20;

@Resolver()
export class OfflineResolver {
  constructor(
    private readonly sync: SyncDoses,
    private readonly pack: PackSession,
  ) {}

  @Allow('session.pack')
  @Query(() => SessionPack, {
    description:
      'What a device takes along to a session without a connection. States a purpose (X-Purpose); every person given is in the audit trail.',
    complexity: ({ args, childComplexity }) => Number(args.first) * PERSON_COST + childComplexity,
  })
  sessionPack(@Ctx() ctx: Context, @Args() args: SessionPackArgs): Promise<SessionPack> {
    return this.pack.run(ctx, args, args);
  }

  @Allow('vaccination.record')
  @Mutation(() => DoseSync, {
    description:
      'Takes in doses that were given while a clinic had no connection. Each has its own answer; what is not recorded is kept in the backlog.',
  })
  syncDoses(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What the device gathered.' }) input: SyncDosesGraphqlInput,
  ): Promise<DoseSync> {
    return this.sync.run(ctx, input);
  }
}
