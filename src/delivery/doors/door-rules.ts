import { addTo, type CivilDate, civilDayOf } from '../../common';
import type { MilestoneStep } from '../consignments/plan-rules';
import type { ScanStep } from '../scans/scan-input-rules';
import type { DoorFacts, TrailStep } from '../scans/scans.store';

/** Why nothing was handed over at the door. Closed: figures of many couriers are compared by it. */
export const DELIVERY_FAILURES = [
  'NOBODY_THERE',
  'ADDRESS_NOT_FOUND',
  'RECEIVER_UNKNOWN',
  'REFUSED',
  'LATER_ASKED_FOR',
  'PLACE_CLOSED',
  'NOT_REACHED',
  'IDENTITY_NOT_PROVEN',
  'DAMAGED',
] as const;
export type DeliveryFailure = (typeof DELIVERY_FAILURES)[number];

/** How it is shown that the right one has it: by a secret that only she was told, or by a picture that was taken. */
export const HANDOVER_PROOFS = ['CODE', 'QR', 'PHOTO', 'SIGNATURE'] as const;
export type HandoverProof = (typeof HANDOVER_PROOFS)[number];

/** Where else a consignment is told to go than it was sent to: another hub, or back. */
export type DirectionKind = 'REDIRECT' | 'RETURN';

/** What somebody at the door enters with a scan. */
export interface EnteredDoor {
  failure?: DeliveryFailure | null;
  /** Days, the day of the scan not counted. */
  holdDays?: number | null;
  proof?: { kind: HandoverProof; secret?: string | null; sha256?: string | null } | null;
}

/** What is wrong with that; each is a text of `delivery.scanFault`. */
export type DoorFault = 'FAILURE' | 'HOLD' | 'PROOF';

/** A pick-up point is no store. */
export const LONGEST_HOLD = 90;
const SHA256 = /^[0-9a-f]{64}$/i;
const LONGEST_SECRET = 60;

/** Whether the proof holds a secret, which is compared, and not a picture, which is only kept. */
export const isSecret = (proof: HandoverProof): boolean => proof === 'CODE' || proof === 'QR';

/**
 * The facts of the last mile that a scan tells, null for a scan of anything else. A failed attempt has its reason. A secret
 * is one consignment's, so it comes with one unit.
 */
export function doorOf(
  entered: EnteredDoor & { step: ScanStep; units: readonly string[] },
): { facts: DoorFacts | null } | { fault: DoorFault } {
  const { step, failure = null, holdDays = null, proof = null, units } = entered;
  if ((step === 'DELIVERY_FAILED') !== (failure !== null)) return { fault: 'FAILURE' };
  if (holdDays !== null && (step !== 'HELD_FOR_PICKUP' || !isHold(holdDays))) return { fault: 'HOLD' };
  if (proof !== null && (step !== 'DELIVERED' || !isWhole(proof, units.length))) return { fault: 'PROOF' };
  if (failure === null && holdDays === null && proof === null) return { facts: null };
  const sha256 = proof?.sha256?.toLowerCase() ?? null;
  return {
    facts: { failure, holdDays, proof: proof?.kind ?? null, proofSha256: sha256, proofMatches: null },
  };
}

const isHold = (days: number): boolean => Number.isInteger(days) && days >= 1 && days <= LONGEST_HOLD;

function isWhole({ kind, secret, sha256 }: NonNullable<EnteredDoor['proof']>, units: number): boolean {
  if (isSecret(kind)) return units === 1 && !sha256 && !!secret && secret.length <= LONGEST_SECRET;
  return !secret && SHA256.test(sha256 ?? '');
}

/** So many wrong guesses, and the secret proves nothing any more. */
export const MOST_WRONG_GUESSES = 5;

/** What a hand-over rests on. `VOID`: the secret was guessed at too often, so that a right one may be a guess too. */
export type ProofStanding = 'PROVEN' | 'ATTESTED' | 'WRONG' | 'VOID' | 'NONE';

/**
 * What a proof is worth. It counts all wrong guesses of the consignment whenever they were made and heard of: the answer is
 * the same in whatever order they come, and a device that sets back its clock gains nothing.
 */
export function standingOf(facts: DoorFacts | null, wrongGuesses: number): ProofStanding {
  if (!facts?.proof) return 'NONE';
  if (!isSecret(facts.proof)) return 'ATTESTED';
  if (!facts.proofMatches) return 'WRONG';
  return wrongGuesses >= MOST_WRONG_GUESSES ? 'VOID' : 'PROVEN';
}

/** A step of a unit's way with what the scan said: its business step, where it was read, and what was said at the door. */
export type DoorStep = TrailStep & { step: string; readAtHub: string | null; door: DoorFacts | null };

/** How the last mile of a consignment went. Instants are microseconds since 1970. */
export interface LastMile {
  attempts: { at: number; reason: DeliveryFailure | null; hubId: string | null }[];
  /** While it waits to be picked up: since when, and for how many days; null when no end was said. */
  held: { at: number; days: number | null } | null;
  handedOver: {
    at: number;
    status: 'DELIVERED' | 'RETURNED';
    proof: HandoverProof | null;
    sha256: string | null;
    standing: ProofStanding;
  } | null;
}

/** How the last mile went, from the whole way in its one order: the same for any order in which it was heard of. */
export function lastMileOf(steps: readonly DoorStep[], wrongGuesses: number): LastMile {
  const moves = movesIn(steps);
  const handedOver = moves.find(({ status }) => status === 'DELIVERED' || status === 'RETURNED');
  return {
    attempts: moves
      .filter(({ step }) => step === 'delivery_attempt_failed')
      .map(({ at, door, readAtHub }) => ({ at, hubId: readAtHub, reason: door?.failure ?? null })),
    held: heldIn(steps),
    handedOver: handedOver
      ? {
          at: handedOver.at,
          status: handedOver.status as 'DELIVERED' | 'RETURNED',
          proof: handedOver.door?.proof ?? null,
          sha256: handedOver.door?.proofSha256 ?? null,
          standing: standingOf(handedOver.door, wrongGuesses),
        }
      : null,
  };
}

/** The scans that moved it; others only had to do with it. */
const movesIn = <Step extends MilestoneStep>(steps: readonly Step[]): Step[] =>
  steps.filter(step => step.lastScan === step.scanId);

/** Since when a thing waits to be picked up, and for how long it is kept; null when it does not wait. */
export function heldIn(steps: readonly MilestoneStep[]): LastMile['held'] {
  const moves = movesIn(steps);
  if (moves.at(-1)?.status !== 'READY_FOR_PICKUP') return null;
  const hold = moves.findLast(({ step }) => step === 'holding');
  return hold ? { at: hold.at, days: hold.door?.holdDays ?? null } : null;
}

/** The last of the country's own days on which a thing is kept for its receiver; null when no end was said. */
export const heldUntil = (held: LastMile['held'], timeZone: string): CivilDate | null =>
  held?.days ? addTo(civilDayOf(new Date(held.at / 1000), timeZone), { months: 0, days: held.days }) : null;
