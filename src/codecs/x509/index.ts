export { authorityCertificate, signerCertificate } from './signer-certificate';
