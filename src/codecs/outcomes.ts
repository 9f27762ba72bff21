import type { Reason } from './verdict';

/** What a certificate with a fault comes to for whoever looks at it. */
export type FaultOutcome =
  'REVOKED' | 'EXPIRED' | 'NOT_YET_VALID' | 'NOT_GENUINE' | 'UNREADABLE' | 'UNKNOWN_ISSUER';

/** What each fault means to a stranger. */
export const outcomeOfFault: Readonly<Record<Reason, FaultOutcome>> = {
  size: 'UNREADABLE',
  prefix: 'UNREADABLE',
  base45: 'UNREADABLE',
  numeric: 'UNREADABLE',
  zlib: 'UNREADABLE',
  cbor: 'UNREADABLE',
  cose: 'UNREADABLE',
  cwt: 'UNREADABLE',
  json: 'UNREADABLE',
  jws: 'UNREADABLE',
  'json-ld': 'UNREADABLE',
  'key-unknown': 'UNKNOWN_ISSUER',
  chain: 'UNKNOWN_ISSUER',
  signature: 'NOT_GENUINE',
  unsigned: 'NOT_GENUINE',
  'key-usage': 'NOT_GENUINE',
  'not-yet-valid': 'NOT_YET_VALID',
  expired: 'EXPIRED',
  revoked: 'REVOKED',
  'content-unknown': 'UNREADABLE',
  schema: 'UNREADABLE',
  'value-set': 'UNREADABLE',
};
