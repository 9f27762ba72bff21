import { Injectable } from '@nestjs/common';
import { type CivilDate, isId } from '../../common';
import type { SessionKey } from '../../facilities';
import type { UnitOfWork } from '../../platform/database';

/** Why appointments cannot be kept where they are. */
export type Because = 'SESSION_CANCELLED' | 'STOCK_FAILED';

/** What has become of a booking that cannot be kept; the first is none yet. */
export type DisplacedState = 'TO_MOVE' | 'MOVED' | 'WAITING' | 'OFFERED' | 'OVER';

export interface RelocationKey {
  facilityId: string;
  /** It is the id of its job. */
  id: string;
}

/** Which appointments: of these sessions, of who comes for the product (null for any), but for the first `keep` people. */
export interface Concerned {
  facilityId: string;
  sessionIds: readonly string[];
  product: string | null;
  keep: number;
}

/** An order. */
export interface RelocationRow extends RelocationKey, Concerned {
  /** Where to, in this order. */
  to: readonly SessionKey[];
  because: Because;
  reason: string;
  /** The last day on which somebody is found a place unasked. */
  waitUntil: CivilDate;
  orderedByKind: string;
  orderedBy: string | null;
  orderedAt: Date;
}

/** A booking and those of its appointments that cannot be kept. */
export interface Displaced {
  facilityId: string;
  relocationId: string;
  bookingId: string;
  position: number;
  appointmentIds: string[];
}

/** One that waits for the first place that comes. */
export interface Waiting extends Displaced {
  /** The last day on which she is found one. */
  waitUntil: CivilDate;
}

/** What became of one. */
export interface Settled extends Omit<Displaced, 'position' | 'appointmentIds'> {
  state: DisplacedState;
  to: { facilityId: string; bookingId: string } | null;
  at: Date;
}

/**
 * Everybody concerned, each booking with its turn and how many people have theirs by then: the earliest session first;
 * in it, whoever comes for a second or later dose, whose interval runs; then in the order of booking. $1 to $3.
 */
const QUEUE = `concerned AS (
    SELECT a.booking_id, a.id, a.dose_number, s.date, s.start_time
    FROM appointment a JOIN session s ON s.facility_id = a.facility_id AND s.id = a.session_id
    WHERE a.facility_id = $1 AND a.session_id = ANY ($2::uuid[]) AND a.state IN ('HELD', 'BOOKED')
      AND ($3::text IS NULL OR a.products @> ARRAY[$3::text])),
  queue AS (
    SELECT booking_id, people, (row_number() OVER turn)::int AS position, (sum(people) OVER turn)::int AS by_then
    FROM (SELECT booking_id, count(*)::int AS people, min(date) AS date, min(start_time) AS start_time,
                 max(dose_number) AS dose_number FROM concerned GROUP BY booking_id) booking
    WINDOW turn AS (ORDER BY date, start_time, coalesce(dose_number, 1) < 2, booking_id))`;

const DISPLACED = `d.facility_id AS "facilityId", d.relocation_id AS "relocationId", d.booking_id AS "bookingId", d.position,
  ARRAY(SELECT a.appointment_id FROM displaced_appointment a WHERE a.facility_id = d.facility_id
          AND a.relocation_id = d.relocation_id AND a.booking_id = d.booking_id) AS "appointmentIds"`;

/** Every query of relocation. */
@Injectable()
export class RelocationStore {
  /** Adds an order; nothing when there is one with its id. */
  async add(work: UnitOfWork, order: RelocationRow): Promise<void> {
    await work.query(
      `INSERT INTO relocation (facility_id, id, session_ids, product, keep, to_facility_ids, to_session_ids, because, reason,
         wait_until, ordered_by_kind, ordered_by, ordered_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (facility_id, id) DO NOTHING`,
      [
        order.facilityId,
        order.id,
        order.sessionIds,
        order.product,
        order.keep,
        order.to.map(({ facilityId }) => facilityId),
        order.to.map(({ sessionId }) => sessionId),
        order.because,
        order.reason,
        order.waitUntil,
        order.orderedByKind,
        order.orderedBy,
        order.orderedAt,
      ],
    );
  }

  async order(work: UnitOfWork, { facilityId, id }: RelocationKey): Promise<RelocationRow | null> {
    if (!isId(facilityId) || !isId(id)) return null;
    const [row] = await work.query<RelocationRow>(
      `SELECT facility_id AS "facilityId", id, session_ids AS "sessionIds", product, keep, because, reason,
              (SELECT coalesce(jsonb_agg(jsonb_build_object('facilityId', f, 'sessionId', s) ORDER BY nth), '[]')
               FROM unnest(to_facility_ids, to_session_ids) WITH ORDINALITY t(f, s, nth)) AS "to",
              to_char(wait_until, 'YYYY-MM-DD') AS "waitUntil", ordered_by_kind AS "orderedByKind",
              ordered_by AS "orderedBy", ordered_at AS "orderedAt"
       FROM relocation WHERE facility_id = $1 AND id = $2`,
      [facilityId, id],
    );
    return row ?? null;
  }

