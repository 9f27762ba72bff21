import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Public, SignedIn } from '../platform/access';
import { type Context, Ctx } from '../platform/context';
import { AccessToken } from './access-token.graphql';
import { AcceptStaffInvitation } from './accounts/accept-staff-invitation';
import { ChangePassword } from './accounts/change-password';
import {
  AcceptStaffInvitationGraphqlInput,
  ChangePasswordGraphqlInput,
  Me,
  SignInGraphqlInput,
} from './identity.graphql';
import { OpenInvitation } from './sign-ins/open-invitation';
import { SignInOperator } from './sign-ins/sign-in-operator';
import { SignInStaff } from './sign-ins/sign-in-staff';

@Resolver()
export class IdentityResolver {
  constructor(
    private readonly operatorSignIn: SignInOperator,
    private readonly staffSignIn: SignInStaff,
    private readonly openInvitation: OpenInvitation,
    private readonly acceptInvitation: AcceptStaffInvitation,
    private readonly passwords: ChangePassword,
  ) {}

  @Public()
  @Query(() => Me, { description: 'Who the caller is.' })
  me(@Ctx() ctx: Context): Me {
    const roles = ctx.actor.grants.map(({ role, reach }) => ({
      role,
      reach: reach.kind,
      reachId: reach.kind === 'country' ? null : reach.id,
    }));
    return { kind: ctx.actor.kind, id: ctx.actor.id, roles, languages: ctx.languages };
  }

  @Public()
  @Mutation(() => AccessToken, { description: 'A platform operator signs in.' })
  signInOperator(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Who.' }) input: SignInGraphqlInput,
  ): Promise<AccessToken> {
    return this.operatorSignIn.run(ctx, input);
  }

  @Public()
  @Mutation(() => AccessToken, { description: "A member of the tenant's staff signs in." })
  signInStaff(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Who.' }) input: SignInGraphqlInput,
  ): Promise<AccessToken> {
    return this.staffSignIn.run(ctx, input);
  }

  @Public()
  @Mutation(() => AccessToken, { description: "A ministry's signatory opens the invitation she was sent." })
  openTenantInvitation(
    @Ctx() ctx: Context,
    @Args('token', { type: () => String, description: 'The token of the invitation.' }) token: string,
  ): Promise<AccessToken> {
    return this.openInvitation.run(ctx, { token });
  }

  @Public()
  @Mutation(() => Boolean, {
    description: 'Someone invited as staff chooses a password; the invitation works once.',
  })
  acceptStaffInvitation(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Token and password.' }) input: AcceptStaffInvitationGraphqlInput,
  ): Promise<boolean> {
    return this.acceptInvitation.run(ctx, input);
  }

  @SignedIn('staff', 'operator')
  @Mutation(() => Int, {
    description: 'Changes the caller’s password and ends her other sign-ins; how many there were.',
  })
  changePassword(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Old and new.' }) input: ChangePasswordGraphqlInput,
  ): Promise<number> {
    return this.passwords.run(ctx, input);
  }
}
