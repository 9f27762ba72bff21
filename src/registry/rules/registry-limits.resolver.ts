import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { RegistryLimits } from './registry-limits';
import { RegistryLimits as Limits, SetRegistryLimitsGraphqlInput } from './registry-rules.graphql';

@Resolver()
export class RegistryLimitsResolver {
  constructor(private readonly limits: RegistryLimits) {}

  @Allow('registry.configure')
  @Query(() => Limits, {
    description: 'The country’s limits of people for an account and of looks in a day.',
  })
  registryLimits(@Ctx() ctx: Context): Promise<Limits> {
    return this.limits.read(ctx);
  }

  @Allow('registry.configure')
  @Mutation(() => Limits, { description: 'Sets the country’s limits, from the next request on.' })
  setRegistryLimits(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What is to change.' }) input: SetRegistryLimitsGraphqlInput,
  ): Promise<Limits> {
    return this.limits.set(ctx, input);
  }
}
