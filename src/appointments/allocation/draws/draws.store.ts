import { Injectable } from '@nestjs/common';
import { isId } from '../../../common';
import type { Pool, SessionKey } from '../../../facilities';
import type { Context } from '../../../platform/context';
import type { UnitOfWork } from '../../../platform/database';
import { type AppointmentState } from '../../appointments.store';
import type { DrawEntry, Policy } from './draw-rules';

/** Which draw. */
export interface DrawKey {
  facilityId: string;
  drawId: string;
}

export interface DrawRow extends DrawKey, SessionKey {
  policy: Policy;
  /** The counter that its places were taken from, and go back to. */
  pool: Pool;
  entriesFrom: Date;
  entriesUntil: Date;
  drawnFrom: Date;
  announcement: string;
  seedCommitment: Buffer;
  seedSealed: Buffer;
  announcedAt: Date;
  /** When entering was over, and when all was done; null until then. */
  closedAt: Date | null;
  overAt: Date | null;
  entries: string | null;
  entriesHash: Buffer | null;
  result: string | null;
}

export type NewDraw = Omit<DrawRow, 'closedAt' | 'overAt' | 'entries' | 'entriesHash' | 'result'>;

/** An entry with what is not published of it. */
export interface EntryRow extends DrawKey, DrawEntry {
  personId: string;
  products: string[];
  /** The citizen's account that entered her; null when staff did. */
  accountId: string | null;
  language: string;
}

/** An entry and how far its turn has come. */
export interface TurnRow extends EntryRow {
  sessionId: string;
  position: number | null;
  /** How many are before her in the order and still wait. */
  ahead: number | null;
  bookingId: string | null;
  appointmentState: AppointmentState | null;
  confirmUntil: Date | null;
  missed: Missed | null;
  /** When all was done with the draw; null until then. */
  overAt: Date | null;
}

/** What the next places are given by. */
export type Turn = EntryRow & Pick<TurnRow, 'position' | 'bookingId' | 'missed' | 'appointmentState'>;

/** Why somebody whose turn came could not be given a place: she has another, or she may not come any more. */
export type Missed = 'HAS_ANOTHER' | 'NOT_POSSIBLE';

const DRAW = `SELECT d.facility_id AS "facilityId", d.id AS "drawId", d.session_id AS "sessionId", d.policy, d.pool,
    d.entries_from AS "entriesFrom", d.entries_until AS "entriesUntil", d.drawn_from AS "drawnFrom", d.announcement,
    d.seed_commitment AS "seedCommitment", d.seed_sealed AS "seedSealed", d.announced_at AS "announcedAt",
    g.closed_at AS "closedAt", g.over_at AS "overAt", l.entries, l.entries_hash AS "entriesHash", r.result
  FROM draw d JOIN draw_gate g ON g.facility_id = d.facility_id AND g.draw_id = d.id
    LEFT JOIN draw_list l ON l.facility_id = d.facility_id AND l.draw_id = d.id
    LEFT JOIN draw_result r ON r.facility_id = d.facility_id AND r.draw_id = d.id`;

const ENTRY = `e.facility_id AS "facilityId", e.draw_id AS "drawId", e.id, e.person_id AS "personId", e.products,
  e.account_id AS "accountId", e.language, e.stream, e.rank, e.account, e.device, e.network,
  to_char(e.entered_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "enteredAt"`;

const TURN = `SELECT ${ENTRY}, d.session_id AS "sessionId", g.over_at AS "overAt", t.position, t.booking_id AS "bookingId", t.missed,
    a.state AS "appointmentState", a.expires_at AS "confirmUntil",
    (SELECT count(*)::int FROM draw_turn w WHERE w.facility_id = t.facility_id AND w.draw_id = t.draw_id
       AND w.appointment_id IS NULL AND w.missed IS NULL AND w.position < t.position) AS ahead
  FROM draw_entry e JOIN draw d ON d.facility_id = e.facility_id AND d.id = e.draw_id
    JOIN draw_gate g ON g.facility_id = e.facility_id AND g.draw_id = e.draw_id
    LEFT JOIN draw_turn t ON t.facility_id = e.facility_id AND t.draw_id = e.draw_id AND t.entry_id = e.id
    LEFT JOIN appointment a ON a.facility_id = t.facility_id AND a.id = t.appointment_id`;

