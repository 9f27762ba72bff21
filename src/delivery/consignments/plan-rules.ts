import type { DeliveryFailure, DirectionKind } from '../doors/door-rules';
import type { UnitStatus } from '../scan-rules';
import type { DoorFacts, TrailStep } from '../scans/scans.store';
import type { Way } from '../network/way-rules';

/** One run that a consignment is planned to take. */
export interface PlannedRun {
  legId: string;
  fromHubId: string;
  toHubId: string;
  /** The country's own day of its departure. */
  day: string;
  cutOffAt: string;
  departsAt: string;
  arrivesAt: string;
  /** Whether room was taken for it there: the leg carries only so much. */
  hasRoom?: boolean;
}

/** The step of a failed attempt, see `STEP_WORDS`. */
const FAILED = 'delivery_attempt_failed';

/** What went wrong with a plan. */
export type ExceptionKind =
  'MISSORT' | 'MISSED_CONNECTION' | 'RUN_CANCELLED' | 'CUSTODY_GAP' | 'SEAL_BROKEN' | 'TEMPERATURE';

/** Why a consignment goes another way, seen at which hub by which scan. */
export interface WayException {
  kind: ExceptionKind;
  /** Null on the way. */
  hubId: string | null;
  /** Microseconds since 1970. */
  at: number;
  /** What shows it: a scan, or an excursion. */
  scanId: string;
}

/** The runs of a way, as they are planned. */
export const runsOf = (way: Way, taken: readonly { legId: string; day: string }[] = []): PlannedRun[] =>
  way.runs.map(({ leg, day, cutOffAt, departsAt, arrivesAt }) => ({
    legId: leg.id,
    fromHubId: leg.fromHubId,
    toHubId: leg.toHubId,
    day,
    cutOffAt: cutOffAt.toISOString(),
    departsAt: departsAt.toISOString(),
    arrivesAt: arrivesAt.toISOString(),
    ...(taken.some(run => run.legId === leg.id && run.day === day) && { hasRoom: true }),
  }));

/** Those on which room was taken. */
export const heldRuns = (runs: readonly PlannedRun[]): PlannedRun[] => runs.filter(({ hasRoom }) => hasRoom);

/**
 * What the newest step of a unit's way shows to have gone wrong with its plan; null when it is as planned, or not at a
 * hub. A hub that no planned run touches is a missort. At a planned hub after the cut-off of the run from there, the
 * connection is missed.
 */
export function departureFromPlan(
  plan: { toHubId: string; runs: readonly PlannedRun[] },
  step: TrailStep,
): (WayException & { hubId: string }) | null {
  if (step.place === null || (step.status !== 'AT_HUB' && step.status !== 'ACCEPTED')) return null;
  const seen = { hubId: step.place, at: step.at, scanId: step.scanId };
  const next = plan.runs.find(run => run.fromHubId === step.place);
  if (next) return step.at / 1000 > Date.parse(next.cutOffAt) ? { kind: 'MISSED_CONNECTION', ...seen } : null;
  const ends = plan.toHubId === step.place || plan.runs.some(run => run.toHubId === step.place);
  return ends ? null : { kind: 'MISSORT', ...seen };
}

/** Steps at which a unit came to another hub without having left the one before: nobody had it in between. */
export function custodyGaps(steps: readonly TrailStep[]): WayException[] {
  const gaps: WayException[] = [];
  let last: TrailStep | null = null;
  for (const step of steps) {
    if (step.lastScan !== step.scanId) continue; // it only had to do with the scan, and was not moved by it
    if (last?.place && step.place && last.place !== step.place)
      gaps.push({ kind: 'CUSTODY_GAP', hubId: step.place, at: step.at, scanId: step.scanId });
    last = step;
  }
  return gaps;
}

/**
 * From which hub a consignment is planned anew, and from when on: from where it is; on the way, from where its run
 * arrives; not seen yet, from where its first run leaves.
 */
export function standsAt(
  { runs, fromHubId }: { runs: readonly PlannedRun[]; fromHubId: string },
  last: TrailStep | null,
  cancelled: number,
  now: Date,
): { hubId: string; readyAt: Date } {
  const notBefore = (moment: string | undefined): Date =>
    moment && new Date(moment) > now ? new Date(moment) : now;
  if (last?.place) return { hubId: last.place, readyAt: now };
  const under = runs.slice(0, cancelled).findLast(run => last && Date.parse(run.departsAt) <= last.at / 1000);
  if (under) return { hubId: under.toHubId, readyAt: notBefore(under.arrivesAt) };
  return { hubId: runs[0]?.fromHubId ?? fromHubId, readyAt: notBefore(runs[0]?.cutOffAt) };
}

/** How a consignment stands for whoever waits: as it was scanned, or as it was told to go. */
export type MilestoneKind = UnitStatus | 'REDIRECTED' | 'RETURNING';

/** What whoever waits is told of: each change of status or place, and of where it goes. */
export interface Milestone {
  status: MilestoneKind;
  /** Microseconds since 1970. */
  at: number;
  place: string | null;
  /** For a failed attempt: why. */
  reason: DeliveryFailure | null;
  /** The scan or direction that it comes of. */
  cause: string;
}

/** A step of a way as far as it makes milestones. `step`: the business step, absent where nobody needs it. */
export type MilestoneStep = Pick<TrailStep, 'at' | 'scanId' | 'status' | 'place' | 'lastScan'> & {
  step: string | null;
  door: Pick<DoorFacts, 'failure' | 'holdDays'> | null;
};

/**
 * The milestones of a way, in order. Sorting, packing and being scanned again at the same hub are none; each failed
 * attempt is one. A direction that was given after the hand-over came too late.
 */
export function milestonesOf(
  steps: readonly MilestoneStep[],
  directions: readonly { id: string; kind: DirectionKind; at: Date | string }[],
): Milestone[] {
  const milestones: Milestone[] = [];
  for (const { status, place, at, step, scanId, lastScan, door } of steps) {
    const last = milestones.at(-1);
    const again = step === FAILED && lastScan === scanId;
    if (status === null || (last?.status === status && last.place === place && !again)) continue;
    milestones.push({ status, place, at, reason: again ? (door?.failure ?? null) : null, cause: scanId });
  }
  const end =
    milestones.find(({ status }) => status === 'DELIVERED' || status === 'RETURNED')?.at ?? Infinity;
  const told = directions
    .map(({ id, kind, at }): Milestone => {
      const status = kind === 'RETURN' ? 'RETURNING' : 'REDIRECTED';
      return { status, at: new Date(at).getTime() * 1000, place: null, reason: null, cause: id };
    })
    .filter(({ at }) => at <= end);
  return [...milestones, ...told].sort((a, b) => a.at - b.at);
}
