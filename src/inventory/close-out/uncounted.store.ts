import { Injectable } from '@nestjs/common';
import type { CivilDate } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';

/** A session of which nobody has counted what it used. */
export interface UncountedSession {
  facilityId: string;
  sessionId: string;
}

/** Sessions whose count is overdue, and that they were told of. */
@Injectable()
export class UncountedStore {
  /** Notes sessions of days before one that used stock, were not counted and not noted yet; `most` at the most. */
  note(
    ctx: Context,
    work: UnitOfWork,
    { before, most }: { before: CivilDate; most: number },
  ): Promise<UncountedSession[]> {
    return work.query(
      `INSERT INTO uncounted_session (facility_id, session_id, noticed_at)
       SELECT e.facility_id, e.id, $1 FROM session e
       WHERE e.date < $2::date
         AND (e.facility_id, e.id) IN (SELECT s.facility_id, s.session_id FROM session_lot s WHERE s.state = 'OPEN')
         AND NOT EXISTS (SELECT FROM uncounted_session u WHERE u.facility_id = e.facility_id AND u.session_id = e.id)
       ORDER BY e.facility_id, e.id LIMIT $3
       ON CONFLICT DO NOTHING RETURNING facility_id AS "facilityId", session_id AS "sessionId"`,
      [ctx.now(), before, most],
    );
  }

  /** The days of those among some sessions of a facility that are still not counted, earliest first. */
  async stillOpen(work: UnitOfWork, facilityId: string, sessionIds: readonly string[]): Promise<CivilDate[]> {
    const rows = await work.query<{ day: CivilDate }>(
      `SELECT to_char(e.date, 'YYYY-MM-DD') AS day FROM session e
       WHERE e.facility_id = $1 AND e.id = ANY ($2::uuid[]) AND EXISTS (
         SELECT FROM session_lot s WHERE s.facility_id = e.facility_id AND s.session_id = e.id AND s.state = 'OPEN')
       ORDER BY e.date`,
      [facilityId, sessionIds],
    );
    return rows.map(({ day }) => day);
  }
}