/** Every query of fair allocation. */
@Injectable()
export class DrawsStore {
  /** Announces a draw; false when the session has one. */
  async announce(work: UnitOfWork, draw: NewDraw): Promise<boolean> {
    const rows = await work.query(
      `WITH made AS (
         INSERT INTO draw (facility_id, id, session_id, policy, pool, entries_from, entries_until, drawn_from, announcement,
           seed_commitment, seed_sealed, announced_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         ON CONFLICT (facility_id, session_id) DO NOTHING RETURNING facility_id, id)
       SELECT * FROM made`,
      [
        draw.facilityId,
        draw.drawId,
        draw.sessionId,
        draw.policy,
        draw.pool,
        draw.entriesFrom,
        draw.entriesUntil,
        draw.drawnFrom,
        draw.announcement,
        draw.seedCommitment,
        draw.seedSealed,
        draw.announcedAt,
      ],
    );
    if (rows.length === 0) return false;
    await work.query(`INSERT INTO draw_gate (facility_id, draw_id) VALUES ($1, $2)`, [
      draw.facilityId,
      draw.drawId,
    ]);
    return true;
  }

  async ofSession(work: UnitOfWork, { facilityId, sessionId }: SessionKey): Promise<DrawRow | null> {
    if (!isId(facilityId) || !isId(sessionId)) return null;
    const [row] = await work.query<DrawRow>(`${DRAW} WHERE d.facility_id = $1 AND d.session_id = $2`, [
      facilityId,
      sessionId,
    ]);
    return row ?? null;
  }

  async draw(work: UnitOfWork, { facilityId, drawId }: DrawKey): Promise<DrawRow | null> {
    if (!isId(facilityId) || !isId(drawId)) return null;
    const [row] = await work.query<DrawRow>(`${DRAW} WHERE d.facility_id = $1 AND d.id = $2`, [
      facilityId,
      drawId,
    ]);
    return row ?? null;
  }

  /**
   * Takes the gate of a draw until the unit of work ends: `to enter` beside others who enter, `to change` alone. False
   * when it is closed to what is wanted: entering is over, or all is done.
   */
  async gate(work: UnitOfWork, key: DrawKey, how: 'to enter' | 'to change'): Promise<boolean> {
    const [open, lock] = how === 'to enter' ? ['closed_at', 'FOR SHARE'] : ['over_at', 'FOR UPDATE'];
    const rows = await work.query(
      `SELECT 1 FROM draw_gate WHERE facility_id = $1 AND draw_id = $2 AND ${open} IS NULL ${lock}`,
      [key.facilityId, key.drawId],
    );
    return rows.length === 1;
  }

  /** Enters a person; nothing when she is entered already. */
  async enter(work: UnitOfWork, entry: Omit<EntryRow, 'enteredAt'>, at: Date): Promise<void> {
    await work.query(
      `INSERT INTO draw_entry (facility_id, draw_id, id, person_id, products, account_id, language, stream, rank, account,
         device, network, entered_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
       ON CONFLICT (facility_id, draw_id, person_id) DO NOTHING`,
      [
        entry.facilityId,
        entry.drawId,
        entry.id,
        entry.personId,
        entry.products,
        entry.accountId,
        entry.language,
        entry.stream,
        entry.rank,
        entry.account,
        entry.device,
        entry.network,
        at,
      ],
    );
  }

  entriesOf(work: UnitOfWork, key: DrawKey): Promise<EntryRow[]> {
    return work.query(`SELECT ${ENTRY} FROM draw_entry e WHERE e.facility_id = $1 AND e.draw_id = $2`, [
      key.facilityId,
      key.drawId,
    ]);
  }

