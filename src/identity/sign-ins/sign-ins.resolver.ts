import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow, SignedIn } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID } from '../../platform/graphql';
import { EndSignIns } from './end-sign-ins';
import type { KeyBoundKind } from './key-bound-rules';
import { KeyBoundSetting } from './key-bound-setting';
import { ReadSignIns } from './read-sign-ins';
import { KeyBoundKindEnum, SignIn } from './sign-in.graphql';

@Resolver()
export class SignInsResolver {
  constructor(
    private readonly reading: ReadSignIns,
    private readonly ending: EndSignIns,
    private readonly keyBound: KeyBoundSetting,
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

  @Allow('second-factor.configure')
  @Query(() => [KeyBoundKindEnum], {
    description: 'Whose tokens are given only to a request that proves a key (DPoP, RFC 9449).',
  })
  keyBoundSignIns(@Ctx() ctx: Context): Promise<readonly KeyBoundKind[]> {
    return this.keyBound.read(ctx);
  }

  @Allow('second-factor.configure')
  @Mutation(() => [KeyBoundKindEnum], {
    description:
      'Says whose tokens are given only to a request that proves a key, from the next sign-in on; what then counts. All of them until it is said, but for a sandbox.',
  })
  setKeyBoundSignIns(
    @Ctx() ctx: Context,
    @Args('kinds', { type: () => [KeyBoundKindEnum], description: 'All of them; the others need none.' })
    kinds: KeyBoundKind[],
  ): Promise<readonly KeyBoundKind[]> {
    return this.keyBound.change(ctx, { kinds });
  }
}
