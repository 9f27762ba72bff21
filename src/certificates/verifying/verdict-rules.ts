import { outcomeOfFault, type Reason } from '../../codecs';
import type { Checked } from '../../codecs/formats';
import { type EndReason, isRevoked, stands } from '../certificate-rules';
import type { CertificateRow } from '../certificates.store';

/** What a stranger is told of a code. */
export const OUTCOMES = [
  'VALID',
  'SUPERSEDED',
  'REVOKED',
  'EXPIRED',
  'NOT_YET_VALID',
  'NOT_GENUINE',
  'UNREADABLE',
  'UNKNOWN_ISSUER',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why: a fault of the code's own, or what the issuer's register says of it. */
export type VerdictReason = Reason | EndReason | 'not-registered';

/** An outcome and what led to it. */
export interface Judgement {
  outcome: Outcome;
  reason: VerdictReason | null;
}

/** The judgement on a code that the codec found a fault in. */
export const judgeFault = (reason: Reason): Judgement => ({ outcome: outcomeOfFault[reason], reason });

/**
 * The judgement on a rightly signed certificate by its issuer's register as of `at`. One that the register does not know
 * was signed with a stolen key, or for another country: it is not genuine, however good its signature.
 */
export function judgeRegistered(
  certificate: Pick<CertificateRow, 'ends' | 'expiresAt'> | null,
  at: Date,
): Judgement {
  if (!certificate) return { outcome: 'NOT_GENUINE', reason: 'not-registered' };
  const revocation = certificate.ends.find(({ kind }) => kind === 'revoked');
  if (revocation) return { outcome: 'REVOKED', reason: revocation.reason };
  if (at > certificate.expiresAt) return { outcome: 'EXPIRED', reason: 'expired' };
  if (!stands(certificate)) return { outcome: 'SUPERSEDED', reason: certificate.ends[0]!.reason };
  return { outcome: 'VALID', reason: null };
}

/**
 * The judgement on a certificate of a country whose signer is believed but whose register cannot be asked. What cannot be
 * told is not believed.
 */
export function judgeTrusted(
  { facts, expiresAt }: Pick<Checked, 'facts' | 'expiresAt'>,
  at: Date,
): Judgement {
  if (!facts) return judgeFault('content-unknown');
  return expiresAt && at > expiresAt
    ? { outcome: 'EXPIRED', reason: 'expired' }
    : { outcome: 'VALID', reason: null };
}

/** Outcomes whose facts were true when they were signed and still are. Of any other code nothing personal is told. */
const TRUE_FACTS: readonly Outcome[] = ['VALID', 'SUPERSEDED', 'EXPIRED'];

/** Whether the holder and the doses may be told. */
export const tellsFacts = ({ outcome }: Judgement): boolean => TRUE_FACTS.includes(outcome);

/** What the holder is told of her own certificate. */
export type CertificateStatus = 'VALID' | 'SUPERSEDED' | 'REVOKED' | 'EXPIRED';

/** The status of an issued certificate at an instant. */
export function statusOf(certificate: CertificateRow, at: Date): CertificateStatus {
  if (isRevoked(certificate)) return 'REVOKED';
  if (at > certificate.expiresAt) return 'EXPIRED';
  return stands(certificate) ? 'VALID' : 'SUPERSEDED';
}
