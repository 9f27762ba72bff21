/** Later doses, or a wish, put another in a certificate's place; a fact on it that was not so revokes it. */
export type EndKind = 'superseded' | 'revoked';

/** Why a certificate ended: a class, never the story. */
export const END_REASONS = [
  'new-dose',
  'dose-corrected',
  'dose-voided',
  'person-corrected',
  'key-withdrawn',
  'issued-again',
  'lot-recalled',
  'fraud',
  'result-voided',
  'detail-taken-back',
] as const;
export type EndReason = (typeof END_REASONS)[number];

/** What was announced that a certificate has to follow. */
export type Cause = EndReason;

/** The end of one certificate. */
export interface CertificateEnd {
  id: string;
  kind: EndKind;
  reason: EndReason;
}

/** What is to be done so that a person's certificates say what the register says. */
export interface CertificatePlan {
  issue: boolean;
  /** The certificate that already says what the register says. */
  keep: string | null;
  ends: CertificateEnd[];
}

interface Issued {
  id: string;
  issuedAt: Date;
  vaccinationIds: readonly string[];
  kid: string;
  ends: readonly { kind: EndKind }[];
}

/** What besides its doses makes a certificate one to be revoked. */
export interface WhatIsFalse {
  /** Signed by this key, which was withdrawn. */
  withdrawnKid?: string;
  /** Issued from this instant on, and so stating what its holder took back. */
  statedSince?: Date;
}

/** Whether a certificate has neither been superseded nor revoked. */
export const stands = (certificate: Pick<Issued, 'ends'>): boolean => certificate.ends.length === 0;

/** Whether something on a certificate was found not to be so. */
export const isRevoked = (certificate: Pick<Issued, 'ends'>): boolean =>
  certificate.ends.some(({ kind }) => kind === 'revoked');

/** Whether a certificate lists these vaccinations, all of them and no other. */
export const covers = (
  certificate: Pick<Issued, 'vaccinationIds'>,
  vaccinationIds: readonly string[],
): boolean =>
  certificate.vaccinationIds.length === vaccinationIds.length &&
  vaccinationIds.every(id => certificate.vaccinationIds.includes(id));

/**
 * What `cause` makes necessary, given every certificate a person was issued and the vaccinations that stand. It looks at
 * what is, not at what the fact says, so facts that come late, twice or out of order lead to the same end: one
 * certificate stands, with the doses that stand, and none with a dose that does not is left unrevoked.
 */
export function planCertificates(
  issued: readonly Issued[],
  vaccinationIds: readonly string[],
  cause: Cause,
  { withdrawnKid, statedSince }: WhatIsFalse = {},
): CertificatePlan {
  const isFalse = (certificate: Issued): boolean =>
    cause === 'person-corrected' ||
    (withdrawnKid !== undefined && certificate.kid === withdrawnKid) ||
    (statedSince !== undefined && certificate.issuedAt >= statedSince) ||
    certificate.vaccinationIds.some(id => !vaccinationIds.includes(id));
  const revoked = issued.filter(certificate => !isRevoked(certificate) && isFalse(certificate));
  const standing = issued.filter(certificate => stands(certificate) && !isFalse(certificate));
  const current = ANEW.includes(cause)
    ? undefined
    : standing.find(certificate => covers(certificate, vaccinationIds));
  const superseded = standing.filter(certificate => certificate !== current);
  return {
    issue: vaccinationIds.length > 0 && !current,
    keep: current?.id ?? null,
    ends: [
      ...revoked.map(({ id }) => ({ id, kind: 'revoked' as const, reason: revocationFor(cause) })),
      ...superseded.map(({ id }) => ({ id, kind: 'superseded' as const, reason: supersededFor(cause) })),
    ],
  };
}

/** Causes for which a certificate that has the doses is not enough: another is issued. */
const ANEW: readonly Cause[] = ['issued-again', 'detail-taken-back'];

const supersededFor = (cause: Cause): EndReason => (ANEW.includes(cause) ? cause : 'new-dose');

/** A dose may have been corrected while an earlier fact was on its way: then that is what the revocation is for. */
const revocationFor = (cause: Cause): EndReason =>
  cause === 'new-dose' || cause === 'issued-again' ? 'dose-corrected' : cause;
