export {
  canonicalDocument,
  canonicalStatements,
  credentialContexts,
  expanded,
  type CanonicalOptions,
  type Contexts,
} from './canonical';
