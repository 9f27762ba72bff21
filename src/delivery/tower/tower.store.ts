import { Injectable } from '@nestjs/common';
import type { CivilDate } from '../../common';
import type { UnitOfWork } from '../../platform/database';
import type { UnitStatus } from '../scan-rules';
import type { ConsignmentFigure, HubStay, WholeConsignment } from './figure-rules';

/** Consignments sent in a period to one area, or on one day. Counts. */
export interface SentCounts {
  /** The day, or the id of the area. */
  of: string;
  sent: number;
  handedOver: number;
  returned: number;
  /** Handed over by the time that was promised. */
  onTime: number;
  /** Promised by now, handed over or not. */
  promised: number;
  unproven: number;
  failedAttempts: number;
  missorted: number;
  missedConnection: number;
  custodyGap: number;
  sealBroken: number;
  exposed: number;
}

/** How long consignments stayed at a hub. */
export interface DwellRow {
  hubId: string;
  stays: number;
  medianMinutes: number;
  longestMinutes: number;
}

export interface StuckRow {
  unitId: string;
  status: UnitStatus | null;
  hubId: string | null;
  since: Date;
  dueAt: Date | null;
  overdue: boolean;
}

const FIGURE = `f.unit_id AS "unitId", f.kind, f.area_id AS "areaId", f.sent_on::text AS "sentOn", f.promised_at AS "promisedAt",
  f.due_at AS "dueAt", f.status, f.hub_id AS "hubId", f.since, f.handed_over_at AS "handedOverAt", f.on_time AS "onTime",
  f.proven, f.attempts, f.missorts, f.missed, f.custody_gaps AS "custodyGaps",
  f.broken_seals AS "brokenSeals", f.exposures`;

const COUNTS = `count(*)::integer AS sent,
  count(*) FILTER (WHERE f.status = 'DELIVERED')::integer AS "handedOver",
  count(*) FILTER (WHERE f.status = 'RETURNED')::integer AS returned,
  count(*) FILTER (WHERE f.on_time)::integer AS "onTime",
  count(*) FILTER (WHERE f.status IS DISTINCT FROM 'RETURNED' AND (f.promised_at < $4 OR f.on_time))::integer AS promised,
  count(*) FILTER (WHERE NOT f.proven)::integer AS unproven,
  count(*) FILTER (WHERE f.attempts > 0)::integer AS "failedAttempts",
  count(*) FILTER (WHERE f.missorts > 0)::integer AS missorted,
  count(*) FILTER (WHERE f.missed > 0)::integer AS "missedConnection",
  count(*) FILTER (WHERE f.custody_gaps > 0)::integer AS "custodyGap",
  count(*) FILTER (WHERE f.broken_seals > 0)::integer AS "sealBroken",
  count(*) FILTER (WHERE f.exposures > 0)::integer AS exposed`;

/** Within an area: itself and all below it; everywhere for null. */
const WITHIN = (area: string, asked: string): string =>
  `(${asked}::uuid IS NULL OR ${area}.path @> ARRAY[${asked}::uuid])`;

/** A period, and where: everywhere when `areaId` is null. `at` is now. */
export interface Period {
  from: CivilDate;
  to: CivilDate;
  areaId: string | null;
  at: Date;
}

const valuesOf = ({ from, to, areaId, at }: Period): unknown[] => [from, to, areaId, at];

@Injectable()
export class TowerStore {
  /** What was told of consignments, without their ways; in order of the unit, from the one after `after`. */
  facts(
    work: UnitOfWork,
    units: readonly string[],
  ): Promise<Omit<WholeConsignment, 'trail' | 'wrongGuesses'>[]> {
    return work.query(
      `SELECT c.unit_id AS "unitId", c.kind, h.area_id AS "areaId", c.sent_at AS "sentAt", c.promised_at AS "promisedAt",
         p.due_at AS "dueAt",
         ARRAY(SELECT e.kind FROM consignment_exception e WHERE e.unit_id = c.unit_id) AS exceptions
       FROM consignment c JOIN consignment_plan p ON p.unit_id = c.unit_id JOIN hub h ON h.id = p.to_hub_id
       WHERE c.unit_id = ANY ($1::text[])`,
      [units],
    );
  }

