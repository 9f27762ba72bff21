import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { SignedIn } from '../../../platform/access';
import { type Context, Ctx } from '../../../platform/context';
import { ID } from '../../../platform/graphql';
import { AccessToken } from '../../access-token.graphql';
import { AuthenticatorSetUp } from '../second-factor.graphql';
import { AskPasskey } from './ask-passkey';
import { KeepPasskeys } from './keep-passkeys';
import { ConfirmPasskeyGraphqlInput, SecondFactors, SetUpPasskeyGraphqlInput } from './passkey.graphql';
import { ProvePasskey } from './prove-passkey';

@Resolver()
export class PasskeysResolver {
  constructor(
    private readonly asking: AskPasskey,
    private readonly proof: ProvePasskey,
    private readonly keeping: KeepPasskeys,
  ) {}

  @SignedIn('staff', 'operator', 'staff-entrant', 'operator-entrant')
  @Query(() => SecondFactors, {
    complexity: 20,
    description: 'What the caller can prove herself by besides her password.',
  })
  mySecondFactors(@Ctx() ctx: Context): Promise<SecondFactors> {
    return this.keeping.mine(ctx);
  }

  @SignedIn('staff', 'operator', 'staff-entrant', 'operator-entrant')
  @Mutation(() => String, {
    description:
      'Begins to make a passkey. Answers with JSON for `PublicKeyCredential.parseCreationOptionsFromJSON` (WebAuthn). ' +
      'Needs a second factor proved once more (`stepUp`) where one is in use.',
  })
  beginPasskey(@Ctx() ctx: Context): Promise<string> {
    return this.asking.toRegister(ctx);
  }

  @SignedIn('staff', 'operator', 'staff-entrant', 'operator-entrant')
  @Mutation(() => AuthenticatorSetUp, {
    description: 'Takes a passkey into use. Every sign-in asks for a second factor from then on.',
  })
  setUpPasskey(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The passkey.' }) input: SetUpPasskeyGraphqlInput,
  ): Promise<AuthenticatorSetUp> {
    return this.proof.first(ctx, input);
  }

  @SignedIn('staff', 'operator', 'staff-entrant', 'operator-entrant')
  @Mutation(() => String, {
    description:
      'Begins to prove a passkey. Answers with JSON for `PublicKeyCredential.parseRequestOptionsFromJSON` (WebAuthn).',
  })
  beginPasskeyProof(@Ctx() ctx: Context): Promise<string> {
    return this.asking.toProve(ctx);
  }

  @SignedIn('staff-entrant', 'operator-entrant')
  @Mutation(() => AccessToken, {
    description: 'Proves a passkey; answers with the token that carries the roles.',
  })
  confirmPasskey(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The proof.' }) input: ConfirmPasskeyGraphqlInput,
  ): Promise<AccessToken> {
    return this.proof.again(ctx, input);
  }

  @SignedIn('staff', 'operator')
  @Mutation(() => Boolean, {
    description: 'Proves a passkey once more, for what is answered with STEP_UP_NEEDED.',
  })
  stepUpByPasskey(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The proof.' }) input: ConfirmPasskeyGraphqlInput,
  ): Promise<boolean> {
    return this.proof.stepUp(ctx, input);
  }

  @SignedIn('staff', 'operator')
  @Mutation(() => Boolean, {
    description:
      'Removes a passkey of the caller’s, but not her last second factor. Needs one proved once more (`stepUp`).',
  })
  removePasskey(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
  ): Promise<boolean> {
    return this.keeping.remove(ctx, { id });
  }
}
