export { type CertificateTrust, type Checked, type Claimed, type FormatName } from './format';
export { readClaimed, verifyCertificate, type CertificateVerdict } from './formats';
