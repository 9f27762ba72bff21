import { Injectable } from '@nestjs/common';
import { isId } from '../common';
import type { Pool, SessionKey } from '../facilities';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import type { BlindIndex } from '../tenancy';
import type { Made } from './appointment-rules';

export type AppointmentState =
  'HELD' | 'BOOKED' | 'CHECKED_IN' | 'COMPLETED' | 'CANCELLED' | 'MOVED' | 'EXPIRED';

/** One person's place in one session. People who book together share `bookingId`. */
export interface AppointmentRow {
  facilityId: string;
  id: string;
  bookingId: string;
  sessionId: string;
  pool: Pool;
  personId: string;
  products: string[];
  vaccines: string[];
  doseNumber: number | null;
  made: Made;
  /** The citizen's account that booked; null when somebody helped. */
  accountId: string | null;
  /** In which language she is written to; null where no account booked. */
  language: string | null;
  state: AppointmentState;
  expiresAt: Date | null;
  codeSealed: Buffer | null;
  checkedInAt: Date | null;
  date: string;
  startTime: string;
  endTime: string;
}

export type NewAppointment = Omit<AppointmentRow, 'codeSealed' | 'checkedInAt' | 'startTime' | 'endTime'>;

/** Who comes to which session. */
export interface Visit {
  facilityId: string;
  sessionId: string;
  personId: string;
}

export interface BookingKey {
  facilityId: string;
  bookingId: string;
}

/** Something that a person has open, and that may stand in the way of more. */
export interface Standing extends SessionKey, BookingKey {
  personId: string;
  /** The appointment. */
  id: string;
  /** What it claims for her, and until when (the session's day); null for a place that claims nothing by this row. */
  vaccine: string | null;
  date: string | null;
}

const COLUMNS = `a.facility_id AS "facilityId", a.id, a.booking_id AS "bookingId", a.session_id AS "sessionId", a.pool,
  a.person_id AS "personId", a.products, a.vaccines, a.dose_number AS "doseNumber", a.made, a.account_id AS "accountId", a.language,
  a.state, a.expires_at AS "expiresAt", a.code_sealed AS "codeSealed", a.checked_in_at AS "checkedInAt",
  to_char(s.date, 'YYYY-MM-DD') AS date, to_char(s.start_time, 'HH24:MI') AS "startTime", to_char(s.end_time, 'HH24:MI') AS "endTime"`;
const FROM = `FROM appointment a JOIN session s ON s.facility_id = a.facility_id AND s.id = a.session_id`;

@Injectable()
export class AppointmentsStore {
  /** Whether a person is expected anywhere. */
  async hasOpen(work: UnitOfWork, personId: string): Promise<boolean> {
    const rows = await work.query(
      `SELECT 1 FROM appointment_claim WHERE person_id = $1 AND ended_at IS NULL LIMIT 1`,
      [personId],
    );
    return rows.length > 0;
  }

  /**
   * The appointments of these bookings, of each in the order of their ids; locked until the unit of work ends when they
   * are to be changed, which the gate of their sessions must come before.
   */
  async ofBookings(
    work: UnitOfWork,
    bookings: readonly BookingKey[],
    how: 'to read' | 'to change',
  ): Promise<AppointmentRow[]> {
    const known = bookings.filter(({ facilityId, bookingId }) => isId(facilityId) && isId(bookingId));
    if (known.length === 0) return [];
    return work.query(
      `SELECT a.* FROM (SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[]) k(facility_id, booking_id) ORDER BY 1, 2) k,
         LATERAL (SELECT ${COLUMNS} ${FROM} WHERE a.facility_id = k.facility_id AND a.booking_id = k.booking_id
                  ORDER BY a.id OFFSET 0 ${how === 'to change' ? 'FOR UPDATE OF a' : ''}) a`,
      [known.map(({ facilityId }) => facilityId), known.map(({ bookingId }) => bookingId)],
    );
  }

  ofBooking(work: UnitOfWork, facilityId: string, bookingId: string): Promise<AppointmentRow[]> {
    return work.query(
      `SELECT ${COLUMNS} ${FROM} WHERE a.facility_id = $1 AND a.booking_id = $2 ORDER BY a.id`,
      [facilityId, bookingId],
    );
  }

  /** Who has a place in a session, in the order in which they took it; one row more than the page holds. */
  ofSession(
    work: UnitOfWork,
    session: { facilityId: string; sessionId: string },
    page: { first: number; after: string | null },
  ): Promise<AppointmentRow[]> {
    return work.query(
      `SELECT ${COLUMNS} ${FROM} WHERE a.facility_id = $1 AND a.session_id = $2
         AND a.state IN ('BOOKED', 'CHECKED_IN', 'COMPLETED') AND ($3::uuid IS NULL OR a.id > $3) ORDER BY a.id LIMIT $4`,
      [session.facilityId, session.sessionId, page.after, page.first + 1],
    );
  }

