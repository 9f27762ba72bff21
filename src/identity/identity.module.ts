import { Global, Module } from '@nestjs/common';
import { WrappedColumns } from '../platform/keys';
import { PassportModule } from '@nestjs/passport';
import { CONTEXTS } from '../platform/context';
import { StepUps } from './second-factor/step-ups';
import { AddingFactors } from './second-factor/adding-factors';
import { AskPasskey } from './second-factor/passkeys/ask-passkey';
import { KeepPasskeys } from './second-factor/passkeys/keep-passkeys';
import { PasskeySignatures } from './second-factor/passkeys/passkey-signatures';
import { PasskeysResolver } from './second-factor/passkeys/passkeys.resolver';
import { PasskeysStore } from './second-factor/passkeys/passkeys.store';
import { ProvePasskey } from './second-factor/passkeys/prove-passkey';
import { Admit } from './second-factor/admit';
import { BeginAuthenticator } from './second-factor/begin-authenticator';
import { Holders } from './accounts/holders';
import { ProveSecondFactor } from './second-factor/prove-second-factor';
import { SecondFactorResolver } from './second-factor/second-factor.resolver';
import { SecondFactorSetting } from './second-factor/second-factor-setting';
import { SecondFactorsStore } from './second-factor/second-factors.store';
import { Secrets, WRAPPED_AUTHENTICATORS } from './second-factor/secrets';
import { Failures } from './sign-ins/failures';
import { Tries } from './sign-ins/tries';
import { BreachService } from './accounts/breach-service';
import { PasswordCheck } from './accounts/password-check';
import { ChangePassword } from './accounts/change-password';
import { Notices } from './notices/notices';
import { TellOwner } from './notices/tell-owner';
import { AcceptStaffInvitation } from './accounts/accept-staff-invitation';
import { IdentityStore } from './accounts/identity.store';
import { OpenOperatorAccount } from './accounts/open-operator-account';
import { OpenStaffAccount } from './accounts/open-staff-account';
import { StaffDirectory } from './accounts/staff-directory.store';
import { WelcomeFirstAdmin } from './accounts/welcome-first-admin';
import { IdentityResolver } from './identity.resolver';
import { CitizenAccounts } from './one-time-codes/citizen-accounts.store';
import { CodeBudgetSetting } from './one-time-codes/code-budget-setting';
import { CodeBudgetStore } from './one-time-codes/code-budget.store';
import { CodeSpending } from './one-time-codes/code-spending';
import { SignInCodesResolver } from './one-time-codes/sign-in-codes.resolver';
import { TellOfSpending } from './one-time-codes/tell-of-spending';
import { ConfirmSignInCode } from './one-time-codes/confirm-sign-in-code';
import { ForgetSignInCodes } from './one-time-codes/forget-sign-in-codes';
import { RequestSignInCode } from './one-time-codes/request-sign-in-code';
import { SignInCodesStore } from './one-time-codes/sign-in-codes.store';
import { CertifyPartner } from './partners/certify-partner';
import { ForgetAssertions } from './partners/forget-assertions';
import { IssuePartnerToken } from './partners/issue-partner-token';
import { KeepPartner } from './partners/keep-partner';
import { PartnerChecks } from './partners/partner-checks';
import { PartnerQuotas } from './partners/partner-quotas';
import { PartnersResolver } from './partners/partners.resolver';
import { PartnersStore } from './partners/partners.store';
import { RegisterPartner } from './partners/register-partner';
import { RotatePartnerKey } from './partners/rotate-partner-key';
import { ShowPartner } from './partners/show-partner';
import { SuspendPartner } from './partners/suspend-partner';
import { TokenController } from './partners/token.controller';
import { EndIssuerSignIns } from './issuers/end-issuer-sign-ins';
import { LogoutController } from './issuers/logout.controller';
import { IssuerSettings } from './issuers/issuer-settings';
import { IssuerVisits } from './issuers/issuer-visits';
import { IssuersResolver } from './issuers/issuers.resolver';
import { IssuersStore } from './issuers/issuers.store';
import { LinkIssuer } from './issuers/link-issuer';
import { RelyingParty, WRAPPED_ISSUER_CREDENTIALS } from './issuers/relying-party';
import { SignInByIssuer } from './issuers/sign-in-by-issuer';
import { Planes } from './planes';
import { RequestContext } from './request-context';
import { EndSignIns } from './sign-ins/end-sign-ins';
import { EndedSignIns } from './sign-ins/ended-sign-ins';
import { ForgetSignIns } from './sign-ins/forget-sign-ins';
import { KeyBoundSetting } from './sign-ins/key-bound-setting';
import { OpenInvitation } from './sign-ins/open-invitation';
import { PasswordTry } from './sign-ins/password-try';
import { ReadSignIns } from './sign-ins/read-sign-ins';
import { SignInOperator } from './sign-ins/sign-in-operator';
import { SignInStaff } from './sign-ins/sign-in-staff';
import { SignInTriesStore } from './sign-ins/sign-in-tries.store';
import { SignInsResolver } from './sign-ins/sign-ins.resolver';
import { SignInsStore } from './sign-ins/sign-ins.store';
import { StartSignIn } from './sign-ins/start-sign-in';
import { Authenticate } from './tokens/authenticate';
import { ProofOfPossession } from './tokens/proof-of-possession';
import { STRATEGIES } from './tokens/strategies';
import { Tokens } from './tokens/tokens';

