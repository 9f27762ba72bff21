import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID } from '../../platform/graphql';
import { DiscardVial } from './discard-vial';
import { OpenVial as OpenVialVerb } from './open-vial';
import { ReadVials } from './read-vials';
import { DiscardVialGraphqlInput, OpenVial, OpenVialGraphqlInput, OpenVialResult } from './vial.graphql';

@Resolver()
export class VialsResolver {
  constructor(
    private readonly opening: OpenVialVerb,
    private readonly discarding: DiscardVial,
    private readonly read: ReadVials,
  ) {}

  @Allow('stock.read')
  @Query(() => [OpenVial], {
    complexity: 100,
    description:
      'Opened vials with doses left at a facility, the one to be used first first; a hundred at most.',
  })
  openVials(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
  ): Promise<OpenVial[]> {
    return this.read.run(ctx, facilityId);
  }

  @Allow('stock.open-vial')
  @Mutation(() => OpenVialResult, {
    description:
      'Opens a vial of several doses. Doses recorded there are drawn from it first, while it may be used.',
  })
  openVial(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Of which lot and where.' }) input: OpenVialGraphqlInput,
  ): Promise<typeof OpenVialResult> {
    return this.opening.run(ctx, input);
  }

  @Allow('stock.waste')
  @Mutation(() => OpenVial, {
    description: 'Throws away what is left in an opened vial. To do so again changes nothing.',
  })
  discardVial(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which vial and why.' }) input: DiscardVialGraphqlInput,
  ): Promise<OpenVial> {
    return this.discarding.run(ctx, input);
  }
}
