import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';
import type { DirectionKind } from '../doors/door-rules';
import type { MilestoneStep } from './plan-rules';

/** A consignment as far as whoever tracks it is told. */
export interface TrackedConsignment {
  /** By its tracking code; by an S10 number alone it is not told whole. */
  whole: boolean;
  toHubId: string;
  dueAt: Date | null;
  /** The way it came, in order. */
  steps: MilestoneStep[];
  directions: { id: string; kind: DirectionKind; at: string }[];
  /** Of the network that its hubs are to be read from. */
  networkVersion: number;
}

const MICROSECONDS = `(extract(epoch FROM t.at) * 1000000)::float8`;

@Injectable()
export class TrackingStore {
  /**
   * All that is told of one consignment, in one statement of reads by key: it is asked most of all, by everybody. A scan
   * is looked at only where it says something besides: of an attempt that failed, and for how long it is kept.
   */
  async tracked(
    work: UnitOfWork,
    { code, unitId }: { code: string; unitId: string },
  ): Promise<TrackedConsignment | null> {
    const [row] = await work.query<TrackedConsignment>(
      `SELECT known.code IS NOT NULL AS whole, p.to_hub_id AS "toHubId", p.due_at AS "dueAt",
         (SELECT n.version FROM delivery_network n) AS "networkVersion",
         (SELECT coalesce(json_agg(of_way), '[]') FROM (
            SELECT ${MICROSECONDS} AS at, t.scan_id AS "scanId", t.status, t.place, t.last_scan_id AS "lastScan", said.*
            FROM unit_trail t LEFT JOIN LATERAL (
              SELECT c.step, json_build_object('failure', c.failure, 'holdDays', c.hold_days) AS door
              FROM scan c WHERE t.status IN ('DELIVERY_FAILED', 'READY_FOR_PICKUP')
                AND c.unit_id = t.scan_of AND c.id = t.scan_id OFFSET 0) said ON true
            WHERE t.unit_id = p.unit_id ORDER BY t.at, t.scan_id LIMIT 1000) of_way) AS steps,
         (SELECT coalesce(json_agg(told), '[]') FROM (
            SELECT d.id, d.kind, d.at FROM consignment_direction d
            WHERE d.unit_id = p.unit_id ORDER BY d.at, d.id LIMIT 100) told) AS directions
       FROM (SELECT) alone LEFT JOIN tracking_code known ON known.code = $1
         JOIN consignment_plan p ON p.unit_id = coalesce(known.unit_id, $2)`,
      [code, unitId],
    );
    return row ?? null;
  }
}