  /** Units of consignments in their order, from the one after `after`. */
  async unitsAfter(work: UnitOfWork, after: string, most: number): Promise<string[]> {
    const rows = await work.query<{ unitId: string }>(
      `SELECT unit_id AS "unitId" FROM consignment WHERE unit_id > $1 ORDER BY unit_id LIMIT $2`,
      [after, most],
    );
    return rows.map(({ unitId }) => unitId);
  }

  async figure(work: UnitOfWork, unitId: string): Promise<ConsignmentFigure | null> {
    const [row] = await work.query<ConsignmentFigure>(
      `SELECT ${FIGURE} FROM consignment_figure f WHERE f.unit_id = $1`,
      [unitId],
    );
    return row ?? null;
  }

  stays(work: UnitOfWork, unitId: string): Promise<HubStay[]> {
    return work.query(
      `SELECT unit_id AS "unitId", hub_id AS "hubId", arrived_at AS "arrivedAt", left_at AS "leftAt", left_on::text AS "leftOn"
       FROM hub_stay WHERE unit_id = $1 ORDER BY arrived_at`,
      [unitId],
    );
  }

  /** Keeps what is known of a consignment, in the place of what was. */
  async keep(work: UnitOfWork, figure: ConsignmentFigure, stays: readonly HubStay[]): Promise<void> {
    await work.query(
      `INSERT INTO consignment_figure (unit_id, kind, area_id, sent_on, promised_at, due_at, status, hub_id, since, handed_over_at,
         on_time, proven, attempts, missorts, missed, custody_gaps, broken_seals, exposures)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
       ON CONFLICT (unit_id) DO UPDATE SET kind = excluded.kind, area_id = excluded.area_id, sent_on = excluded.sent_on,
         promised_at = excluded.promised_at, due_at = excluded.due_at, status = excluded.status, hub_id = excluded.hub_id,
         since = excluded.since, handed_over_at = excluded.handed_over_at, on_time = excluded.on_time, proven = excluded.proven,
         attempts = excluded.attempts, missorts = excluded.missorts, missed = excluded.missed,
         custody_gaps = excluded.custody_gaps, broken_seals = excluded.broken_seals, exposures = excluded.exposures`,
      [
        figure.unitId,
        figure.kind,
        figure.areaId,
        figure.sentOn,
        figure.promisedAt,
        figure.dueAt,
        figure.status,
        figure.hubId,
        figure.since,
        figure.handedOverAt,
        figure.onTime,
        figure.proven,
        figure.attempts,
        figure.missorts,
        figure.missed,
        figure.custodyGaps,
        figure.brokenSeals,
        figure.exposures,
      ],
    );
    await work.query(`DELETE FROM hub_stay WHERE unit_id = $1`, [figure.unitId]);
    if (stays.length === 0) return;
    await work.query(
      `INSERT INTO hub_stay (unit_id, arrived_at, hub_id, left_at, left_on)
       SELECT * FROM json_to_recordset($1::json) AS s(unit_id text, arrived_at timestamptz, hub_id uuid, left_at timestamptz,
         left_on date)`,
      [
        JSON.stringify(
          stays.map(({ unitId, arrivedAt, hubId, leftAt, leftOn }) => ({
            unit_id: unitId,
            arrived_at: arrivedAt,
            hub_id: hubId,
            left_at: leftAt,
            left_on: leftOn,
          })),
        ),
      ],
    );
  }

  /** Counts of what was sent on each day. */
  byDay(work: UnitOfWork, period: Period): Promise<SentCounts[]> {
    return work.query(
      `SELECT f.sent_on::text AS of, ${COUNTS} FROM consignment_figure f JOIN area a ON a.id = f.area_id
       WHERE f.sent_on BETWEEN $1 AND $2 AND ${WITHIN('a', '$3')} GROUP BY f.sent_on ORDER BY f.sent_on`,
      valuesOf(period),
    );
  }

