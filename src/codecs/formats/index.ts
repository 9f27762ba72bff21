export {
  verifyCertificate,
  type CertificateTrust,
  type CertificateVerdict,
  type FormatName,
} from './formats';