  /** The bookings concerned in the order of their turns, and how many people have had theirs by then. */
  queue(
    work: UnitOfWork,
    { facilityId, sessionIds, product }: Concerned,
  ): Promise<{ bookingId: string; appointmentIds: string[]; byThen: number }[]> {
    return work.query(
      `WITH ${QUEUE}
       SELECT q.booking_id AS "bookingId", q.by_then AS "byThen",
              ARRAY(SELECT c.id FROM concerned c WHERE c.booking_id = q.booking_id) AS "appointmentIds"
       FROM queue q ORDER BY q.position`,
      [facilityId, sessionIds, product],
    );
  }

  /** Puts everybody who cannot be kept in the line of an order; how many people. */
  async displace(work: UnitOfWork, order: RelocationRow, at: Date): Promise<number> {
    const added = await work.query(
      `WITH ${QUEUE},
       made AS (
         INSERT INTO displaced_booking (facility_id, relocation_id, booking_id, position, people, state, changed_at)
         SELECT $1, $4, booking_id, position, people, 'TO_MOVE', $6 FROM queue WHERE by_then > $5
         RETURNING booking_id)
       INSERT INTO displaced_appointment (facility_id, relocation_id, appointment_id, booking_id)
       SELECT $1, $4, c.id, c.booking_id FROM concerned c JOIN made m ON m.booking_id = c.booking_id
       RETURNING appointment_id`,
      [order.facilityId, order.sessionIds, order.product, order.id, order.keep, at],
    );
    return added.length;
  }

  /** The next bookings of an order whose turn it is. */
  inTurn(work: UnitOfWork, order: RelocationKey, after: number, limit: number): Promise<Displaced[]> {
    return work.query(
      `SELECT ${DISPLACED} FROM displaced_booking d
       WHERE d.facility_id = $1 AND d.relocation_id = $2 AND d.position > $3 ORDER BY d.position LIMIT $4`,
      [order.facilityId, order.id, after, limit],
    );
  }

  /** Facilities where somebody waits and a session after today has a place. */
  async whereSomebodyMayFit(work: UnitOfWork, today: CivilDate): Promise<string[]> {
    const rows = await work.query<{ id: string }>(
      `SELECT w.id FROM (SELECT DISTINCT facility_id AS id FROM displaced_booking WHERE state = 'WAITING') w
       WHERE EXISTS (SELECT FROM session s JOIN session_places p ON p.facility_id = s.facility_id AND p.session_id = s.id
         WHERE s.facility_id = w.id AND s.date > $1 AND s.state = 'PLANNED' AND NOT p.closed
           AND p.pool NOT IN ('walk-in', 'drawn') AND p.held + p.booked < p.capacity)`,
      [today],
    );
    return rows.map(({ id }) => id);
  }

  /** Who waits at a facility, the longest first, after one of them; locked, those passed over whom somebody sees to now. */
  waitingAt(
    work: UnitOfWork,
    facilityId: string,
    after: { relocationId: string; position: number },
    limit: number,
  ): Promise<Waiting[]> {
    return work.query(
      `SELECT ${DISPLACED}, to_char(r.wait_until, 'YYYY-MM-DD') AS "waitUntil"
       FROM displaced_booking d JOIN relocation r ON r.facility_id = d.facility_id AND r.id = d.relocation_id
       WHERE d.facility_id = $1 AND d.state = 'WAITING' AND (d.relocation_id, d.position) > ($2::uuid, $3::integer)
       ORDER BY d.relocation_id, d.position LIMIT $4 FOR UPDATE OF d SKIP LOCKED`,
      [facilityId, after.relocationId, after.position, limit],
    );
  }

  /** What has become of these. */
  async settle(work: UnitOfWork, rows: readonly Settled[]): Promise<void> {
    if (rows.length === 0) return;
    await work.query(
      `UPDATE displaced_booking d SET state = r.state, to_facility_id = (r."to"->>'facilityId')::uuid,
         to_booking_id = (r."to"->>'bookingId')::uuid, changed_at = r.at
       FROM jsonb_to_recordset($1::jsonb) AS r("facilityId" uuid, "relocationId" uuid, "bookingId" uuid, state text, "to" jsonb,
         at timestamptz)
       WHERE d.facility_id = r."facilityId" AND d.relocation_id = r."relocationId" AND d.booking_id = r."bookingId"`,
      [JSON.stringify(rows)],
    );
  }

  /** Ends the waiting of those whose order's last day is over. */
  async endWaiting(work: UnitOfWork, today: CivilDate, at: Date): Promise<void> {
    await work.query(
      `UPDATE displaced_booking d SET state = 'OVER', changed_at = $2 FROM relocation r
       WHERE d.state = 'WAITING' AND r.facility_id = d.facility_id AND r.id = d.relocation_id AND r.wait_until < $1`,
      [today, at],
    );
  }

  /** How many people of an order stand where. */
  async counts(work: UnitOfWork, { facilityId, id }: RelocationKey): Promise<Map<DisplacedState, number>> {
    const rows = await work.query<{ state: DisplacedState; people: number }>(
      `SELECT state, sum(people)::int AS people FROM displaced_booking WHERE facility_id = $1 AND relocation_id = $2
       GROUP BY state`,
      [facilityId, id],
    );
    return new Map(rows.map(({ state, people }) => [state, people]));
  }
}
