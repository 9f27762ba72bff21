import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { RecordVvm } from './record-vvm';
import { RecordVvmGraphqlInput, RecordVvmResult } from './vvm.graphql';

@Resolver()
export class VvmResolver {
  constructor(private readonly reading: RecordVvm) {}

  @Allow('stock.read-vvm')
  @Mutation(() => RecordVvmResult, {
    description:
      'Somebody looked at the vaccine vial monitors of a lot. At stage 3 or 4 it is on hold there until it is wasted, or until a second person reads it better.',
  })
  recordVvm(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What was seen.' }) input: RecordVvmGraphqlInput,
  ): Promise<typeof RecordVvmResult> {
    return this.reading.run(ctx, input);
  }
}
