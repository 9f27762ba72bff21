import { Injectable } from '@nestjs/common';
import type { SessionKey } from '../../facilities';
import type { UnitOfWork } from '../../platform/database';
import type { Capped } from './cap-rules';

/** A tag of a session: what some of its places were booked through. */
export interface Tag extends SessionKey {
  capped: Capped;
  /** Hex digits. */
  tag: string;
}

/** Through what places of capped sessions were booked. */
@Injectable()
export class OriginsStore {
  /** How many places these tags have now; one that has none has no row. */
  async taken(work: UnitOfWork, tags: readonly Tag[]): Promise<(Tag & { places: number })[]> {
    if (tags.length === 0) return [];
    return work.query(
      `SELECT k.facility_id AS "facilityId", k.session_id AS "sessionId", k.capped, k.tag, a.places
       FROM (SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) k(facility_id, session_id, capped, tag)) k,
         LATERAL (SELECT count(*)::int AS places FROM appointment_origin o
           JOIN appointment a ON a.facility_id = o.facility_id AND a.id = o.appointment_id
           WHERE o.facility_id = k.facility_id AND o.session_id = k.session_id AND o.capped = k.capped
             AND o.tag = decode(k.tag, 'hex') AND a.state IN ('HELD', 'BOOKED', 'CHECKED_IN', 'COMPLETED')) a
       WHERE a.places > 0`,
      [
        tags.map(({ facilityId }) => facilityId),
        tags.map(({ sessionId }) => sessionId),
        tags.map(({ capped }) => capped),
        tags.map(({ tag }) => tag),
      ],
    );
  }

  async add(work: UnitOfWork, rows: readonly (Tag & { appointmentId: string })[]): Promise<void> {
    if (rows.length === 0) return;
    await work.query(
      `INSERT INTO appointment_origin (facility_id, session_id, capped, tag, appointment_id)
       SELECT "facilityId", "sessionId", capped, decode(tag, 'hex'), "appointmentId"
       FROM jsonb_to_recordset($1::jsonb) AS r("facilityId" uuid, "sessionId" uuid, capped text, tag text, "appointmentId" uuid)`,
      [JSON.stringify(rows)],
    );
  }

  /** Forgets those of appointments with an id before this one, `most` of them at the most; how many. */
  async forget(work: UnitOfWork, before: string, most: number): Promise<number> {
    const gone = await work.query(
      `DELETE FROM appointment_origin WHERE (facility_id, session_id, capped, tag, appointment_id) IN (
         SELECT facility_id, session_id, capped, tag, appointment_id FROM appointment_origin
         WHERE appointment_id < $1 ORDER BY appointment_id LIMIT $2) RETURNING 1`,
      [before, most],
    );
    return gone.length;
  }
}
