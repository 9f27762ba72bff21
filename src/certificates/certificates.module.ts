import { Module } from '@nestjs/common';
import { DeliveryModule } from '../delivery';
import { LaboratoryModule } from '../laboratory';
import { WrappedColumns } from '../platform/keys';
import { CertificatesResolver } from './certificates.resolver';
import { CertificatesStore } from './certificates.store';
import { CertifiedVaccines } from './certified-vaccines';
import { IssueCertificate } from './issue-certificate';
import { KeepDetail } from './details/keep-detail';
import { StateDetails } from './details/state-details';
import { TakeBackDetails } from './details/take-back-details';
import { StatedDetailsResolver } from './details/stated-details.resolver';
import { StatedDetailsStore } from './details/stated-details.store';
import { MakeProof } from './proofs/make-proof';
import { ProofPictureResolver, ProofsResolver } from './proofs/proofs.resolver';
import { ProofsStore } from './proofs/proofs.store';
import { ReadProofs } from './proofs/read-proofs';
import { StatusListsStore } from './proofs/status-lists.store';
import { PublishKeys } from './publishing/publish-keys';
import { PublishRevocations } from './publishing/publish-revocations';
import { PublishStatusList } from './publishing/publish-status-list';
import { PublishingController } from './publishing/publishing.controller';
import { PostPrintRun } from './posting/post-print-run';
import { PostingResolver } from './posting/posting.resolver';
import { PostingStore } from './posting/posting.store';
import { ReadPosts } from './posting/read-posts';
import { PreviewCertificate } from './printing/preview-certificate';
import { PrintAtDesk } from './printing/print-at-desk';
import { PrintMany } from './printing/print-many';
import { PrintRunJobs } from './printing/print-run';
import { PrintRunsStore } from './printing/print-runs.store';
import { PrintingResolver } from './printing/printing.resolver';
import { CertificateViews } from './rendering/certificate-views';
import { PrintCertificate } from './rendering/print-certificate';
import { EndResultProofs } from './results/end-result-proofs';
import { MakeResultProof } from './results/make-result-proof';
import { ResultProofsResolver } from './results/result-proofs.resolver';
import { ResultProofsStore } from './results/result-proofs.store';
import { ReadCertificates } from './read-certificates';
import { DecideRevocation } from './revoking/decide-revocation';
import { DecideGrievance } from './grievances/decide-grievance';
import { GrievancesResolver } from './grievances/grievances.resolver';
import { GrievancesStore } from './grievances/grievances.store';
import { PutRightGrievance } from './grievances/put-right';
import { RaiseGrievance } from './grievances/raise-grievance';
import { ReadGrievances } from './grievances/read-grievances';
import { DosesInScope } from './revoking/doses-in-scope';
import { ExclusionsStore } from './revoking/exclusions.store';
import { ReadRevocations } from './revoking/read-revocations';
import { RequestRevocation } from './revoking/request-revocation';
import { RevocationOrdersStore } from './revoking/revocation-orders.store';
import { RevocationsResolver } from './revoking/revocations.resolver';
import { RevokeCertificates } from './revoking/revoke-certificates';
import { CheckStatus } from './status/check-status';
import { GiveStatusConsent } from './status/give-status-consent';
import { StatusConsentsStore } from './status/status-consents.store';
import { StatusResolver } from './status/status.resolver';
import { ReadSigningKeys } from './signing/read-signing-keys';
import { RotateSigningKey } from './signing/rotate-signing-key';
import { SessionPackResolver } from './signing/session-pack.resolver';
import { HandOverKeys } from './signing/hand-over-keys';
import { SigningAuthority, WRAPPED_AUTHORITIES } from './signing/signing-authority';
import { SigningKeys, WRAPPED_SIGNERS } from './signing/signing-keys';
import { SigningKeysStore } from './signing/signing-keys.store';
import { SigningResolver } from './signing/signing.resolver';
import { WithdrawSigningKey } from './signing/withdraw-signing-key';
import { TrustBundles } from './verifying/trust-bundles';
import { ImportTrustList } from './trust/import-trust-list';
import { ReadTrustLists } from './trust/read-trust-lists';
import { TrustListsResolver } from './trust/trust-lists.resolver';
import { TrustListsStore } from './trust/trust-lists.store';
import { TryCredentials } from './vc-api/try-credentials';
import { VcApiController } from './vc-api/vc-api.controller';
import { KnownSigners } from './verifying/known-signers';
import { VerificationCounts } from './verifying/verification-counts';
import { VerificationCountsStore } from './verifying/verification-counts.store';
import { VerifyCertificate } from './verifying/verify-certificate';
import { ForgetErased } from './forget-erased';

@Module({
  imports: [DeliveryModule, LaboratoryModule],
  controllers: [PublishingController, VcApiController],
  providers: [
    CertificateViews,
    CertificatesResolver,
    CertificatesStore,
    CertifiedVaccines,
    CheckStatus,
    DecideGrievance,
    DecideRevocation,
    DosesInScope,
    EndResultProofs,
    ExclusionsStore,
    GiveStatusConsent,
    GrievancesResolver,
    GrievancesStore,
    ForgetErased,
    ImportTrustList,
    IssueCertificate,
    KeepDetail,
    KnownSigners,
    MakeProof,
    MakeResultProof,
    PostPrintRun,
    PostingResolver,
    PostingStore,
    PreviewCertificate,
    PrintAtDesk,
    PrintCertificate,
    PrintMany,
    PrintRunJobs,
    PrintRunsStore,
    PrintingResolver,
    ProofPictureResolver,
    ProofsResolver,
    ProofsStore,
    PublishKeys,
    PublishRevocations,
    PublishStatusList,
    ReadCertificates,
    ReadPosts,
    ReadProofs,
    PutRightGrievance,
    RaiseGrievance,
    ReadGrievances,
    ReadRevocations,
    ReadSigningKeys,
    ReadTrustLists,
    RequestRevocation,
    ResultProofsResolver,
    ResultProofsStore,
    RevocationOrdersStore,
    RevocationsResolver,
    RevokeCertificates,
    RotateSigningKey,
    SessionPackResolver,
    HandOverKeys,
    SigningAuthority,
    SigningKeys,
    SigningKeysStore,
    SigningResolver,
    StateDetails,
    TakeBackDetails,
    StatedDetailsResolver,
    StatedDetailsStore,
    StatusListsStore,
    StatusConsentsStore,
    StatusResolver,
    TrustBundles,
    TrustListsResolver,
    TrustListsStore,
    TryCredentials,
    VerificationCounts,
    VerificationCountsStore,
    VerifyCertificate,
    WithdrawSigningKey,
  ],
  exports: [TrustBundles],
})
export class CertificatesModule {
  constructor(wrapped: WrappedColumns) {
    wrapped.add(WRAPPED_SIGNERS, WRAPPED_AUTHORITIES);
  }
}
