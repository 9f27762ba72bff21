import { factType } from '../platform/events';

/** A certificate was signed and is the one that stands. Aggregate: the person. */
export const certificateIssued = factType<{ personId: string; certificateId: string }>('certificates.issued');

/** A certificate is no longer to be believed. Aggregate: the person. */
export const certificateRevoked = factType<{ personId: string; certificateId: string }>(
  'certificates.revoked',
);
