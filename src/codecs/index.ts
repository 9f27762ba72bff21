export type { CoseAlgorithm } from './cose/cose';
export type { CwtClaims } from './cose/cwt';
export { factsOfHcert, type CertificateFacts, type DoseFact } from './facts';
export { isObject } from './json';
export type { KeyUsage } from './key-usage';
export {
  openHcert,
  readHcert,
  signHcert,
  verifyHcert,
  type HcertToSign,
  type HcertVerdict,
  type UnverifiedHcert,
} from './hcert/hcert';
export {
  nationalCertificate,
  type CertifiedDose,
  type NationalCertificate,
} from './hcert/national-certificate';
export { jwkThumbprint, keyOfCertificate, type KeyLookup, type Trust, type TrustedKey } from './trust';
export { outcomeOfFault } from './outcomes';
export { CodecFault, guardedAsync, type Fault, type Reason } from './verdict';
export {
  healthCardQr,
  qrMatrix,
  qrMillimetresOnPaper,
  qrSvg,
  qrTerminal,
  quietZone,
  type QrMatrix,
} from './qr';
export { euDcc } from './hcert/eu-dcc';
export { whoIcvp, type InternationalCertificate, type InternationalVaccination } from './hcert/who-icvp';
