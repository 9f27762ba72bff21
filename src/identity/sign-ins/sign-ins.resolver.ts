import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { SignedIn } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { EndSignIns } from './end-sign-ins';
import { ReadSignIns } from './read-sign-ins';
import { SignIn } from './sign-in.graphql';

@Resolver()
export class SignInsResolver {
  constructor(
    private readonly reading: ReadSignIns,
    private readonly ending: EndSignIns,
  ) {}

  @SignedIn()
  @Query(() => [SignIn], {
    complexity: 20,
    description: 'The latest sign-ins of the caller’s account, newest first: on which device, from where.',
  })
  mySignIns(@Ctx() ctx: Context): Promise<SignIn[]> {
    return this.reading.mine(ctx);
  }

  @SignedIn()
  @Mutation(() => Boolean, {
    description: 'Ends one sign-in of the caller’s account, this one included: its token works no more.',
  })
  endSignIn(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
  ): Promise<boolean> {
    return this.ending.one(ctx, id);
  }

  @SignedIn()
  @Mutation(() => Int, {
    description: 'Ends every sign-in of the caller’s account but this one; how many there were.',
  })
  endOtherSignIns(@Ctx() ctx: Context): Promise<number> {
    return this.ending.others(ctx);
  }
}
