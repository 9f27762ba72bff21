import type { TrailStep } from '../scans/scans.store';
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
}

/** What went wrong with a plan. */
export type ExceptionKind = 'MISSORT' | 'MISSED_CONNECTION' | 'RUN_CANCELLED' | 'CUSTODY_GAP';

/** Why a consignment goes another way, seen at which hub by which scan. */
export interface WayException {
  kind: ExceptionKind;
  hubId: string;
  /** Microseconds since 1970. */
  at: number;
  scanId: string;
}

/** The runs of a way, as they are planned. */
export const runsOf = (way: Way): PlannedRun[] =>
  way.runs.map(({ leg, day, cutOffAt, departsAt, arrivesAt }) => ({
    legId: leg.id,
    fromHubId: leg.fromHubId,
    toHubId: leg.toHubId,
    day,
    cutOffAt: cutOffAt.toISOString(),
    departsAt: departsAt.toISOString(),
    arrivesAt: arrivesAt.toISOString(),
  }));

/**
 * What the newest step of a unit's way shows to have gone wrong with its plan; null when it is as planned, or not at a
 * hub. A hub that no planned run touches is a missort. At a planned hub after the cut-off of the run from there, the
 * connection is missed.
 */
export function departureFromPlan(
  plan: { toHubId: string; runs: readonly PlannedRun[] },
  step: TrailStep,
): WayException | null {
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

/** What whoever waits is told of: each change of status or place, once. */
export interface Milestone {
  status: NonNullable<TrailStep['status']>;
  /** Microseconds since 1970. */
  at: number;
  place: string | null;
}

/** The milestones of a way, in order. Sorting, packing and being scanned again at the same hub are none. */
export function milestonesOf(steps: readonly TrailStep[]): Milestone[] {
  const milestones: Milestone[] = [];
  for (const { status, place, at } of steps) {
    const last = milestones.at(-1);
    if (status === null || (last?.status === status && last.place === place)) continue;
    milestones.push({ status, place, at });
  }
  return milestones;
}