@Global()
@Module({
  imports: [PassportModule],
  controllers: [LogoutController, TokenController],
  providers: [
    ...STRATEGIES,
    AcceptStaffInvitation,
    AddingFactors,
    Admit,
    AskPasskey,
    Authenticate,
    BeginAuthenticator,
    BreachService,
    ChangePassword,
    CertifyPartner,
    CitizenAccounts,
    CodeBudgetSetting,
    CodeBudgetStore,
    CodeSpending,
    ConfirmSignInCode,
    EndedSignIns,
    EndIssuerSignIns,
    EndSignIns,
    ForgetAssertions,
    ForgetSignInCodes,
    ForgetSignIns,
    Holders,
    IdentityResolver,
    IdentityStore,
    IssuerSettings,
    IssuersResolver,
    IssuersStore,
    IssuerVisits,
    KeepPasskeys,
    LinkIssuer,
    Notices,
    IssuePartnerToken,
    KeepPartner,
    KeyBoundSetting,
    OpenInvitation,
    OpenOperatorAccount,
    OpenStaffAccount,
    PartnerChecks,
    PartnerQuotas,
    PartnersResolver,
    PartnersStore,
    PasskeySignatures,
    PasskeysResolver,
    PasskeysStore,
    PasswordCheck,
    PasswordTry,
    Planes,
    ProofOfPossession,
    ProvePasskey,
    ProveSecondFactor,
    ReadSignIns,
    RegisterPartner,
    RequestContext,
    RelyingParty,
    RequestSignInCode,
    SecondFactorResolver,
    SecondFactorSetting,
    SecondFactorsStore,
    RotatePartnerKey,
    Secrets,
    ShowPartner,
    SignInCodesResolver,
    SignInCodesStore,
    SignInByIssuer,
    SignInOperator,
    SignInsResolver,
    SignInsStore,
    SignInStaff,
    SignInTriesStore,
    StaffDirectory,
    StartSignIn,
    StepUps,
    TellOfSpending,
    TellOwner,
    SuspendPartner,
    Tokens,
    Failures,
    Tries,
    WelcomeFirstAdmin,
    { provide: CONTEXTS, useExisting: RequestContext },
  ],
  exports: [
    CONTEXTS,
    CitizenAccounts,
    EndSignIns,
    IdentityStore,
    OpenOperatorAccount,
    OpenStaffAccount,
    Notices,
    PartnerChecks,
    PasswordCheck,
    RequestContext,
    SecondFactorsStore,
    StaffDirectory,
    StepUps,
    Tokens,
  ],
})
export class IdentityModule {
  constructor(wrapped: WrappedColumns) {
    wrapped.add(WRAPPED_AUTHENTICATORS, WRAPPED_ISSUER_CREDENTIALS);
  }
}
