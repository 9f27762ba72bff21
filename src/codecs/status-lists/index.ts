export { fromEncodedList, newBitstring, toEncodedList } from './bitstring';
export { statusReference } from './status-reference';
export { StatusList, type StatusSize } from './status-list';
export {
  fromStatusListCbor,
  fromStatusListJson,
  newTokenStatusList,
  toStatusListCbor,
  toStatusListJson,
  type TokenStatusListJson,
} from './token-status-list';
