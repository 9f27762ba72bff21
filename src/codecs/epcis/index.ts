export { canonicalId } from './canonical-id';
export { eventHash, namespacesOf, type Namespaces } from './event-hash';
export { selectEvents } from './query';
export { EPCIS_CONTEXT, readXmlDocument } from './xml';
export { validateDocument, validateEvent, validateQuery, type EpcisFault } from './validate';
