import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { DateScalar, ID } from '../../platform/graphql';
import { ChangeSession } from './change-session';
import { EndSession } from './end-session';
import { PlanSession } from './plan-session';
import { ReadSessions } from './read-sessions';
import {
  ChangeSessionGraphqlInput,
  ChangeSessionResult,
  EndSessionGraphqlInput,
  PlanSessionGraphqlInput,
  PlanSessionResult,
  Session,
} from './session.graphql';

@Resolver(() => Session)
export class SessionsResolver {
  constructor(
    private readonly read: ReadSessions,
    private readonly planning: PlanSession,
    private readonly change: ChangeSession,
    private readonly end: EndSession,
  ) {}

  @Allow('session.read')
  @Query(() => [Session], {
    complexity: 300,
    description: 'The sessions of a facility with their counters, for those who work there.',
  })
  sessions(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'Which facility.' }) facilityId: string,
    @Args('from', { type: () => DateScalar, description: 'First day.' }) from: string,
    @Args('days', { type: () => Int, defaultValue: 7, description: 'How many days, 1 to 31.' }) days: number,
  ): Promise<Session[]> {
    return this.read.run(ctx, { facilityId, from, days });
  }

  @Allow('session.plan')
  @Mutation(() => PlanSessionResult, { description: 'Plans a session.' })
  planSession(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The plan.' }) input: PlanSessionGraphqlInput,
  ): Promise<typeof PlanSessionResult> {
    return this.planning.run(ctx, input);
  }

  @Allow('session.change')
  @Mutation(() => ChangeSessionResult, {
    description: 'Changes places or the opening time of a planned session.',
  })
  changeSession(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What changes.' }) input: ChangeSessionGraphqlInput,
  ): Promise<typeof ChangeSessionResult> {
    return this.change.run(ctx, input);
  }

  @Allow('session.change')
  @Mutation(() => Session, { description: 'Closes a session before its end: who has a place keeps it.' })
  closeSession(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which one.' }) input: EndSessionGraphqlInput,
  ): Promise<Session> {
    return this.end.close(ctx, input);
  }

  @Allow('session.change')
  @Mutation(() => Session, {
    description: 'Cancels a session: its appointments are cancelled and people are told.',
  })
  cancelSession(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which one.' }) input: EndSessionGraphqlInput,
  ): Promise<Session> {
    return this.end.cancel(ctx, input);
  }
}
