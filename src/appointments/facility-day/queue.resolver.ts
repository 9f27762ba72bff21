import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Page } from '../../common';
import { Allow, Public } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID } from '../../platform/graphql';
import { CallParty } from './call-party';
import { CloseQueue } from './close-queue';
import { EndVisits } from './end-visits';
import { JoinQueue } from './join-queue';
import { KeepQueue } from './keep-queue';
import { PutBack } from './put-back';
import {
  CallPartyGraphqlInput,
  CloseQueueGraphqlInput,
  EndVisitsGraphqlInput,
  JoinQueueGraphqlInput,
  KeepQueueGraphqlInput,
  OwnVisit,
  QueueArgs,
  QueueBoard,
  QueuePageArgs,
  ServeVisitsGraphqlInput,
  SessionQueue,
  VerifyVisitsGraphqlInput,
  type Visit,
  VisitHistory,
  VisitPage,
} from './queue.graphql';
import {
  CallPartyResult,
  EndVisitsResult,
  JoinQueueResult,
  KeepQueueResult,
  PutBackResult,
  VerifyVisitsResult,
} from './queue.refusals';
import { ReadQueue } from './read-queue';
import { VerifyVisits } from './verify-visits';

@Resolver()
export class QueueResolver {
  constructor(
    private readonly read: ReadQueue,
    private readonly keeping: KeepQueue,
    private readonly closing: CloseQueue,
    private readonly joining: JoinQueue,
    private readonly calling: CallParty,
    private readonly back: PutBack,
    private readonly verifying: VerifyVisits,
    private readonly ending: EndVisits,
  ) {}

  @Public()
  @Query(() => QueueBoard, {
    complexity: ({ childComplexity }) => 50 + childComplexity,
    description: 'Today at a facility, for a screen on the wall: tickets and counts, and nobody’s name.',
  })
  queueBoard(@Ctx() ctx: Context, @Args() args: QueueArgs): Promise<QueueBoard> {
    return this.read.board(ctx, args);
  }

  @Allow('queue.read')
  @Query(() => VisitPage, {
    complexity: ({ args, childComplexity }) => Number(args.first) * childComplexity,
    description: 'Who is at a facility today, in the order in which it is their turn.',
  })
  visitQueue(@Ctx() ctx: Context, @Args() args: QueuePageArgs): Promise<Page<Visit>> {
    return this.read.visits(ctx, args, args);
  }

  @Allow('queue.read')
  @Query(() => VisitHistory, { complexity: 100, description: 'A visit, and what was done step by step.' })
  visit(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
    @Args('id', { type: () => ID, description: 'The visit.' }) id: string,
  ): Promise<VisitHistory> {
    return this.read.visit(ctx, { facilityId, id });
  }

  @Allow('queue.read-own')
  @Query(() => [OwnVisit], {
    complexity: 200,
    description: 'Today’s visits of the people whom the citizen acts for, with how many are before them.',
  })
  myVisits(@Ctx() ctx: Context): Promise<OwnVisit[]> {
    return this.read.mine(ctx);
  }

  @Allow('queue.keep')
  @Mutation(() => KeepQueueResult, {
    description:
      'A session of today keeps a queue from now on: whoever is checked in or admitted there gets a ticket.',
  })
  keepQueue(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which session, and in what order.' }) input: KeepQueueGraphqlInput,
  ): Promise<typeof KeepQueueResult> {
    return this.keeping.run(ctx, input);
  }

  @Allow('queue.keep')
  @Mutation(() => SessionQueue, {
    description: 'Closes the queue of a session. Whoever is left in it goes, with the reason.',
  })
  closeQueue(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which session, and why.' }) input: CloseQueueGraphqlInput,
  ): Promise<SessionQueue> {
    return this.closing.run(ctx, input);
  }

  @Allow('appointment.check-in')
  @Mutation(() => JoinQueueResult, {
    description:
      'People come into the queue of a session together, with appointments or without: each gets a ticket, or nobody does.',
  })
  joinQueue(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Where, and who.' }) input: JoinQueueGraphqlInput,
  ): Promise<typeof JoinQueueResult> {
    return this.joining.run(ctx, input);
  }

  @Allow('queue.serve')
  @Mutation(() => CallPartyResult, {
    description: 'Calls whose turn it is, with those who came together; or one visitor.',
  })
  callParty(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which desk calls, and where to.' }) input: CallPartyGraphqlInput,
  ): Promise<typeof CallPartyResult> {
    return this.calling.run(ctx, input);
  }

  @Allow('queue.serve')
  @Mutation(() => PutBackResult, {
    description: 'Who was called did not come: it is others’ turn, and hers after those who are due by now.',
  })
  putBackVisits(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Who.' }) input: ServeVisitsGraphqlInput,
  ): Promise<typeof PutBackResult> {
    return this.back.run(ctx, input);
  }

  @Allow('queue.serve')
  @Mutation(() => VerifyVisitsResult, { description: 'Who they are was checked; they wait for their dose.' })
  verifyVisits(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Who, and what they said.' }) input: VerifyVisitsGraphqlInput,
  ): Promise<typeof VerifyVisitsResult> {
    return this.verifying.run(ctx, input);
  }

  @Allow('queue.serve')
  @Mutation(() => EndVisitsResult, {
    description: 'Visitors go: when they were observed; or earlier or without a dose, with the reason.',
  })
  endVisits(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Who, and why.' }) input: EndVisitsGraphqlInput,
  ): Promise<typeof EndVisitsResult> {
    return this.ending.run(ctx, input);
  }
}
