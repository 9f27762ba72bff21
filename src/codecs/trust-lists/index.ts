export {
  readTrustList,
  trustListShapes,
  type ReadTrustList,
  type TrustedSigner,
  type TrustListShape,
} from './trust-list';
