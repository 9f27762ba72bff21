export { readTrustList, type ReadTrustList, type TrustedSigner, type TrustListShape } from './trust-list';
