import { Injectable } from '@nestjs/common';
import { isId } from '../common';
import type { Pool } from '../facilities';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
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
  state: AppointmentState;
  expiresAt: Date | null;
  codeSealed: Buffer | null;
  checkedInAt: Date | null;
  date: string;
  startTime: string;
  endTime: string;
}

export type NewAppointment = Omit<AppointmentRow, 'codeSealed' | 'checkedInAt' | 'startTime' | 'endTime'>;

/** An open appointment that stands in the way of another. */
export interface InTheWay {
  personId: string;
  facilityId: string;
  bookingId: string;
}

const COLUMNS = `a.facility_id AS "facilityId", a.id, a.booking_id AS "bookingId", a.session_id AS "sessionId", a.pool,
  a.person_id AS "personId", a.products, a.vaccines, a.dose_number AS "doseNumber", a.made, a.account_id AS "accountId",
  a.state, a.expires_at AS "expiresAt", a.code_sealed AS "codeSealed", a.checked_in_at AS "checkedInAt",
  to_char(s.date, 'YYYY-MM-DD') AS date, to_char(s.start_time, 'HH24:MI') AS "startTime", to_char(s.end_time, 'HH24:MI') AS "endTime"`;
const FROM = `FROM appointment a JOIN session s ON s.facility_id = a.facility_id AND s.id = a.session_id`;