  /** The open appointments of these people, soonest first. */
  async openOf(work: UnitOfWork, personIds: readonly string[]): Promise<AppointmentRow[]> {
    return work.query(
      `SELECT ${COLUMNS} ${FROM} WHERE a.state IN ('HELD', 'BOOKED', 'CHECKED_IN') AND (a.facility_id, a.id) IN (
         SELECT facility_id, appointment_id FROM appointment_claim WHERE person_id = ANY ($1::uuid[]) AND ended_at IS NULL)
       ORDER BY s.date, s.start_time, a.id`,
      [personIds],
    );
  }

  /** The open appointment of a person in a session, locked until the unit of work ends. */
  async ofPersonToChange(
    work: UnitOfWork,
    facilityId: string,
    sessionId: string,
    personId: string,
  ): Promise<AppointmentRow | null> {
    const [row] = await work.query<AppointmentRow>(
      `SELECT ${COLUMNS} ${FROM} WHERE a.facility_id = $1 AND a.session_id = $2 AND a.person_id = $3
         AND a.state IN ('HELD', 'BOOKED', 'CHECKED_IN') FOR UPDATE OF a`,
      [facilityId, sessionId, personId],
    );
    return row ?? null;
  }

  /** Those of these people who were checked in to that session, be the visit completed or not. */
  cameTo(work: UnitOfWork, visits: readonly (Visit & { offline?: boolean })[]): Promise<Visit[]> {
    return work.query(
      `SELECT k.facility_id AS "facilityId", k.session_id AS "sessionId", k.person_id AS "personId"
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::boolean[]) k(facility_id, session_id, person_id, offline)
       WHERE EXISTS (SELECT FROM appointment a WHERE a.facility_id = k.facility_id AND a.session_id = k.session_id
         AND a.person_id = k.person_id
         AND (a.state IN ('CHECKED_IN', 'COMPLETED') OR k.offline AND a.state = 'BOOKED') OFFSET 0)`,
      [...columnsOf(visits), visits.map(({ offline }) => offline ?? false)],
    );
  }

  /** The visits of those who were checked in are over, and what their appointments kept others from is free. */
  async complete(
    work: UnitOfWork,
    visits: readonly (Visit & { at: Date; offline?: boolean })[],
  ): Promise<void> {
    await work.query(
      `WITH visit AS (
         SELECT a.facility_id, a.id, k.person_id, k.at
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::boolean[])
             k(facility_id, session_id, person_id, at, offline),
           LATERAL (SELECT facility_id, id FROM appointment a WHERE a.facility_id = k.facility_id
             AND a.session_id = k.session_id AND a.person_id = k.person_id
             AND (a.state = 'CHECKED_IN' OR k.offline AND a.state = 'BOOKED') OFFSET 0) a),
       over AS (
         UPDATE appointment a SET state = 'COMPLETED', changed_at = v.at,
           checked_in_at = coalesce(a.checked_in_at, v.at)
         FROM visit v
         WHERE a.facility_id = v.facility_id AND a.id = v.id AND a.state IN ('CHECKED_IN', 'BOOKED') RETURNING v.person_id, v.id, v.at)
       UPDATE appointment_claim c SET ended_at = o.at FROM over o
       WHERE c.person_id = o.person_id AND c.appointment_id = o.id AND c.ended_at IS NULL`,
      [...columnsOf(visits), visits.map(({ at }) => at), visits.map(({ offline }) => offline ?? false)],
    );
  }

  /** Who booked or was checked in with this code in a session: one, or by the rarest chance more. Locked. */
  byCodeToChange(
    work: UnitOfWork,
    session: { facilityId: string; sessionId: string },
    code: BlindIndex,
  ): Promise<AppointmentRow[]> {
    return work.query(
      `SELECT ${COLUMNS} ${FROM} WHERE a.facility_id = $1 AND a.session_id = $2 AND a.state IN ('BOOKED', 'CHECKED_IN')
         AND a.code_index = ANY ($3::bytea[]) FOR UPDATE OF a`,
      [session.facilityId, session.sessionId, code.all],
    );
  }

