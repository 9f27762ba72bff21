export {
  signCredential,
  signPresentation,
  statusListCredential,
  verifyCredential,
  verifyPresentation,
  verifyStatusList,
  type CredentialTrust,
  type CredentialVerdict,
  type PresentationVerdict,
} from './credential';
export type { ProofAsked, ProofPurpose, ProofSigner, ProofToMake } from './data-integrity';
export type { Credential, Presentation } from './data-model';
export { keyOfMultikey, multikeyOf } from './multikey';
export {
  vaccinationContext,
  vaccinationContextPath,
  vaccinationContexts,
  vaccinationCredential,
  type StatusPlace,
} from './vaccination-credential';
