import type { TrustBundle } from '../trust-bundle';

/** A bundle of a country that knows nobody. */
export const emptyBundle: TrustBundle = {
  format: 'tikasetu.trust-bundle/1',
  country: 'XX',
  names: {},
  serial: 1,
  issuedAt: '2026-01-01T00:00:00Z',
  nextUpdate: '2046-01-01T00:00:00Z',
  keys: [],
  revoked: '',
  valueSets: {},
};
