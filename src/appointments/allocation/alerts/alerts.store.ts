import { Injectable } from '@nestjs/common';
import { isId } from '../../../common';
import type { SessionKey } from '../../../facilities';
import type { UnitOfWork } from '../../../platform/database';

export interface AlertRow {
  accountId: string;
  id: string;
  areaId: string;
  vaccine: string | null;
  /** `YYYY-MM-DD`; null for any age. */
  born: string | null;
  language: string;
  toldAt: Date | null;
  endedAt: Date | null;
}

/** A session whose places can be had now and that nobody was told of. */
export interface NewsOfSession extends SessionKey {
  areaIds: string[];
  products: string[];
  minAge: string | null;
  maxAge: string | null;
  date: string;
  free: number;
}

const ALERT = `account_id AS "accountId", id, area_id AS "areaId", vaccine, born::text AS born, language,
  told_at AS "toldAt", ended_at AS "endedAt"`;

@Injectable()
export class AlertsStore {
  /** The alerts of an account that are on, oldest first. */
  of(work: UnitOfWork, accountId: string): Promise<AlertRow[]> {
    return work.query(
      `SELECT ${ALERT} FROM place_alert WHERE account_id = $1 AND ended_at IS NULL ORDER BY id`,
      [accountId],
    );
  }

  async add(work: UnitOfWork, alert: Omit<AlertRow, 'toldAt' | 'endedAt'>, at: Date): Promise<void> {
    await work.query(
      `INSERT INTO place_alert (account_id, id, area_id, vaccine, born, language, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [alert.accountId, alert.id, alert.areaId, alert.vaccine, alert.born, alert.language, at],
    );
  }

  /** Ends an alert; null when the account has no such one. */
  async end(work: UnitOfWork, accountId: string, id: string, at: Date): Promise<AlertRow | null> {
    if (!isId(id)) return null;
    const [row] = await work.query<AlertRow>(
      `UPDATE place_alert SET ended_at = coalesce(ended_at, $3) WHERE account_id = $1 AND id = $2 RETURNING ${ALERT}`,
      [accountId, id, at],
    );
    return row ?? null;
  }

  /**
   * Sessions that can be booked, or entered for, since nobody was told of them, soonest first. Those of today and later.
   */
  untold(work: UnitOfWork, now: Date, today: string, limit: number): Promise<NewsOfSession[]> {
    return work.query(
      `SELECT s.facility_id AS "facilityId", s.id AS "sessionId", a.path AS "areaIds", s.products, s.min_age AS "minAge",
              s.max_age AS "maxAge", to_char(s.date, 'YYYY-MM-DD') AS date, p.free
       FROM session s JOIN facility f ON f.id = s.facility_id JOIN area a ON a.id = f.area_id, LATERAL (
         SELECT coalesce(sum(p.capacity - p.held - p.booked), 0)::int AS free FROM session_places p
         WHERE p.facility_id = s.facility_id AND p.session_id = s.id AND (
           (s.opens_at <= $1 AND (p.pool = 'any' OR p.pool LIKE 'dose-%'))
           OR (p.pool = 'drawn' AND EXISTS (SELECT FROM draw d WHERE d.facility_id = s.facility_id AND d.session_id = s.id
                                            AND d.entries_from <= $1 AND d.entries_until > $1)))) p
       WHERE s.state = 'PLANNED' AND s.date >= $2 AND f.active AND p.free > 0 AND NOT EXISTS (
         SELECT FROM session_told t WHERE t.facility_id = s.facility_id AND t.session_id = s.id)
       ORDER BY s.date, s.id LIMIT $3`,
      [now, today, limit],
    );
  }

  /** Notes that a session is told of; false when it was before. */
  async tell(work: UnitOfWork, session: SessionKey, at: Date): Promise<boolean> {
    const rows = await work.query(
      `INSERT INTO session_told VALUES ($1, $2, $3) ON CONFLICT (facility_id, session_id) DO NOTHING RETURNING session_id`,
      [session.facilityId, session.sessionId, at],
    );
    return rows.length === 1;
  }

  /** Alerts for one of these areas and one of these vaccines that were not told since, those who waited longest first. */
  waiting(
    work: UnitOfWork,
    { areaIds, vaccines, since }: { areaIds: readonly string[]; vaccines: readonly string[]; since: Date },
    limit: number,
  ): Promise<AlertRow[]> {
    return work.query(
      `SELECT ${ALERT} FROM place_alert WHERE area_id = ANY ($1::uuid[]) AND ended_at IS NULL
         AND (vaccine IS NULL OR vaccine = ANY ($2::text[])) AND (told_at IS NULL OR told_at <= $3)
       ORDER BY told_at NULLS FIRST, made_at LIMIT $4 FOR UPDATE SKIP LOCKED`,
      [areaIds, vaccines, since, limit],
    );
  }

  async told(work: UnitOfWork, alerts: readonly AlertRow[], at: Date): Promise<void> {
    await work.query(
      `UPDATE place_alert SET told_at = $3 WHERE (account_id, id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))`,
      [alerts.map(({ accountId }) => accountId), alerts.map(({ id }) => id), at],
    );
  }

  async alert(work: UnitOfWork, accountId: string, id: string): Promise<AlertRow | null> {
    const [row] = await work.query<AlertRow>(
      `SELECT ${ALERT} FROM place_alert WHERE account_id = $1 AND id = $2`,
      [accountId, id],
    );
    return row ?? null;
  }
}
