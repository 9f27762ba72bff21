import { factType } from '../platform/events';

/** A certificate was signed and is the one that stands. Aggregate: the person. */
export const certificateIssued = factType<{ personId: string; certificateId: string }>('certificates.issued');

/** A certificate is no longer to be believed. Aggregate: the person. */
export const certificateRevoked = factType<{ personId: string; certificateId: string }>(
  'certificates.revoked',
);

/**
 * A signing key is no longer to be believed, and its certificates have to be signed anew, from the person after `after`
 * on: told again for each portion until nobody is left. Aggregate: the key.
 */
export const signingKeyWithdrawn = factType<{ kid: string; after: string | null }>(
  'certificates.signing-key-withdrawn',
);
