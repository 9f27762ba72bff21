import { type CivilDate, civilDayOf } from '../../common';
import type { ConsignmentKind } from '../consignments/consignments.store';
import type { ExceptionKind } from '../consignments/plan-rules';
import { type DoorStep, lastMileOf } from '../doors/door-rules';
import type { UnitStatus } from '../scan-rules';

/** What the control tower knows of one consignment. */
export interface ConsignmentFigure {
  unitId: string;
  kind: ConsignmentKind;
  areaId: string;
  sentOn: CivilDate;
  promisedAt: Date;
  dueAt: Date | null;
  status: UnitStatus | null;
  hubId: string | null;
  since: Date;
  handedOverAt: Date | null;
  onTime: boolean | null;
  proven: boolean | null;
  attempts: number;
  missorts: number;
  missed: number;
  custodyGaps: number;
  brokenSeals: number;
  exposures: number;
}

/** A time that a consignment spent at a hub, from its first scan there until it left. */
export interface HubStay {
  unitId: string;
  hubId: string;
  arrivedAt: Date;
  leftAt: Date;
  leftOn: CivilDate;
}

/** A consignment with all that was told of it. */
export interface WholeConsignment {
  unitId: string;
  kind: ConsignmentKind;
  /** Of the hub that it now goes to. */
  areaId: string;
  sentAt: Date;
  promisedAt: Date;
  dueAt: Date | null;
  trail: readonly DoorStep[];
  exceptions: readonly ExceptionKind[];
  wrongGuesses: number;
}

const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
const dateOf = (microseconds: number): Date => new Date(microseconds / 1000);

/** What the tower keeps of a consignment: always the same for the same facts. */
export function figureOf(whole: WholeConsignment, timeZone: string): ConsignmentFigure {
  const moves = whole.trail.filter(({ lastScan, scanId }) => lastScan === scanId);
  const last = moves.at(-1);
  const { attempts, handedOver } = lastMileOf(whole.trail, whole.wrongGuesses);
  const count = (kind: ExceptionKind): number => whole.exceptions.filter(one => one === kind).length;
  const isDelivered = handedOver?.status === 'DELIVERED';
  const handedOverAt = handedOver ? dateOf(handedOver.at) : null;
  return {
    unitId: whole.unitId,
    kind: whole.kind,
    areaId: whole.areaId,
    sentOn: civilDayOf(whole.sentAt, timeZone),
    promisedAt: whole.promisedAt,
    dueAt: whole.dueAt,
    status: last?.status ?? null,
    hubId: last?.place && ID.test(last.place) ? last.place : null,
    since: last ? dateOf(last.at) : whole.sentAt,
    handedOverAt,
    onTime: isDelivered ? handedOverAt! <= whole.promisedAt : null,
    proven: isDelivered ? ['PROVEN', 'ATTESTED'].includes(handedOver.standing) : null,
    attempts: attempts.length,
    missorts: count('MISSORT'),
    missed: count('MISSED_CONNECTION'),
    custodyGaps: count('CUSTODY_GAP'),
    brokenSeals: count('SEAL_BROKEN'),
    exposures: count('TEMPERATURE'),
  };
}

/** The stays that have ended: it left a hub, was handed over there, or was seen at the next. */
export function staysOf({ unitId, trail }: WholeConsignment, timeZone: string): HubStay[] {
  const stays: HubStay[] = [];
  let at: { hubId: string; since: number } | null = null;
  for (const { place, at: moment, status, lastScan, scanId } of trail) {
    if (lastScan !== scanId) continue;
    const hubId: string | null = place && ID.test(place) ? place : null;
    const isOver = status === 'DELIVERED' || status === 'RETURNED';
    if (at && (hubId !== at.hubId || isOver)) {
      const leftAt = dateOf(moment);
      stays.push({
        unitId,
        hubId: at.hubId,
        arrivedAt: dateOf(at.since),
        leftAt,
        leftOn: civilDayOf(leftAt, timeZone),
      });
      at = null;
    }
    if (!at && hubId && !isOver) at = { hubId, since: moment };
  }
  return stays;
}