@Injectable()
export class AppointmentsStore {
  /** The appointments of a booking in these states, locked until the unit of work ends, in the order of their ids. */
  async ofBookingToChange(
    work: UnitOfWork,
    facilityId: string,
    bookingId: string,
    states: readonly AppointmentState[],
  ): Promise<AppointmentRow[]> {
    if (!isId(facilityId) || !isId(bookingId)) return [];
    return work.query(
      `SELECT ${COLUMNS} ${FROM} WHERE a.facility_id = $1 AND a.booking_id = $2 AND a.state = ANY ($3::text[])
       ORDER BY a.id FOR UPDATE OF a`,
      [facilityId, bookingId, states],
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

  /** Whether a person was checked in to a session, be her visit completed or not. */
  async cameTo(
    work: UnitOfWork,
    visit: { facilityId: string; sessionId: string; personId: string },
  ): Promise<boolean> {
    const rows = await work.query(
      `SELECT 1 FROM appointment WHERE facility_id = $1 AND session_id = $2 AND person_id = $3
         AND state IN ('CHECKED_IN', 'COMPLETED') LIMIT 1`,
      [visit.facilityId, visit.sessionId, visit.personId],
    );
    return rows.length > 0;
  }

  /** Who booked or was checked in with this code in a session: one, or by the rarest chance more. Locked. */
  byCodeToChange(
    work: UnitOfWork,
    session: { facilityId: string; sessionId: string },
    codeIndex: Buffer,
  ): Promise<AppointmentRow[]> {
    return work.query(
      `SELECT ${COLUMNS} ${FROM} WHERE a.facility_id = $1 AND a.session_id = $2 AND a.state IN ('BOOKED', 'CHECKED_IN')
         AND a.code_index = $3 FOR UPDATE OF a`,
      [session.facilityId, session.sessionId, codeIndex],
    );
  }

  /** Everybody with a place in a session that will not be held, a batch at a time. Locked. */
  bookedInToChange(
    work: UnitOfWork,
    facilityId: string,
    sessionId: string,
    limit: number,
  ): Promise<AppointmentRow[]> {
    return work.query(
      `SELECT ${COLUMNS} ${FROM} WHERE a.facility_id = $1 AND a.session_id = $2 AND a.state IN ('HELD', 'BOOKED')
       ORDER BY a.booking_id, a.id LIMIT $3 FOR UPDATE OF a`,
      [facilityId, sessionId, limit],
    );
  }

  /** Adds appointments in one statement; false when one of the people has one in that session already. */
  async add(ctx: Context, work: UnitOfWork, rows: readonly NewAppointment[]): Promise<boolean> {
    const added = await work.query(
      `INSERT INTO appointment (facility_id, id, booking_id, session_id, pool, person_id, products, vaccines, dose_number, made,
         account_id, state, expires_at, checked_in_at, created_at, changed_at)
       SELECT "facilityId", id, "bookingId", "sessionId", pool, "personId", ARRAY(SELECT jsonb_array_elements_text(products)),
         ARRAY(SELECT jsonb_array_elements_text(vaccines)), "doseNumber", made, "accountId", state, "expiresAt",
         CASE WHEN state = 'CHECKED_IN' THEN $2::timestamptz END, $2, $2
       FROM jsonb_to_recordset($1::jsonb) AS r("facilityId" uuid, id uuid, "bookingId" uuid, "sessionId" uuid, pool text,
         "personId" uuid, products jsonb, vaccines jsonb, "doseNumber" integer, made text, "accountId" uuid, state text,
         "expiresAt" timestamptz)
       ON CONFLICT (facility_id, session_id, person_id) WHERE state IN ('HELD', 'BOOKED', 'CHECKED_IN') DO NOTHING
       RETURNING id`,
      [JSON.stringify(rows), ctx.now()],
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
      `UPDATE appointment SET state = $2, changed_at = $3
       WHERE (facility_id, id) IN (SELECT * FROM jsonb_to_recordset($1::jsonb) AS r("facilityId" uuid, id uuid))`,
      [JSON.stringify(rows.map(({ facilityId, id }) => ({ facilityId, id }))), state, ctx.now()],
    );
  }

  async setCode(
    work: UnitOfWork,
    row: { facilityId: string; id: string },
    code: { index: Buffer; sealed: Buffer },
  ): Promise<void> {
    await work.query(
      `UPDATE appointment SET code_index = $3, code_sealed = $4 WHERE facility_id = $1 AND id = $2`,
      [row.facilityId, row.id, code.index, code.sealed],
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

  /**
   * Claims each vaccine of each row for its person; false when one of them is claimed by another open appointment.
   * Claims of days gone by are ended first: who did not come may book again. Rows must be in the order of their
   * persons, so that two families that share a child do not wait for each other.
   */
  async claim(
    ctx: Context,
    work: UnitOfWork,
    rows: readonly Pick<AppointmentRow, 'personId' | 'id' | 'vaccines' | 'facilityId' | 'date'>[],
    today: string,
  ): Promise<boolean> {
    const claims = rows.flatMap(({ vaccines, ...row }) => vaccines.map(vaccine => ({ ...row, vaccine })));
    await work.query(
      `UPDATE appointment_claim SET ended_at = $2 WHERE person_id = ANY ($1::uuid[]) AND ended_at IS NULL AND session_date < $3`,
      [rows.map(row => row.personId), ctx.now(), today],
    );
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

  /** An open appointment of one of these people that is for one of these vaccines or in this session; not of `bookingId`. */
  async inTheWay(
    work: UnitOfWork,
    wanted: {
      personIds: readonly string[];
      vaccines: readonly string[];
      sessionId: string;
      bookingId: string;
    },
  ): Promise<InTheWay | null> {
    const [row] = await work.query<InTheWay>(
      `SELECT c.person_id AS "personId", c.facility_id AS "facilityId", a.booking_id AS "bookingId"
       FROM appointment_claim c JOIN appointment a ON a.facility_id = c.facility_id AND a.id = c.appointment_id
       WHERE c.person_id = ANY ($1::uuid[]) AND c.ended_at IS NULL AND (c.vaccine = ANY ($2::text[]) OR a.session_id = $3)
         AND a.booking_id <> $4
       ORDER BY c.person_id LIMIT 1`,
      [wanted.personIds, wanted.vaccines, wanted.sessionId, wanted.bookingId],
    );
    return row ?? null;
  }

  async endClaims(
    ctx: Context,
    work: UnitOfWork,
    rows: readonly Pick<AppointmentRow, 'personId' | 'id'>[],
  ): Promise<void> {
    await work.query(
      `UPDATE appointment_claim SET ended_at = $2 WHERE ended_at IS NULL AND (person_id, appointment_id) IN (
         SELECT * FROM jsonb_to_recordset($1::jsonb) AS r("personId" uuid, id uuid))`,
      [JSON.stringify(rows.map(({ personId, id }) => ({ personId, id }))), ctx.now()],
    );
  }

  /**
   * Marks holds that ran out, at most `limit`, in one statement; those that somebody else is just ending are passed
   * over. What they held is for the caller to give back.
   */
  expire(
    work: UnitOfWork,
    now: Date,
    limit: number,
  ): Promise<Pick<AppointmentRow, 'facilityId' | 'sessionId' | 'pool' | 'id' | 'personId'>[]> {
    return work.query(
      `UPDATE appointment SET state = 'EXPIRED', changed_at = $1 WHERE (facility_id, id) IN (
         SELECT facility_id, id FROM appointment WHERE state = 'HELD' AND expires_at <= $1
         ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING facility_id AS "facilityId", session_id AS "sessionId", pool, id, person_id AS "personId"`,
      [now, limit],
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
