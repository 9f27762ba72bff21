import type { BirthDate } from '../../registry';

/**
 * What people have to have put right about their certificates: the eight kinds that a country of a
 * billion met, its passports and birth dates told apart.
 */
export const GRIEVANCE_KINDS = [
  'wrong-details',
  'doses-of-two-records',
  'add-passport',
  'add-birth-date',
  'unknown-member',
  'move-member',
  'issue-again',
  'wrong-dose',
  'dose-not-given',
] as const;
export type GrievanceKind = (typeof GRIEVANCE_KINDS)[number];

/** What was shown for it. */
export const EVIDENCE = [
  'IDENTITY_DOCUMENT',
  'BIRTH_CERTIFICATE',
  'PASSPORT',
  'VACCINATION_CARD',
  'FACILITY_REGISTER',
  'STATEMENT',
] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** What is asked for: of these, what its kind needs. Kept sealed. */
export interface GrievanceFacts {
  name?: string | null;
  birthDate?: BirthDate | null;
  sex?: string | null;
  /** Code on the card of the person's other record. */
  otherCode?: string | null;
  passportNumber?: string | null;
  /** Somebody whose account is to act for the person. */
  toPersonId?: string | null;
  vaccinationId?: string | null;
  givenOn?: string | null;
  lotId?: string | null;
}

export interface GrievanceCase extends GrievanceFacts {
  evidence: Evidence;
  note: string | null;
}

/** A case, opened. */
export interface GrievanceRow {
  personId: string;
  id: string;
  kind: GrievanceKind;
  /** Which facility is to decide. */
  facilityId: string;
  raisedKind: string;
  raisedBy: string;
  raisedAt: Date;
  sealedCase: Buffer;
  granted: boolean | null;
  sealedReason: Buffer | null;
  decidedAt: Date | null;
}
