import { Injectable } from '@nestjs/common';
import { isId } from '../../common';
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
}
