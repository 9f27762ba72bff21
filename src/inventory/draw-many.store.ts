import { Injectable } from '@nestjs/common';
import type { CivilDate } from '../common';
import { MANY, type UnitOfWork } from '../platform/database';
import { HOLDS, spoilt } from './inventory.store';
import { ADD_TO_LINE, newLineState } from './open-vials/session-lines.store';

/** Doses that leave the shelf to be given, as the ledger is to have them. */
export interface NewDraw {
  id: string;
  facilityId: string;
  lotId: string;
  doses: number;
  referenceId: string;
  day: CivilDate;
  /** Holds that began after this day of the country do not stand against it; null: every hold does. */
  holdsOf: CivilDate | null;
  sessionId: string | null;
  /** They were used before we hear of it: no vial that is open now is what they came out of. */
  past: boolean;
  /** No vial of the lot was open there when it was looked at. */
  noneOpen: boolean;
  at: Date;
  actorId: string | null;
}

/** What a session used of a lot after it had been counted. */
export interface ReopenedLine {
  facilityId: string;
  sessionId: string;
  lotId: string;
}

/** What is drawn ($1), and of each lot at each facility together. */
const WANTED = `WITH draw AS MATERIALIZED (
    SELECT * FROM json_to_recordset($1::json) AS d(id uuid, "facilityId" uuid, "lotId" uuid, doses integer,
      "referenceId" text, day date, "holdsOf" date, at timestamptz, "actorId" text, "sessionId" uuid, past boolean)),
  wanted AS MATERIALIZED (
    SELECT "facilityId", "lotId", sum(doses)::integer AS doses, min(day) AS first_day, max(day) AS last_day,
      max(coalesce("holdsOf", 'infinity')) AS holds_of, min(at) AS at, bool_and(past) AS past,
      (min("sessionId"::text) FILTER (WHERE NOT past))::uuid AS taker
    FROM draw GROUP BY 1, 2),
  locked AS MATERIALIZED (
    SELECT w.*, s.* FROM (SELECT * FROM wanted ORDER BY "facilityId", "lotId") w, LATERAL (
      SELECT s.facility_id, s.lot_id, s.doses AS here, s.first_received_on FROM stock_on_hand s
      WHERE s.facility_id = w."facilityId" AND s.lot_id = w."lotId" FOR UPDATE) s)`;

/**
 * The shelves that may be drawn from are drawn down, by the holds of a time zone's days ($2), where `enough` is there. What
 * decides was read of the locked row, so that few are left to be found again: joined to all that was asked for, and in a
 * country with few open vials, they were found by reading the whole table.
 */
const drawn = (enough: string): string => `fit AS MATERIALIZED (
    SELECT s.facility_id, s.lot_id, s.doses FROM locked s, LATERAL (SELECT id, expires_on FROM lot WHERE id = s.lot_id OFFSET 0) l
    WHERE ${enough} AND s.first_received_on <= s.first_day AND l.expires_on >= s.last_day
      AND NOT EXISTS (SELECT ${HOLDS} AND h.at < (s.holds_of + 1)::timestamp AT TIME ZONE $2)),
  drawn AS (
    UPDATE stock_on_hand s SET doses = s.doses - k.doses FROM fit k
    WHERE s.facility_id = k.facility_id AND s.lot_id = k.lot_id
    RETURNING s.facility_id, s.lot_id)`;

/** The lines of sessions are kept, to which vials that nobody's session had were brought by `source`. */
const line = (brought: string, source = ''): string => `line AS (
    INSERT INTO session_lot AS l (facility_id, session_id, lot_id, brought, opened, given, state)
    SELECT d."facilityId", d."sessionId", d."lotId", ${brought}, 0, sum(d.doses), ${newLineState('d."facilityId"', 'd."sessionId"')}
    FROM draw d JOIN drawn ON drawn.facility_id = d."facilityId" AND drawn.lot_id = d."lotId" ${source}
    WHERE d."sessionId" IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ${ADD_TO_LINE} RETURNING facility_id, session_id, lot_id, state)`;

/** What lets draws through: shelves are drawn down, open vials emptied (`taken`, by draw), the lines of sessions kept. */
const GATE = `${WANTED},
  ${drawn(`s.here - CASE WHEN s.past THEN 0 ELSE ${spoilt('s.at')} END >= s.doses`)},
  open AS MATERIALIZED (
    SELECT v.*, k.taker FROM locked k, LATERAL (
      SELECT v.facility_id, v.id, v.lot_id, v.session_id, v.left_doses, v.use_by FROM open_vial v
      WHERE NOT k.past AND v.facility_id = k.facility_id AND v.lot_id = k.lot_id AND v.left_doses > 0
        AND v.use_by > k.at ORDER BY v.use_by, v.id FOR UPDATE) v),
  space AS (
    SELECT facility_id, id, lot_id, session_id, left_doses, coalesce(session_id, taker) AS used_in,
      sum(left_doses) OVER (PARTITION BY facility_id, lot_id, coalesce(session_id, taker) ORDER BY use_by, id)
        - left_doses AS before
    FROM open),
  turn AS (
    SELECT id, "facilityId", "lotId", "sessionId", doses,
      sum(doses) OVER (PARTITION BY "facilityId", "lotId", "sessionId" ORDER BY id) - doses AS before
    FROM draw WHERE NOT past),
  taken AS MATERIALIZED (
    SELECT t.id, t.doses, s.facility_id, s.lot_id, s.id AS vial_id, s.used_in, s.session_id, s.left_doses
    FROM turn t JOIN space s ON s.facility_id = t."facilityId" AND s.lot_id = t."lotId"
      AND s.used_in IS NOT DISTINCT FROM t."sessionId"
      AND t.before >= s.before AND t.before + t.doses <= s.before + s.left_doses),
  emptied AS (
    UPDATE open_vial v SET left_doses = v.left_doses - n.doses, session_id = n.used_in
    FROM (SELECT facility_id, vial_id, used_in, sum(doses)::integer AS doses FROM taken GROUP BY 1, 2, 3) n
    WHERE v.facility_id = n.facility_id AND v.id = n.vial_id),
  brought AS (
    SELECT facility_id, lot_id, used_in, sum(left_doses)::integer AS doses
    FROM (SELECT DISTINCT facility_id, lot_id, used_in, vial_id, left_doses FROM taken
          WHERE session_id IS NULL AND used_in IS NOT NULL) v
    GROUP BY 1, 2, 3),
  ${line(
    'coalesce(max(b.doses), 0)',
    'LEFT JOIN brought b ON b.facility_id = d."facilityId" AND b.lot_id = d."lotId" AND b.used_in = d."sessionId"',
  )}`;

