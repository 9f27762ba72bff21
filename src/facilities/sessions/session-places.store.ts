import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';
import type { Pool } from './session-rules';

export interface SessionKey {
  facilityId: string;
  sessionId: string;
}

/** A counter of one session. */
export interface PoolKey extends SessionKey {
  pool: Pool;
}

/** By how many places a counter moves: more or fewer held, more or fewer booked. */
export interface PlacesMove extends PoolKey {
  held: number;
  booked: number;
}

/**
 * The counters of a session are its gate: whoever changes who has a place there locks them first, decides on what they
 * say then, and moves them. Nobody reads a number and acts on it later, and two who move several counters never wait
 * for each other. The check constraints of the table hold whatever its callers do.
 */
@Injectable()
export class SessionPlaces {
  /**
   * Locks the counters of these sessions until the unit of work ends, in one order. To be called once, before any
   * appointment of theirs is locked. Ids must be ids; a session that there is not is passed over.
   */
  async lock(work: UnitOfWork, sessions: readonly SessionKey[]): Promise<void> {
    await work.query(
      `SELECT p.pool FROM (SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[]) k(facility_id, session_id) ORDER BY 1, 2) k,
         LATERAL (SELECT p.pool FROM session_places p WHERE p.facility_id = k.facility_id AND p.session_id = k.session_id
                  ORDER BY p.pool FOR UPDATE) p`,
      [sessions.map(({ facilityId }) => facilityId), sessions.map(({ sessionId }) => sessionId)],
    );
  }

  /**
   * Moves counters that {@link lock} has locked, one move a counter. Throws when one cannot move so, which means that
   * the caller did not look: it has too few places, or takes no more.
   */
  async move(work: UnitOfWork, moves: readonly PlacesMove[]): Promise<void> {
    if (moves.length === 0) return;
    const moved = await work.query(
      `UPDATE session_places p SET held = p.held + m.held, booked = p.booked + m.booked
       FROM json_to_recordset($1::json) AS m("facilityId" uuid, "sessionId" uuid, pool text, held integer, booked integer)
       WHERE p.facility_id = m."facilityId" AND p.session_id = m."sessionId" AND p.pool = m.pool
         AND (NOT p.closed OR (m.held <= 0 AND m.booked <= 0))
       RETURNING p.pool`,
      [JSON.stringify(moves)],
    );
    if (moved.length !== moves.length) throw new Error('A counter of places could not move');
  }
}
