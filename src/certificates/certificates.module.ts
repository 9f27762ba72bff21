import { Module } from '@nestjs/common';
import { CertificatesResolver } from './certificates.resolver';
import { CertificatesStore } from './certificates.store';
import { CertifiedVaccines } from './certified-vaccines';
import { IssueCertificate } from './issue-certificate';
import { MakeProof } from './proofs/make-proof';
import { ProofPictureResolver, ProofsResolver } from './proofs/proofs.resolver';
import { ProofsStore } from './proofs/proofs.store';
import { ReadProofs } from './proofs/read-proofs';
import { StatusListsStore } from './proofs/status-lists.store';
import { PublishKeys } from './publishing/publish-keys';
import { PublishRevocations } from './publishing/publish-revocations';
import { PublishStatusList } from './publishing/publish-status-list';
import { PublishingController } from './publishing/publishing.controller';
import { PreviewCertificate } from './printing/preview-certificate';
import { PrintAtDesk } from './printing/print-at-desk';
import { PrintMany } from './printing/print-many';
import { PrintRunJobs } from './printing/print-run';
import { PrintRunsStore } from './printing/print-runs.store';
import { PrintingResolver } from './printing/printing.resolver';
import { CertificateViews } from './rendering/certificate-views';
import { PrintCertificate } from './rendering/print-certificate';
import { ReadCertificates } from './read-certificates';
import { ReadSigningKeys } from './signing/read-signing-keys';
import { RotateSigningKey } from './signing/rotate-signing-key';
import { SessionPackResolver } from './signing/session-pack.resolver';
import { SigningAuthority } from './signing/signing-authority';
import { SigningKeys } from './signing/signing-keys';
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
  controllers: [PublishingController, VcApiController],
  providers: [
    CertificateViews,
    CertificatesResolver,
    CertificatesStore,
    CertifiedVaccines,
    ForgetErased,
    ImportTrustList,
    IssueCertificate,
    KnownSigners,
    MakeProof,
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
    ReadProofs,
    ReadSigningKeys,
    ReadTrustLists,
    RotateSigningKey,
    SessionPackResolver,
    SigningAuthority,
    SigningKeys,
    SigningKeysStore,
    SigningResolver,
    StatusListsStore,
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
export class CertificatesModule {}
