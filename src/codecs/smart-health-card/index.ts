export { type FhirSchema } from './bundle';
export { Findings, type Finding, type FindingCode } from './findings';
export {
  inspectJws,
  signHealthCard,
  verifyHealthCard,
  type HealthCardToSign,
  type HealthCardTrust,
  type HealthCardVerdict,
  type Inspection,
} from './health-card';
export { inspectBundleText, inspectCodes, inspectFile, inspectParameters } from './inspect';
export { thumbprint } from './jws';
export { inspectQrLayout, toNumeric, type QrLayout } from './numeric';
export { readPayload, type HealthCard } from './payload';
export { inspectRevocationList, type RevocationList } from './revocation';
