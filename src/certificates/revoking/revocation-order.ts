import type { CivilDate } from '../../common';

/** Why doses of many people are certified no more. */
export const REVOCATION_CAUSES = ['lot-recalled', 'fraud'] as const;
export type RevocationCause = (typeof REVOCATION_CAUSES)[number];

/** Whose doses: of a lot; what somebody entered at a facility; or those on certificates of these numbers. */
export type RevocationScope =
  | { kind: 'lot'; lotId: string }
  | { kind: 'recorder'; recorder: string; facilityId: string; from: CivilDate; until: CivilDate }
  | { kind: 'numbers'; numbers: readonly string[] };

/** How far an order is. */
export type OrderState = 'WAITING' | 'REFUSED' | 'RUNNING' | 'DONE' | 'FAILED';

/** Certificates of many people that somebody wants revoked, and what a second person said to it. */
export interface RevocationOrderRow {
  id: string;
  cause: RevocationCause;
  scope: RevocationScope;
  reason: string;
  requestedBy: string;
  requestedAt: Date;
  decision: { approved: boolean; reason: string | null; jobId: string | null; decidedAt: Date } | null;
  /** Doses that it has excluded so far. */
  excluded: number;
}
