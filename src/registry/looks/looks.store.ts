import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';
import type { LookAlert, LookDayCounts } from './look-alert-rules';

/** Whose day it is. */
export interface LookDay {
  staffId: string;
  /** Civil day of the country. */
  day: string;
}

/** A day as it stands after something was added to it. */
export interface LookDayRow extends LookDayCounts {
  /** Shown on this day, everywhere. */
  persons: number;
  /** Of those added now, how many had not been shown here today. */
  fresh: number;
}

const COUNTS = `c.persons, c.misses, cardinality(c.facility_ids) AS facilities, c.night_persons AS "nightPersons"`;

@Injectable()
export class LooksStore {
  /**
   * Adds persons to those whom she was shown here today. Two calls of one moment come one after the other, by the row of
   * her day.
   */
  async add(
    work: UnitOfWork,
    { staffId, day }: LookDay,
    look: { facilityId: string; personIds: readonly string[]; at: Date; night: boolean },
  ): Promise<LookDayRow> {
    const [row] = await work.query<LookDayRow>(
      `WITH fresh AS (
         INSERT INTO person_look (facility_id, day, staff_id, person_id, at)
         SELECT DISTINCT $3::uuid, $2::date, $1, person_id, $5::timestamptz FROM unnest($4::uuid[]) AS person_id
         ORDER BY 4 ON CONFLICT DO NOTHING RETURNING 1),
       n AS (SELECT count(*)::int AS fresh FROM fresh)
       INSERT INTO person_look_count AS c (staff_id, day, persons, night_persons, facility_ids)
       SELECT $1, $2::date, fresh, CASE WHEN $6 THEN fresh ELSE 0 END, ARRAY[$3::uuid] FROM n
       ON CONFLICT (staff_id, day) DO UPDATE SET persons = c.persons + excluded.persons,
         night_persons = c.night_persons + excluded.night_persons,
         facility_ids = CASE WHEN $3 = ANY (c.facility_ids) THEN c.facility_ids ELSE c.facility_ids || $3::uuid END
       RETURNING ${COUNTS}, (SELECT fresh FROM n) AS fresh`,
      [staffId, day, look.facilityId, look.personIds, look.at, look.night],
    );
    return row!;
  }

  /** Counts a search that met nobody. */
  async miss(work: UnitOfWork, { staffId, day }: LookDay, facilityId: string): Promise<LookDayCounts> {
    const [row] = await work.query<LookDayCounts>(
      `INSERT INTO person_look_count AS c (staff_id, day, persons, misses, facility_ids)
       VALUES ($1, $2, 0, 1, ARRAY[$3::uuid])
       ON CONFLICT (staff_id, day) DO UPDATE SET misses = c.misses + 1,
         facility_ids = CASE WHEN $3 = ANY (c.facility_ids) THEN c.facility_ids ELSE c.facility_ids || $3::uuid END
       RETURNING ${COUNTS}`,
      [staffId, day, facilityId],
    );
    return row!;
  }

  /** How many searches of hers met nobody today. */
  async misses(work: UnitOfWork, { staffId, day }: LookDay): Promise<number> {
    const [row] = await work.query<{ misses: number }>(
      `SELECT misses FROM person_look_count WHERE staff_id = $1 AND day = $2`,
      [staffId, day],
    );
    return row?.misses ?? 0;
  }

  /** Keeps which alerts were given; of these, those that had not been given today. */
  async firstTold(
    work: UnitOfWork,
    { staffId, day }: LookDay,
    alerts: readonly LookAlert[],
  ): Promise<LookAlert[]> {
    const rows = await work.query<{ told: LookAlert[] }>(
      `UPDATE person_look_count c SET alerts = c.alerts || n.told
       FROM (SELECT ARRAY(SELECT a FROM unnest($3::text[]) a WHERE a <> ALL (o.alerts)) AS told
             FROM person_look_count o WHERE o.staff_id = $1 AND o.day = $2 FOR UPDATE) n
       WHERE c.staff_id = $1 AND c.day = $2 AND cardinality(n.told) > 0 RETURNING n.told`,
      [staffId, day, alerts],
    );
    return rows[0]?.told ?? [];
  }

  /** Whether this is the first time today that she was told so. */
  async stop(work: UnitOfWork, { staffId, day }: LookDay, at: Date): Promise<boolean> {
    const stopped = await work.query(
      `INSERT INTO person_look_count AS c (staff_id, day, persons, stopped_at) VALUES ($1, $2, 0, $3)
       ON CONFLICT (staff_id, day) DO UPDATE SET stopped_at = $3 WHERE c.stopped_at IS NULL RETURNING staff_id`,
      [staffId, day, at],
    );
    return stopped.length === 1;
  }

  /** Forgets how many were shown on days before one, `most` rows at the most; how many. */
  async forgetCounts(work: UnitOfWork, before: string, most: number): Promise<number> {
    const gone = await work.query(
      `DELETE FROM person_look_count WHERE (staff_id, day) IN (
         SELECT staff_id, day FROM person_look_count WHERE day < $1::date ORDER BY day LIMIT $2) RETURNING 1`,
      [before, most],
    );
    return gone.length;
  }

  /** Forgets who was shown to whom before a day, `most` of it at the most; how much. People under a legal hold stay. */
  async forget(work: UnitOfWork, before: Date, most: number): Promise<number> {
    const gone = await work.query(
      `DELETE FROM person_look WHERE (facility_id, day, staff_id, person_id) IN (
         SELECT facility_id, day, staff_id, person_id FROM person_look l WHERE at < $1 AND NOT EXISTS (
           SELECT FROM legal_hold h WHERE h.person_id = l.person_id AND h.lifted_at IS NULL)
         ORDER BY at LIMIT $2) RETURNING 1`,
      [before, most],
    );
    return gone.length;
  }
}
