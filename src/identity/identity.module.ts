import { Global, Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { CONTEXTS } from '../platform/context';
import { AcceptStaffInvitation } from './accept-staff-invitation';
import { Authenticate } from './authenticate';
import { CitizenAccounts } from './citizen-accounts.store';
import { ConfirmSignInCode } from './confirm-sign-in-code';
import { IdentityResolver } from './identity.resolver';
import { IdentityStore } from './identity.store';
import { OpenInvitation } from './open-invitation';
import { OpenOperatorAccount } from './open-operator-account';
import { OpenStaffAccount } from './open-staff-account';
import { RequestContext } from './request-context';
import { RequestSignInCode } from './request-sign-in-code';
import { SignInCodesStore } from './sign-in-codes.store';
import { SignInOperator } from './sign-in-operator';
import { SignInStaff } from './sign-in-staff';
import { StaffDirectory } from './staff-directory.store';
import { CitizenStrategy, OperatorStrategy, SignatoryStrategy, StaffStrategy } from './strategies';
import { Tokens } from './tokens';
import { WelcomeFirstAdmin } from './welcome-first-admin';

@Global()
@Module({
  imports: [PassportModule],
  providers: [
    AcceptStaffInvitation,
    Authenticate,
    CitizenAccounts,
    CitizenStrategy,
    ConfirmSignInCode,
    IdentityResolver,
    IdentityStore,
    OpenInvitation,
    OpenOperatorAccount,
    OpenStaffAccount,
    OperatorStrategy,
    RequestContext,
    RequestSignInCode,
    SignatoryStrategy,
    SignInCodesStore,
    SignInOperator,
    SignInStaff,
    StaffDirectory,
    StaffStrategy,
    Tokens,
    WelcomeFirstAdmin,
    { provide: CONTEXTS, useExisting: RequestContext },
  ],
  exports: [
    CONTEXTS,
    CitizenAccounts,
    IdentityStore,
    OpenOperatorAccount,
    OpenStaffAccount,
    RequestContext,
    StaffDirectory,
    Tokens,
  ],
})
export class IdentityModule {}