  /** Counts of what was sent to each area that is right below the asked one; to it itself where it goes no deeper. */
  byArea(work: UnitOfWork, period: Period): Promise<SentCounts[]> {
    return work.query(
      `SELECT coalesce(a.path[coalesce(array_position(a.path, $3::uuid), 0) + 1], f.area_id)::text AS of, ${COUNTS}
       FROM consignment_figure f JOIN area a ON a.id = f.area_id
       WHERE f.sent_on BETWEEN $1 AND $2 AND ${WITHIN('a', '$3')} GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1000`,
      valuesOf(period),
    );
  }

  /** How long things stayed at hubs that they left in the period; where they stayed longest first. */
  dwell(work: UnitOfWork, { from, to, areaId }: Period): Promise<DwellRow[]> {
    const minutes = `extract(epoch FROM s.left_at - s.arrived_at) / 60`;
    return work.query(
      `SELECT s.hub_id AS "hubId", count(*)::integer AS stays,
         round(percentile_cont(0.5) WITHIN GROUP (ORDER BY ${minutes}))::integer AS "medianMinutes",
         round(max(${minutes}))::integer AS "longestMinutes"
       FROM hub_stay s JOIN hub h ON h.id = s.hub_id JOIN area a ON a.id = h.area_id
       WHERE s.left_on BETWEEN $1 AND $2 AND ${WITHIN('a', '$3')}
       GROUP BY s.hub_id ORDER BY 3 DESC, 1 LIMIT 100`,
      [from, to, areaId],
    );
  }

  /** What is not handed over and overdue, or was not scanned since `quietSince`: longest first, after `after`. */
  stuck(
    work: UnitOfWork,
    asked: { areaId: string | null; at: Date; quietSince: Date; after: string; first: number },
  ): Promise<StuckRow[]> {
    const [since, unitId] = afterOf(asked.after);
    return work.query(
      `SELECT f.unit_id AS "unitId", f.status, f.hub_id AS "hubId", f.since, f.due_at AS "dueAt",
         coalesce(f.due_at < $2, false) AS overdue
       FROM consignment_figure f JOIN area a ON a.id = f.area_id
       WHERE f.handed_over_at IS NULL AND (f.due_at < $2 OR f.since < $3) AND ${WITHIN('a', '$1')}
         AND (f.since, f.unit_id) > ($4::timestamptz, $5)
       ORDER BY f.since, f.unit_id LIMIT $6`,
      [asked.areaId, asked.at, asked.quietSince, since, unitId, asked.first + 1],
    );
  }

  /** Until when the figures hold all that happened: nothing that is older waits to be told. `at` when nothing waits. */
  async asOf(work: UnitOfWork, at: Date): Promise<Date> {
    const [row] = await work.query<{ asOf: Date }>(
      `SELECT coalesce(min(occurred_at), $1) AS "asOf" FROM outbox_event
       WHERE delivered_at IS NULL AND type LIKE 'delivery.consignment-%'`,
      [at],
    );
    return row!.asOf;
  }

  /** Names of areas by their ids. */
  async areaNames(
    work: UnitOfWork,
    ids: readonly string[],
  ): Promise<{ id: string; code: string; names: Record<string, string> }[]> {
    return work.query(`SELECT id, code, names FROM area WHERE id = ANY ($1::uuid[])`, [ids]);
  }
}

/** The key of a stuck consignment in its order. */
export const keyOfStuck = ({ since, unitId }: StuckRow): string => `${since.toISOString()} ${unitId}`;

/** The parts of {@link keyOfStuck}; the beginning for a text that is none. */
function afterOf(key: string): [string, string] {
  const parts = /^(2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([\x20-\x7e]{1,60})$/.exec(key);
  return parts && !Number.isNaN(Date.parse(parts[1]!))
    ? [new Date(parts[1]!).toISOString(), parts[2]!] // the database knows no 30 February
    : ['-infinity', ''];
}