  /** How many have entered. */
  async entered(work: UnitOfWork, key: DrawKey): Promise<number> {
    const [row] = await work.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM draw_entry WHERE facility_id = $1 AND draw_id = $2`,
      [key.facilityId, key.drawId],
    );
    return row!.count;
  }

  async close(ctx: Context, work: UnitOfWork, key: DrawKey): Promise<void> {
    await work.query(`UPDATE draw_gate SET closed_at = $3 WHERE facility_id = $1 AND draw_id = $2`, [
      key.facilityId,
      key.drawId,
      ctx.now(),
    ]);
  }

  async end(ctx: Context, work: UnitOfWork, key: DrawKey): Promise<void> {
    await work.query(
      `UPDATE draw_gate SET over_at = $3, closed_at = coalesce(closed_at, $3) WHERE facility_id = $1 AND draw_id = $2`,
      [key.facilityId, key.drawId, ctx.now()],
    );
  }

  async list(
    ctx: Context,
    work: UnitOfWork,
    key: DrawKey,
    list: { entries: string; hash: Buffer },
  ): Promise<void> {
    await work.query(`INSERT INTO draw_list VALUES ($1, $2, $3, $4, $5)`, [
      key.facilityId,
      key.drawId,
      list.entries,
      list.hash,
      ctx.now(),
    ]);
  }

  async reveal(
    ctx: Context,
    work: UnitOfWork,
    draw: DrawRow,
    { seed, result }: { seed: Buffer; result: string },
  ): Promise<void> {
    await work.query(`INSERT INTO draw_result VALUES ($1, $2, $3, $4, $5, $6)`, [
      draw.facilityId,
      draw.drawId,
      draw.seedCommitment,
      seed,
      result,
      ctx.now(),
    ]);
  }

  /** Puts these entries at the end of the order of a draw, in this order; one that is in it stays where it is. */
  async queue(work: UnitOfWork, key: DrawKey, entryIds: readonly string[]): Promise<void> {
    await work.query(
      `INSERT INTO draw_turn (facility_id, draw_id, entry_id, position)
       SELECT $1, $2, e.id, e.nth + (SELECT coalesce(max(position), 0) FROM draw_turn WHERE facility_id = $1 AND draw_id = $2)
       FROM unnest($3::uuid[]) WITH ORDINALITY e(id, nth)
       ON CONFLICT (facility_id, draw_id, entry_id) DO NOTHING`,
      [key.facilityId, key.drawId, entryIds],
    );
  }

  /** Everybody in the order of a draw, with what came of her turn. */
  turns(work: UnitOfWork, key: DrawKey): Promise<Turn[]> {
    return work.query(
      `SELECT ${ENTRY}, t.position, t.booking_id AS "bookingId", t.missed, a.state AS "appointmentState"
       FROM draw_turn t JOIN draw_entry e ON e.facility_id = t.facility_id AND e.draw_id = t.draw_id AND e.id = t.entry_id
         LEFT JOIN appointment a ON a.facility_id = t.facility_id AND a.id = t.appointment_id
       WHERE t.facility_id = $1 AND t.draw_id = $2 ORDER BY t.position`,
      [key.facilityId, key.drawId],
    );
  }

  async offered(
    work: UnitOfWork,
    key: DrawKey,
    rows: readonly { entryId: string; appointmentId: string; bookingId: string }[],
  ): Promise<void> {
    await work.query(
      `UPDATE draw_turn t SET appointment_id = r."appointmentId", booking_id = r."bookingId"
       FROM json_to_recordset($3::json) AS r("entryId" uuid, "appointmentId" uuid, "bookingId" uuid)
       WHERE t.facility_id = $1 AND t.draw_id = $2 AND t.entry_id = r."entryId"`,
      [key.facilityId, key.drawId, JSON.stringify(rows)],
    );
  }

  async missed(
    work: UnitOfWork,
    key: DrawKey,
    rows: readonly { entryId: string; missed: Missed }[],
  ): Promise<void> {
    await work.query(
      `UPDATE draw_turn t SET missed = r.missed FROM json_to_recordset($3::json) AS r("entryId" uuid, missed text)
       WHERE t.facility_id = $1 AND t.draw_id = $2 AND t.entry_id = r."entryId"`,
      [key.facilityId, key.drawId, JSON.stringify(rows)],
    );
  }

  /** The entries of these people in draws that are not long over, the newest first. */
  ofPeople(work: UnitOfWork, personIds: readonly string[]): Promise<TurnRow[]> {
    return work.query(`${TURN} WHERE e.person_id = ANY ($1::uuid[]) ORDER BY e.id DESC LIMIT 100`, [
      personIds,
    ]);
  }

  async ofPerson(work: UnitOfWork, key: DrawKey, personId: string): Promise<TurnRow | null> {
    const [row] = await work.query<TurnRow>(
      `${TURN} WHERE e.facility_id = $1 AND e.draw_id = $2 AND e.person_id = $3`,
      [key.facilityId, key.drawId, personId],
    );
    return row ?? null;
  }

  /** Draws that time has something for: to be listed, to be drawn, with a free place, or of a session that is over. */
  due(work: UnitOfWork, now: Date, today: string, limit: number): Promise<DrawRow[]> {
    return work.query(
      `${DRAW} JOIN session_places p ON p.facility_id = d.facility_id AND p.session_id = d.session_id AND p.pool = 'drawn'
         JOIN session s ON s.facility_id = d.facility_id AND s.id = d.session_id
       WHERE g.over_at IS NULL AND (
         (g.closed_at IS NULL AND d.entries_until <= $1)
         OR (g.closed_at IS NOT NULL AND r.result IS NULL AND d.policy <> 'FIRST_COME' AND d.drawn_from <= $1)
         OR p.closed OR s.date < $2
         OR (p.held + p.booked < p.capacity AND (r.result IS NOT NULL OR d.policy = 'FIRST_COME')))
       ORDER BY d.drawn_from LIMIT $3`,
      [now, today, limit],
    );
  }
}
