import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow, SignedIn } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { AccessToken } from '../access-token.graphql';
import { BeginAuthenticator } from './begin-authenticator';
import { ProveSecondFactor } from './prove-second-factor';
import { AuthenticatorBegun, AuthenticatorSetUp } from './second-factor.graphql';
import type { SignInStep } from './second-factor-rules';
import { SecondFactorSetting } from './second-factor-setting';

@Resolver(() => AccessToken)
export class SecondFactorResolver {
  constructor(
    private readonly begin: BeginAuthenticator,
    private readonly proof: ProveSecondFactor,
    private readonly setting: SecondFactorSetting,
  ) {}

  @SignedIn('staff', 'operator', 'staff-entrant', 'operator-entrant')
  @Mutation(() => AuthenticatorBegun, {
    description: 'Begins to set up an authenticator app (TOTP, RFC 6238) as the caller’s second factor.',
  })
  beginAuthenticator(@Ctx() ctx: Context): Promise<AuthenticatorBegun> {
    return this.begin.run(ctx);
  }

  @SignedIn('staff', 'operator', 'staff-entrant', 'operator-entrant')
  @Mutation(() => AuthenticatorSetUp, {
    description: 'Takes the app into use by its first code. Every sign-in asks for a code from then on.',
  })
  setUpAuthenticator(
    @Ctx() ctx: Context,
    @Args('code', { type: () => String, description: 'Six digits that the app shows.' }) code: string,
  ): Promise<AuthenticatorSetUp> {
    return this.proof.first(ctx, { code });
  }

  @SignedIn('staff-entrant', 'operator-entrant')
  @Mutation(() => AccessToken, {
    description: 'Proves the second factor; answers with the token that carries the roles.',
  })
  confirmSecondFactor(
    @Ctx() ctx: Context,
    @Args('code', { type: () => String, description: 'Six digits that the app shows, or a recovery code.' })
    code: string,
  ): Promise<AccessToken> {
    return this.proof.again(ctx, { code });
  }

  @SignedIn('staff', 'operator')
  @Mutation(() => Boolean, {
    description: 'Proves the second factor once more, for what is answered with STEP_UP_NEEDED.',
  })
  stepUp(
    @Ctx() ctx: Context,
    @Args('code', { type: () => String, description: 'Six digits that the app shows.' }) code: string,
  ): Promise<boolean> {
    return this.proof.stepUp(ctx, { code });
  }

  @Allow('second-factor.configure')
  @Query(() => [String], { description: 'The roles that need a second factor to sign in.' })
  secondFactorRoles(@Ctx() ctx: Context): Promise<readonly string[]> {
    return this.setting.read(ctx);
  }

  @Allow('second-factor.configure')
  @Mutation(() => [String], {
    description:
      'Says which roles need a second factor, from their next sign-in on; what then counts. All do until it is said, and administrators always, but for a sandbox.',
  })
  setSecondFactorRoles(
    @Ctx() ctx: Context,
    @Args('roles', {
      type: () => [String],
      description: 'All of them, beside administrators; the others need none.',
    })
    roles: string[],
  ): Promise<readonly string[]> {
    return this.setting.change(ctx, { roles });
  }

  @ResolveField()
  next(@Parent() token: AccessToken): SignInStep {
    return token.next ?? 'NONE';
  }
}
