import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow, Public } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { AccessToken } from '../access-token.graphql';
import { ConfirmSignInCodeGraphqlInput, SignInCodeSent } from '../identity.graphql';
import { SetSignInCodeBudgetGraphqlInput, SignInCodeBudget, SignInCodeChannel } from './code-budget.graphql';
import { CodeBudgetSetting } from './code-budget-setting';
import { ConfirmSignInCode } from './confirm-sign-in-code';
import { RequestSignInCode } from './request-sign-in-code';
import type { CodeChannel } from './sign-in-code-rules';

@Resolver()
export class SignInCodesResolver {
  constructor(
    private readonly requestCode: RequestSignInCode,
    private readonly confirmCode: ConfirmSignInCode,
    private readonly budget: CodeBudgetSetting,
  ) {}

  @Public()
  @Mutation(() => SignInCodeSent, { description: 'Sends a one-time code to a phone, known or not.' })
  requestSignInCode(
    @Ctx() ctx: Context,
    @Args('phone', { type: () => String, description: 'A phone number as people write it in the country.' })
    phone: string,
    @Args('channel', {
      type: () => SignInCodeChannel,
      defaultValue: SignInCodeChannel.SMS,
      description: 'By which way; the country’s pack says which it offers.',
    })
    channel: CodeChannel,
  ): Promise<SignInCodeSent> {
    return this.requestCode.run(ctx, { phone, channel });
  }

  @Public()
  @Mutation(() => AccessToken, { description: 'A citizen proves a phone by the code it was sent.' })
  confirmSignInCode(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Request and code.' }) input: ConfirmSignInCodeGraphqlInput,
  ): Promise<AccessToken> {
    return this.confirmCode.run(ctx, input);
  }

  @Allow('sign-in-code.configure')
  @Query(() => SignInCodeBudget, {
    description: 'What one-time codes may cost, and what was spent on them today.',
  })
  signInCodeBudget(@Ctx() ctx: Context): Promise<SignInCodeBudget> {
    return this.budget.read(ctx);
  }

  @Allow('sign-in-code.configure')
  @Mutation(() => SignInCodeBudget, {
    description: 'Says what one-time codes may cost, from the next one on.',
  })
  setSignInCodeBudget(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What is to change.' }) input: SetSignInCodeBudgetGraphqlInput,
  ): Promise<SignInCodeBudget> {
    return this.budget.set(ctx, input);
  }
}