  /** Adds appointments in one statement; false when one of the people has one in that session already. */
  async add(work: UnitOfWork, rows: readonly (NewAppointment & { at: Date })[]): Promise<boolean> {
    const added = await work.query(
      `INSERT INTO appointment (facility_id, id, booking_id, session_id, pool, person_id, products, vaccines, dose_number, made,
         account_id, language, state, expires_at, checked_in_at, created_at, changed_at)
       SELECT "facilityId", id, "bookingId", "sessionId", pool, "personId", ARRAY(SELECT jsonb_array_elements_text(products)),
         ARRAY(SELECT jsonb_array_elements_text(vaccines)), "doseNumber", made, "accountId", language, state, "expiresAt",
         CASE WHEN state = 'CHECKED_IN' THEN at END, at, at
       FROM jsonb_to_recordset($1::jsonb) AS r("facilityId" uuid, id uuid, "bookingId" uuid, "sessionId" uuid, pool text,
         "personId" uuid, products jsonb, vaccines jsonb, "doseNumber" integer, made text, "accountId" uuid, language text, state text,
         "expiresAt" timestamptz, at timestamptz)
       ON CONFLICT (facility_id, session_id, person_id) WHERE state IN ('HELD', 'BOOKED', 'CHECKED_IN') DO NOTHING
       RETURNING id`,
      [JSON.stringify(rows)],
    );
    return added.length === rows.length;
  }

  /** Sets the state of appointments that the unit of work has locked or added. */
  async setState(
    ctx: Context,
    work: UnitOfWork,
    rows: readonly { facilityId: string; id: string }[],
    state: AppointmentState,
  ): Promise<void> {
    await work.query(
      `UPDATE appointment a SET state = $3, changed_at = $4 FROM unnest($1::uuid[], $2::uuid[]) k(facility_id, id)
       WHERE a.facility_id = k.facility_id AND a.id = k.id`,
      [rows.map(({ facilityId }) => facilityId), rows.map(({ id }) => id), state, ctx.now()],
    );
  }

  /** Books these appointments, each with its code. */
  async book(
    work: UnitOfWork,
    rows: readonly { facilityId: string; id: string; index: Buffer; sealed: Buffer; at: Date }[],
  ): Promise<void> {
    await work.query(
      `UPDATE appointment a SET state = 'BOOKED', code_index = r.index, code_sealed = r.sealed, changed_at = r.at
       FROM unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bytea[], $5::timestamptz[]) r(facility_id, id, index, sealed, at)
       WHERE a.facility_id = r.facility_id AND a.id = r.id`,
      [
        rows.map(({ facilityId }) => facilityId),
        rows.map(({ id }) => id),
        rows.map(({ index }) => index),
        rows.map(({ sealed }) => sealed),
        rows.map(({ at }) => at),
      ],
    );
  }

  async checkIn(
    ctx: Context,
    work: UnitOfWork,
    row: { facilityId: string; id: string },
    overrideReason: string | null,
  ): Promise<void> {
    await work.query(
      `UPDATE appointment SET state = 'CHECKED_IN', checked_in_at = $3, override_reason = $4, changed_at = $3
       WHERE facility_id = $1 AND id = $2`,
      [row.facilityId, row.id, ctx.now(), overrideReason],
    );
  }

  /** Claims each vaccine of each row for its person; false when one of them is claimed by another open appointment. */
  async claim(
    work: UnitOfWork,
    rows: readonly Pick<AppointmentRow, 'personId' | 'id' | 'vaccines' | 'facilityId' | 'date'>[],
  ): Promise<boolean> {
    const claims = rows.flatMap(({ vaccines, personId, id, facilityId, date }) =>
      vaccines.map(vaccine => ({ personId, id, facilityId, date, vaccine })),
    );
    if (claims.length === 0) return true;
    const made = await work.query(
      `INSERT INTO appointment_claim (person_id, appointment_id, vaccine, facility_id, session_date)
       SELECT "personId", id, vaccine, "facilityId", date
       FROM jsonb_to_recordset($1::jsonb) AS r("personId" uuid, id uuid, vaccine text, "facilityId" uuid, date date)
       ORDER BY "personId", vaccine
       ON CONFLICT (person_id, vaccine) WHERE ended_at IS NULL DO NOTHING RETURNING vaccine`,
      [JSON.stringify(claims)],
    );
    return made.length === claims.length;
  }

  /** What these people have open: a row for each claim, and one for each place in these very sessions. */
  standing(work: UnitOfWork, visits: readonly Visit[]): Promise<Standing[]> {
    return work.query(
      `SELECT c.* FROM (SELECT DISTINCT person_id FROM unnest($3::uuid[]) k(person_id)) k, LATERAL (
         SELECT c.person_id AS "personId", c.appointment_id AS id, c.vaccine, to_char(c.session_date, 'YYYY-MM-DD') AS date,
           c.facility_id AS "facilityId", a.session_id AS "sessionId", a.booking_id AS "bookingId"
         FROM appointment_claim c JOIN appointment a ON a.facility_id = c.facility_id AND a.id = c.appointment_id
         WHERE c.person_id = k.person_id AND c.ended_at IS NULL OFFSET 0) c
       UNION ALL
       SELECT a.* FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) k(facility_id, session_id, person_id), LATERAL (
         SELECT a.person_id, a.id, NULL, NULL, a.facility_id, a.session_id, a.booking_id FROM appointment a
         WHERE a.facility_id = k.facility_id AND a.session_id = k.session_id AND a.person_id = k.person_id
           AND a.state IN ('HELD', 'BOOKED', 'CHECKED_IN') OFFSET 0) a
       ORDER BY "personId", id`,
      columnsOf(visits),
    );
  }

