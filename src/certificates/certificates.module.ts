import { Module } from '@nestjs/common';
import { CertificatesResolver } from './certificates.resolver';
import { CertificatesStore } from './certificates.store';
import { CertifiedVaccines } from './certified-vaccines';
import { IssueCertificate } from './issue-certificate';
import { PrintCertificate } from './rendering/print-certificate';
import { ReadCertificates } from './read-certificates';
import { ReadSigningKeys } from './signing/read-signing-keys';
import { RotateSigningKey } from './signing/rotate-signing-key';
import { SessionPackResolver } from './signing/session-pack.resolver';
import { SigningKeys } from './signing/signing-keys';
import { SigningKeysStore } from './signing/signing-keys.store';
import { SigningResolver } from './signing/signing.resolver';
import { WithdrawSigningKey } from './signing/withdraw-signing-key';
import { TrustBundles } from './verifying/trust-bundles';
import { VerificationCounts } from './verifying/verification-counts';
import { VerificationCountsStore } from './verifying/verification-counts.store';
import { VerifyCertificate } from './verifying/verify-certificate';

@Module({
  providers: [
    CertificatesResolver,
    CertificatesStore,
    CertifiedVaccines,
    IssueCertificate,
    PrintCertificate,
    ReadCertificates,
    ReadSigningKeys,
    RotateSigningKey,
    SessionPackResolver,
    SigningKeys,
    SigningKeysStore,
    SigningResolver,
    TrustBundles,
    VerificationCounts,
    VerificationCountsStore,
    VerifyCertificate,
    WithdrawSigningKey,
  ],
  exports: [TrustBundles],
})
export class CertificatesModule {}
