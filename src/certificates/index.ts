export type { CertificateDose, CertificateVerdict } from './certificate.graphql';
export { certificateIssued, certificateRevoked } from './certificates.events';
export { CertificatesModule } from './certificates.module';
export { VerifyCertificate } from './verify-certificate';