/**
 * {@link GATE} of draws that come out of no open vial: told later, or of lots of which none is open. It lets nothing of a lot
 * through of which one was open when it began; one that is opened while it waits for the shelf counts as opened after it.
 */
const GATE_WITHOUT_VIALS = `${WANTED},
  ${drawn(`s.here >= s.doses AND (s.past OR NOT EXISTS (SELECT FROM open_vial v
      WHERE v.facility_id = s.facility_id AND v.lot_id = s.lot_id AND v.left_doses > 0))`)},
  ${line('0')}`;

/** Each draw that was let through is entered in the ledger, with the vial that it came out of. */
const entered = (vial: string, source = ''): string => `,
  entered AS (
    INSERT INTO stock_move (facility_id, id, lot_id, from_account, to_account, doses, reason, reference_id, day, at,
      actor_id, session_id, vial_id)
    SELECT d."facilityId", d.id, d."lotId", 'on-hand', 'given', d.doses, 'given', d."referenceId", d.day, d.at,
      d."actorId", d."sessionId", ${vial}
    FROM draw d JOIN drawn ON drawn.facility_id = d."facilityId" AND drawn.lot_id = d."lotId" ${source}
    RETURNING id)`;

const REOPENED = `(SELECT coalesce(json_agg(json_build_object('facilityId', facility_id, 'sessionId', session_id, 'lotId', lot_id)), '[]')
  FROM line WHERE state = 'REOPENED') AS reopened`;

/** What is drawn of a lot for a session on a day, as if it were one draw: the gate asks no more of them. */
function together(draws: readonly NewDraw[]): NewDraw[] {
  const sums = new Map<string, NewDraw>();
  for (const draw of draws) {
    const key = [draw.facilityId, draw.lotId, draw.sessionId, draw.day, draw.holdsOf].join(' ');
    const sum = sums.get(key);
    if (sum) sum.doses += draw.doses;
    else sums.set(key, Object.assign({}, draw));
  }
  return [...sums.values()];
}

/** Doses that leave the shelf for many people at once ({@link Stock.drawAll}). */
@Injectable()
export class DrawManyStore {
  /**
   * {@link InventoryStore.draw} for many: null, with the work to be rolled back, when one of them may not be. Rows of stock
   * are locked in one order, so that two batches that draw from the same lots do not wait for each other. What is open is
   * drawn from first, the vial that must be used first before the others, and each session's line is kept with its doses;
   * the answer is the lines that had been counted before. A vial that nobody's session has is taken into the first of those
   * that draw: whoever waits for the lock sees the vial as the one before left it.
   */
  async run(work: UnitOfWork, draws: readonly NewDraw[], timeZone: string): Promise<ReopenedLine[] | null> {
    if (draws.length >= MANY && draws.every(({ past }) => past)) return this.copyPast(work, draws, timeZone);
    const vials = draws.some(({ past, noneOpen }) => !past && !noneOpen);
    const [done] = await work.query<{ entered: number; reopened: ReopenedLine[] }>(
      `${vials ? GATE + entered('t.vial_id', 'LEFT JOIN taken t ON t.id = d.id') : GATE_WITHOUT_VIALS + entered('NULL::uuid')}
       SELECT (SELECT count(*)::integer FROM entered) AS entered, ${REOPENED}`,
      [JSON.stringify(draws), timeZone],
    );
    return done!.entered === draws.length ? done!.reopened : null;
  }

  /**
   * {@link run} of very many that were used before we hear of them, out of no vial that is open now: sums pass the
   * gate, and beside it COPY enters each. They travel together: what a closed gate did not let through goes with the
   * work.
   */
  private async copyPast(
    work: UnitOfWork,
    draws: readonly NewDraw[],
    timeZone: string,
  ): Promise<ReopenedLine[] | null> {
    const sums = together(draws);
    const [[done]] = await Promise.all([
      work.query<{ through: number; reopened: ReopenedLine[] }>(
        `${GATE_WITHOUT_VIALS}
         SELECT (SELECT count(*)::integer FROM draw d JOIN drawn
                   ON drawn.facility_id = d."facilityId" AND drawn.lot_id = d."lotId") AS through, ${REOPENED}`,
        [JSON.stringify(sums), timeZone],
      ),
      work.copy(
        `stock_move (facility_id, id, lot_id, from_account, to_account, doses, reason, reference_id, day, at, actor_id,
           session_id)`,
        draws.map(draw => [
          draw.facilityId,
          draw.id,
          draw.lotId,
          'on-hand',
          'given',
          draw.doses,
          'given',
          draw.referenceId,
          draw.day,
          draw.at,
          draw.actorId,
          draw.sessionId,
        ]),
      ),
    ]);
    return done!.through === sums.length ? done!.reopened : null;
  }
}
