export { CertificatesModule } from './certificates.module';
export { TrustBundles } from './verifying/trust-bundles';
