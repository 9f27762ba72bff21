import { Injectable } from '@nestjs/common';
import { isId } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { Pool, StoredState } from './session-rules';

/** How many places of one sort a session has, and how many are taken. */
export interface PoolCount {
  pool: Pool;
  capacity: number;
  held: number;
  booked: number;
}

export interface SessionDetails {
  /** `YYYY-MM-DD`, the country's own day. */
  date: string;
  /** `HH:MM`, the country's own time. */
  startTime: string;
  endTime: string;
  /** Codes of products, sorted. */
  products: string[];
  /** CDSi durations (`6 weeks`): from this age … */
  minAge: string | null;
  /** … and before this one. */
  maxAge: string | null;
  opensAt: Date;
}

export interface SessionRow extends SessionDetails {
  facilityId: string;
  id: string;
  state: StoredState;
  /** Why it was closed or cancelled. */
  reason: string | null;
  pools: PoolCount[];
}

const COLUMNS = `s.facility_id AS "facilityId", s.id, to_char(s.date, 'YYYY-MM-DD') AS date,
  to_char(s.start_time, 'HH24:MI') AS "startTime", to_char(s.end_time, 'HH24:MI') AS "endTime", s.products,
  s.min_age AS "minAge", s.max_age AS "maxAge", s.opens_at AS "opensAt", s.state, s.reason,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('pool', p.pool, 'capacity', p.capacity, 'held', p.held, 'booked', p.booked)
                             ORDER BY p.pool), '[]')
   FROM session_places p WHERE p.facility_id = s.facility_id AND p.session_id = s.id) AS pools`;

@Injectable()
export class SessionsStore {
  /** One session with its places as they are counted now; null when there is none. */
  async session(work: UnitOfWork, facilityId: string, sessionId: string): Promise<SessionRow | null> {
    if (!isId(facilityId) || !isId(sessionId)) return null;
    const [row] = await work.query<SessionRow>(
      `SELECT ${COLUMNS} FROM session s WHERE s.facility_id = $1 AND s.id = $2`,
      [facilityId, sessionId],
    );
    return row ?? null;
  }

  /** The sessions of a facility from one day until before another, in order. */
  sessionsAt(work: UnitOfWork, facilityId: string, from: string, until: string): Promise<SessionRow[]> {
    return work.query(
      `SELECT ${COLUMNS} FROM session s WHERE s.facility_id = $1 AND s.date >= $2 AND s.date < $3
       ORDER BY s.date, s.start_time, s.id`,
      [facilityId, from, until],
    );
  }

  /** Adds a session with its counters; false when the same one is planned already. */
  async add(
    ctx: Context,
    work: UnitOfWork,
    session: SessionDetails & { facilityId: string; id: string },
    pools: readonly { pool: Pool; capacity: number }[],
  ): Promise<boolean> {
    const added = await work.query(
      `INSERT INTO session (facility_id, id, date, start_time, end_time, products, min_age, max_age, opens_at, state,
                            created_at, changed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'PLANNED', $10, $10)
       ON CONFLICT (facility_id, date, start_time, products) WHERE state <> 'CANCELLED' DO NOTHING RETURNING id`,
      [
        session.facilityId,
        session.id,
        session.date,
        session.startTime,
        session.endTime,
        session.products,
        session.minAge,
        session.maxAge,
        session.opensAt,
        ctx.now(),
      ],
    );
    if (added.length === 0) return false;
    for (const { pool, capacity } of pools)
      await this.resize(work, session.facilityId, session.id, pool, capacity);
    return true;
  }

  /** The session that stands where an equal one was to be planned. */
  async sameAs(work: UnitOfWork, session: SessionDetails & { facilityId: string }): Promise<string | null> {
    const [row] = await work.query<{ id: string }>(
      `SELECT id FROM session WHERE facility_id = $1 AND date = $2 AND start_time = $3 AND products = $4 AND state <> 'CANCELLED'`,
      [session.facilityId, session.date, session.startTime, session.products],
    );
    return row?.id ?? null;
  }

  /** Sets how many places of one sort there are; false when more are taken. */
  async resize(
    work: UnitOfWork,
    facilityId: string,
    sessionId: string,
    pool: Pool,
    capacity: number,
  ): Promise<boolean> {
    const done = await work.query(
      `INSERT INTO session_places AS p (facility_id, session_id, pool, capacity, held, booked, closed)
       VALUES ($1, $2, $3, $4, 0, 0, false)
       ON CONFLICT (facility_id, session_id, pool) DO UPDATE SET capacity = excluded.capacity
         WHERE p.held + p.booked <= excluded.capacity
       RETURNING pool`,
      [facilityId, sessionId, pool, capacity],
    );
    return done.length === 1;
  }

  async reopenAt(ctx: Context, work: UnitOfWork, facilityId: string, sessionId: string, opensAt: Date): Promise<void> {
    await work.query(
      `UPDATE session SET opens_at = $3, changed_at = $4 WHERE facility_id = $1 AND id = $2`,
      [facilityId, sessionId, opensAt, ctx.now()],
    );
  }

  /**
   * Ends a planned session; false when it has ended already. Its counters are closed in the same transaction, so that
   * whoever takes a place either did so before or never can.
   */
  async end(
    ctx: Context,
    work: UnitOfWork,
    session: { facilityId: string; id: string },
    state: 'CLOSED' | 'CANCELLED',
    reason: string | null,
  ): Promise<boolean> {
    const ended = await work.query(
      `UPDATE session SET state = $3, reason = $4, changed_at = $5
       WHERE facility_id = $1 AND id = $2 AND state <> 'CANCELLED' AND state <> $3 RETURNING id`,
      [session.facilityId, session.id, state, reason, ctx.now()],
    );
    await work.query(`UPDATE session_places SET closed = true WHERE facility_id = $1 AND session_id = $2`, [
      session.facilityId,
      session.id,
    ]);
    return ended.length === 1;
  }
}
