import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow, Public, SignedIn } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID } from '../../platform/graphql';
import { AccessToken } from '../access-token.graphql';
import { IssuerSettings } from './issuer-settings';
import {
  BeginIssuerSignInGraphqlInput,
  IssuerAnswerGraphqlInput,
  IssuerSetting,
  IssuerVisit,
  SetSignInIssuerGraphqlInput,
  SignInIssuer,
} from './issuer.graphql';
import { LinkIssuer } from './link-issuer';
import { SignInByIssuer } from './sign-in-by-issuer';

@Resolver()
export class IssuersResolver {
  constructor(
    private readonly settings: IssuerSettings,
    private readonly signIn: SignInByIssuer,
    private readonly linking: LinkIssuer,
  ) {}

  @Public()
  @Query(() => [SignInIssuer], { description: 'The issuers that the country’s staff can sign in through.' })
  signInIssuers(@Ctx() ctx: Context): Promise<SignInIssuer[]> {
    return this.settings.offered(ctx);
  }

  @Allow('issuer.configure')
  @Query(() => [IssuerSetting], { description: 'How the country’s issuers are set up.' })
  issuerSettings(@Ctx() ctx: Context): Promise<IssuerSetting[]> {
    return this.settings.read(ctx);
  }

  @Allow('issuer.configure')
  @Mutation(() => IssuerSetting, {
    complexity: 100,
    description: 'Adds an issuer of the ministry, or sets it up anew. It is asked before anything is kept.',
  })
  setSignInIssuer(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The issuer.' }) input: SetSignInIssuerGraphqlInput,
  ): Promise<IssuerSetting> {
    return this.settings.set(ctx, input);
  }

  @Public()
  @Mutation(() => IssuerVisit, {
    complexity: 50,
    description: 'Begins to sign in through an issuer of the ministry; also to answer an invitation by it.',
  })
  beginIssuerSignIn(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Through which.' }) input: BeginIssuerSignInGraphqlInput,
  ): Promise<IssuerVisit> {
    return this.signIn.begin(ctx, input);
  }

  @Public()
  @Mutation(() => AccessToken, {
    complexity: 100,
    description: 'Ends what `beginIssuerSignIn` began; answers as `signInStaff` does.',
  })
  completeIssuerSignIn(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What the issuer answered.' }) input: IssuerAnswerGraphqlInput,
  ): Promise<AccessToken> {
    return this.signIn.complete(ctx, input);
  }

  @SignedIn('staff')
  @Mutation(() => IssuerVisit, {
    complexity: 50,
    description:
      'Begins to link the caller’s account to an issuer. Needs a second factor proved once more (`stepUp`).',
  })
  beginIssuerLink(
    @Ctx() ctx: Context,
    @Args('issuerId', { type: () => ID, description: 'Which issuer.' }) issuerId: string,
  ): Promise<IssuerVisit> {
    return this.linking.begin(ctx, { issuerId });
  }

  @SignedIn('staff')
  @Mutation(() => Boolean, {
    complexity: 100,
    description: 'Ends what `beginIssuerLink` began: the caller can sign in through the issuer.',
  })
  completeIssuerLink(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What the issuer answered.' }) input: IssuerAnswerGraphqlInput,
  ): Promise<boolean> {
    return this.linking.complete(ctx, input);
  }

  @SignedIn('staff')
  @Mutation(() => Boolean, {
    description:
      'The caller can no longer sign in through an issuer. Needs a second factor proved once more (`stepUp`).',
  })
  removeIssuerLink(
    @Ctx() ctx: Context,
    @Args('issuerId', { type: () => ID, description: 'Which issuer.' }) issuerId: string,
  ): Promise<boolean> {
    return this.linking.remove(ctx, { issuerId });
  }
}
