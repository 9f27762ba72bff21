import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID, PageArgs } from '../../platform/graphql';
import {
  DestructionGraphqlInput,
  RecordDestructionGraphqlInput,
  RecordDestructionResult,
  StockAwaitingDestruction,
  StockDestruction,
  StockDestructionPage,
  WitnessDestructionResult,
} from './destruction.graphql';
import { ReadDestructions } from './read-destructions';
import { RecordDestruction } from './record-destruction';
import { WitnessDestruction } from './witness-destruction';

@Resolver()
export class DestructionResolver {
  constructor(
    private readonly recording: RecordDestruction,
    private readonly witnessing: WitnessDestruction,
    private readonly read: ReadDestructions,
  ) {}

  @Allow('stock.read')
  @Query(() => StockDestructionPage, {
    description: 'What a facility has destroyed.',
    complexity: ({ args, childComplexity }) => Number(args.first) * childComplexity,
  })
  stockDestructions(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
    @Args() page: PageArgs,
  ): Promise<StockDestructionPage> {
    return this.read.list(ctx, facilityId, page);
  }

  @Allow('stock.read')
  @Query(() => [StockAwaitingDestruction], {
    complexity: 100,
    description: 'Lots of which doses lie wasted at a facility, by product and number; 500 at most.',
  })
  stockAwaitingDestruction(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
  ): Promise<StockAwaitingDestruction[]> {
    return this.read.awaiting(ctx, facilityId);
  }

  @Allow('stock.destroy')
  @Mutation(() => RecordDestructionResult, {
    description: 'Records that doses which lay wasted were destroyed. The ledger waits for a witness.',
  })
  recordDestruction(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What, how, and by which document.' }) input: RecordDestructionGraphqlInput,
  ): Promise<typeof RecordDestructionResult> {
    return this.recording.run(ctx, input);
  }

  @Allow('stock.witness-destruction')
  @Mutation(() => WitnessDestructionResult, {
    description: 'A second person saw it: the ledger says so from now on. To witness again changes nothing.',
  })
  witnessDestruction(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which record.' }) input: DestructionGraphqlInput,
  ): Promise<typeof WitnessDestructionResult> {
    return this.witnessing.witness(ctx, input);
  }

  @Allow('stock.destroy')
  @Mutation(() => StockDestruction, {
    description: 'A record was a mistake. Not once it was witnessed. To withdraw again changes nothing.',
  })
  withdrawDestruction(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which record.' }) input: DestructionGraphqlInput,
  ): Promise<StockDestruction> {
    return this.witnessing.withdraw(ctx, input);
  }
}
