/** Whether a person's certificate is there. */
export type Preparation = 'NONE' | 'PENDING' | 'READY';

/** Why it is not there, or not with every dose: a class that says what comes next. */
export const PREPARATION_REASONS = [
  'NO_DOSE',
  'BEING_PREPARED',
  'LATE',
  'COUNTRY_READ_ONLY',
  'NO_PROGRAMME',
  'DOSES_NOT_CERTIFIED',
  'EXPIRED',
] as const;
export type PreparationReason = (typeof PREPARATION_REASONS)[number];

/** A certificate that takes longer is late, and somebody has to look why (LESSONS R-42). */
export const LATE_AFTER_MS = 60_000;

/** What is known of a person's doses and certificate. */
export interface Preparing {
  /** Doses that stand and may be certified. */
  certifiable: number;
  /** Doses that stand and are certified no more. */
  excluded: number;
  /** Whether the newest certificate stands and has every dose that may be certified. */
  complete: boolean;
  expired: boolean;
  /** When the oldest dose that is missing was recorded. */
  since: Date | null;
  countryIsReadOnly: boolean;
  hasProgramme: boolean;
}

/**
 * Whether a certificate is there, and if it lacks something, why: a certificate that waits never waits silently. `READY`
 * has a reason too where doses of the record are not on it.
 */
export function preparationOf(
  { certifiable, excluded, complete, expired, since, countryIsReadOnly, hasProgramme }: Preparing,
  now: Date,
): { status: Preparation; reason: PreparationReason | null } {
  if (certifiable === 0) return { status: 'NONE', reason: excluded > 0 ? 'DOSES_NOT_CERTIFIED' : 'NO_DOSE' };
  if (complete && expired) return { status: 'READY', reason: 'EXPIRED' };
  if (complete) return { status: 'READY', reason: excluded > 0 ? 'DOSES_NOT_CERTIFIED' : null };
  if (countryIsReadOnly) return { status: 'PENDING', reason: 'COUNTRY_READ_ONLY' };
  if (!hasProgramme) return { status: 'PENDING', reason: 'NO_PROGRAMME' };
  const isLate = since !== null && now.getTime() - since.getTime() > LATE_AFTER_MS;
  return { status: 'PENDING', reason: isLate ? 'LATE' : 'BEING_PREPARED' };
}