  async endClaims(
    ctx: Context,
    work: UnitOfWork,
    rows: readonly Pick<AppointmentRow, 'personId' | 'id'>[],
  ): Promise<void> {
    await work.query(
      `UPDATE appointment_claim c SET ended_at = $3 FROM unnest($1::uuid[], $2::uuid[]) k(person_id, id)
       WHERE c.person_id = k.person_id AND c.appointment_id = k.id AND c.ended_at IS NULL`,
      [rows.map(({ personId }) => personId), rows.map(({ id }) => id), ctx.now()],
    );
  }

  /** Holds that ran out, the oldest first, at most `limit`. Not locked: the gates of their sessions come first. */
  ranOut(work: UnitOfWork, now: Date, limit: number): Promise<(SessionKey & { id: string })[]> {
    return work.query(
      `SELECT facility_id AS "facilityId", session_id AS "sessionId", id FROM appointment
       WHERE state = 'HELD' AND expires_at <= $1 ORDER BY expires_at LIMIT $2`,
      [now, limit],
    );
  }

  /** Ends those of these holds that still are, behind the gates of their sessions. */
  expire(
    work: UnitOfWork,
    holds: readonly { facilityId: string; id: string }[],
    now: Date,
  ): Promise<Pick<AppointmentRow, 'facilityId' | 'sessionId' | 'pool' | 'id' | 'personId'>[]> {
    return work.query(
      `UPDATE appointment a SET state = 'EXPIRED', changed_at = $3 FROM unnest($1::uuid[], $2::uuid[]) k(facility_id, id)
       WHERE a.facility_id = k.facility_id AND a.id = k.id AND a.state = 'HELD' AND a.expires_at <= $3
       RETURNING a.facility_id AS "facilityId", a.session_id AS "sessionId", a.pool, a.id, a.person_id AS "personId"`,
      [holds.map(({ facilityId }) => facilityId), holds.map(({ id }) => id), now],
    );
  }

  async wasTold(work: UnitOfWork, facilityId: string, bookingId: string): Promise<boolean> {
    const rows = await work.query(
      `SELECT 1 FROM appointment WHERE facility_id = $1 AND booking_id = $2 AND told_at IS NOT NULL LIMIT 1`,
      [facilityId, bookingId],
    );
    return rows.length > 0;
  }

  async markTold(ctx: Context, work: UnitOfWork, facilityId: string, bookingId: string): Promise<void> {
    await work.query(`UPDATE appointment SET told_at = $3 WHERE facility_id = $1 AND booking_id = $2`, [
      facilityId,
      bookingId,
      ctx.now(),
    ]);
  }

  async misses(
    work: UnitOfWork,
    key: { facilityId: string; sessionId: string; actorId: string },
  ): Promise<number> {
    const [row] = await work.query<{ misses: number }>(
      `SELECT misses FROM check_in_miss WHERE facility_id = $1 AND session_id = $2 AND actor_id = $3 FOR UPDATE`,
      [key.facilityId, key.sessionId, key.actorId],
    );
    return row?.misses ?? 0;
  }

  async addMiss(
    work: UnitOfWork,
    key: { facilityId: string; sessionId: string; actorId: string },
  ): Promise<number> {
    const [row] = await work.query<{ misses: number }>(
      `INSERT INTO check_in_miss AS m (facility_id, session_id, actor_id, misses) VALUES ($1, $2, $3, 1)
       ON CONFLICT (facility_id, session_id, actor_id) DO UPDATE SET misses = m.misses + 1 RETURNING misses`,
      [key.facilityId, key.sessionId, key.actorId],
    );
    return row!.misses;
  }
}

const columnsOf = (visits: readonly Visit[]): string[][] => [
  visits.map(({ facilityId }) => facilityId),
  visits.map(({ sessionId }) => sessionId),
  visits.map(({ personId }) => personId),
];

/** Appointments by the id of their booking. */
export function byBooking(rows: readonly AppointmentRow[]): Map<string, AppointmentRow[]> {
  const bookings = new Map<string, AppointmentRow[]>();
  for (const row of rows) {
    const known = bookings.get(row.bookingId);
    if (known) known.push(row);
    else bookings.set(row.bookingId, [row]);
  }
  return bookings;
}
