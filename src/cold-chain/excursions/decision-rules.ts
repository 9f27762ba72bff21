import type { ExcursionSide } from './excursions.store';

export type LotOutcome = 'RELEASED' | 'DISCARDED';

/** Why a lot may be used again, and why it may not. */
export const RELEASE_REASONS = [
  'VVM_STAGE_USABLE',
  'SHAKE_TEST_PASSED',
  'WITHIN_STABILITY',
  'NOT_EXPOSED',
] as const;
export const DISCARD_REASONS = ['VVM_DISCARD_POINT', 'HEAT_EXPOSED', 'FROZEN'] as const;
export type DecisionReason = (typeof RELEASE_REASONS)[number] | (typeof DISCARD_REASONS)[number];

/** What somebody decides on a lot. */
export interface EnteredDecision {
  lotId: string;
  outcome: LotOutcome;
  reason: DecisionReason;
  vvmStage?: number | null;
  remark?: string | null;
}

/** What stands in the way of a decision on a lot; a text of `cold-chain.decisionFault`. */
export type DecisionFault = 'REASON' | 'SIDE' | 'VVM_NEEDED' | 'VVM_DISCARD_POINT' | 'VVM_USABLE';

/** A reason that tells of one side only: a vial monitor says nothing of frost, and a shake test nothing of heat. */
const SIDE_OF: Partial<Record<DecisionReason, ExcursionSide>> = {
  VVM_STAGE_USABLE: 'high',
  VVM_DISCARD_POINT: 'high',
  HEAT_EXPOSED: 'high',
  SHAKE_TEST_PASSED: 'low',
  FROZEN: 'low',
};

/**
 * Whether a lot may be decided on so; null when it may. At stage 3 a vaccine vial monitor is at its discard point
 * (WHO): a lot at 3 or 4 is never released.
 */
export function decisionFault(
  { outcome, reason, vvmStage }: EnteredDecision,
  side: ExcursionSide,
): DecisionFault | null {
  const reasons: readonly string[] = outcome === 'RELEASED' ? RELEASE_REASONS : DISCARD_REASONS;
  if (!reasons.includes(reason)) return 'REASON';
  if (vvmStage != null && vvmStage > 2 && outcome === 'RELEASED') return 'VVM_DISCARD_POINT';
  if ((SIDE_OF[reason] ?? side) !== side) return 'SIDE';
  const isByVvm = reason === 'VVM_STAGE_USABLE' || reason === 'VVM_DISCARD_POINT';
  if (isByVvm && vvmStage == null) return 'VVM_NEEDED';
  return reason === 'VVM_DISCARD_POINT' && vvmStage! < 3 ? 'VVM_USABLE' : null;
}

/** The ledger's word for it. */
export const WASTE_REASONS = {
  VVM_DISCARD_POINT: 'VVM_CHANGED',
  HEAT_EXPOSED: 'HEAT_EXPOSED',
  FROZEN: 'FROZEN',
} as const satisfies Record<(typeof DISCARD_REASONS)[number], string>;

/** Whether decisions name each of these lots once, and no other. */
export function isOfAll(lotIds: readonly string[], decisions: readonly EnteredDecision[]): boolean {
  const named = new Set(decisions.map(({ lotId }) => lotId));
  return named.size === decisions.length && named.size === lotIds.length && lotIds.every(id => named.has(id));
}
