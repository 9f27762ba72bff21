export type { CertificateFacts, DoseFact, OtherFact } from '../facts';
export { outcomeOfFault } from '../outcomes';
export type { Fault, Reason } from '../verdict';
export type { PublicJwk } from './primitives';
export { packedHandles, revocationHandles } from './revocation-handles';
export { openTrustBundle, type BundleKey, type TrustBundle } from './trust-bundle';
export { verifyWithBundle, type BundleVerdict } from './verify-with-bundle';
