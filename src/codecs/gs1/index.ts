export { checkDigit, checkPair } from './check-digits';
export { parseDigitalLink, toDigitalLink, type LinkOptions } from './digital-link';
export { parseBracketed, parseElementString, type Gs1Reading } from './element-string';
export {
  toBracketed,
  toElementString,
  toHumanReadable,
  type Element,
  type Gs1Fault,
  type ReadingOptions,
} from './elements';
export { parseScan, toScan, type Scan, type Symbology } from './scan-data';
