import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Page } from '../../common';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID } from '../../platform/graphql';
import {
  BacklogArgs,
  BacklogLine,
  DismissPendingDoseGraphqlInput,
  type PendingDose,
  PendingDosePage,
  PendingDosesArgs,
  RecordPendingDoseGraphqlInput,
  RecordPendingDoseResult,
} from './backlog.graphql';
import { EnterPaper } from './paper/enter-paper';
import {
  EnterDosesBatchAgainGraphqlInput,
  PaperBatch,
  RecordDosesBatchGraphqlInput,
} from './paper/paper.graphql';
import { ReadBacklog } from './read-backlog';
import { RecordPending } from './record-pending';

@Resolver()
export class BacklogResolver {
  constructor(
    private readonly board: ReadBacklog,
    private readonly paper: EnterPaper,
    private readonly mended: RecordPending,
  ) {}

  @Allow('vaccination.record-late')
  @Mutation(() => PaperBatch, {
    description:
      'Takes in a register on paper. Its doses are recorded by a job, as late entries; a row that is none is pending.',
  })
  recordDosesBatch(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The register.' }) input: RecordDosesBatchGraphqlInput,
  ): Promise<PaperBatch> {
    return this.paper.first(ctx, input);
  }

  @Allow('vaccination.record-late')
  @Mutation(() => PaperBatch, {
    description:
      'Takes in the second entry of a register: rows that both have alike are recorded, the others pending.',
  })
  enterDosesBatchAgain(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The register, as the second person entered it.' })
    input: EnterDosesBatchAgainGraphqlInput,
  ): Promise<PaperBatch> {
    return this.paper.again(ctx, input);
  }

  @Allow('backlog.read')
  @Query(() => PaperBatch, { description: 'A register on paper, and how far it has come.' })
  dosesBatch(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
    @Args('batchId', { type: () => ID, description: 'The register.' }) batchId: string,
  ): Promise<PaperBatch> {
    return this.paper.read(ctx, { facilityId, batchId });
  }

  @Allow('backlog.read')
  @Query(() => [BacklogLine], {
    complexity: 200,
    description:
      'Doses that are pending, by facility, cause and age: the most first, a thousand lines at most.',
  })
  backlog(@Ctx() ctx: Context, @Args() args: BacklogArgs): Promise<BacklogLine[]> {
    return this.board.board(ctx, args);
  }

  @Allow('backlog.read')
  @Query(() => PendingDosePage, {
    description: 'Pending doses of a facility, the oldest telling first.',
    complexity: ({ args, childComplexity }) => Number(args.first) * childComplexity,
  })
  pendingDoses(@Ctx() ctx: Context, @Args() args: PendingDosesArgs): Promise<Page<PendingDose>> {
    return this.board.doses(ctx, args, args);
  }

  @Allow('vaccination.record-late')
  @Mutation(() => RecordPendingDoseResult, {
    description:
      'Records a pending dose, once what stood against it was mended, as a late entry with all its checks.',
  })
  recordPendingDose(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which, and what is said anew.' }) input: RecordPendingDoseGraphqlInput,
  ): Promise<object> {
    return this.mended.run(ctx, input);
  }

  @Allow('backlog.dismiss')
  @Mutation(() => Boolean, {
    description: 'A pending dose will not be recorded as it was told, and leaves the board. True when done.',
  })
  dismissPendingDose(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which, and why.' }) input: DismissPendingDoseGraphqlInput,
  ): Promise<boolean> {
    return this.board.dismiss(ctx, input);
  }
}
