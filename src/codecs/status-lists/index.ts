export { fromEncodedList, newBitstring, toEncodedList } from './bitstring';
export { StatusList, type StatusSize } from './status-list';
export {
  fromStatusListCbor,
  fromStatusListJson,
  newTokenStatusList,
  statusReference,
  toStatusListCbor,
  toStatusListJson,
  type TokenStatusListJson,
} from './token-status-list';
