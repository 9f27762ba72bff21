import { Injectable } from '@nestjs/common';
import { type CivilDate, isId } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { LineKey } from '../open-vials/session-lines.store';
import type { LineBalance, Losses } from './close-out-rules';

/** OPEN: never counted. DISPUTED: it does not tie out, and a second person decides. REOPENED: to be counted again. */
export type LineState = 'OPEN' | 'CLOSED' | 'DISPUTED' | 'REOPENED';

/** The newest count of a line. */
export interface CountRow {
  id: string;
  vialsOpened: number;
  wasted: Losses;
  returnedOpen: number;
  difference: number;
  reason: string | null;
  countedBy: string;
  countedAt: Date;
  approved: boolean | null;
  decidedBy: string | null;
}

/** What a session used of a lot, by the records and by its newest count. */
export interface LineRow extends LineKey {
  productCode: string;
  lotNumber: string;
  expiresOn: string;
  brought: number;
  opened: number;
  given: number;
  /** Kept in open vials, by the newest count that was accepted. */
  returned: number;
  state: LineState;
  wasted: Losses;
  lost: number;
  count: CountRow | null;
}

/** Net doses that a session moved to an account of loss, by reason. */
const LOSSES = `SELECT reason, to_account IN ('wasted', 'lost') AS gone,
    CASE WHEN to_account IN ('wasted', 'lost') THEN to_account ELSE from_account END AS account, doses
  FROM stock_move m WHERE m.facility_id = s.facility_id AND m.session_id = s.session_id AND m.lot_id = s.lot_id
    AND (m.to_account IN ('wasted', 'lost') OR m.from_account IN ('wasted', 'lost'))`;

const LINE = `s.facility_id AS "facilityId", s.session_id AS "sessionId", s.lot_id AS "lotId",
  l.product_code AS "productCode", l.lot_number AS "lotNumber", to_char(l.expires_on, 'YYYY-MM-DD') AS "expiresOn",
  s.brought, s.opened, s.given, s.returned, s.state,
  (SELECT coalesce(jsonb_object_agg(reason, doses), '{}') FROM (
     SELECT reason, sum(CASE WHEN gone THEN doses ELSE -doses END)::integer AS doses FROM (${LOSSES}) w
     WHERE account = 'wasted' GROUP BY 1 HAVING sum(CASE WHEN gone THEN doses ELSE -doses END) <> 0) w) AS wasted,
  (SELECT coalesce(sum(CASE WHEN gone THEN doses ELSE -doses END), 0)::integer FROM (${LOSSES}) w
   WHERE account = 'lost') AS lost,
  (SELECT jsonb_build_object('id', c.id, 'vialsOpened', c.vials_opened, 'wasted', c.wasted,
     'returnedOpen', c.returned_open, 'difference', c.difference, 'reason', c.reason, 'countedBy', c.counted_by,
     'countedAt', c.counted_at, 'approved', c.approved, 'decidedBy', c.decided_by)
   FROM session_count c WHERE c.facility_id = s.facility_id AND c.session_id = s.session_id AND c.lot_id = s.lot_id
   ORDER BY c.id DESC LIMIT 1) AS count`;

/** The lines of sessions and their counts. Rows of stock are locked before lines. */
@Injectable()
export class CloseOutStore {
  /** Every lot that a session used, in one order. */
  async lines(work: UnitOfWork, facilityId: string, sessionId: string): Promise<LineRow[]> {
    if (!isId(sessionId)) return [];
    return work.query(
      `SELECT ${LINE} FROM session_lot s JOIN lot l ON l.id = s.lot_id
       WHERE s.facility_id = $1 AND s.session_id = $2 ORDER BY l.product_code, l.lot_number, l.id`,
      [facilityId, sessionId],
    );
  }

  /**
   * Lines of a facility's sessions that do not tie out any more, or not yet, and of those of days before `today` that
   * nobody counted; a hundred at most, these last.
   */
  unsettled(work: UnitOfWork, facilityId: string, today: CivilDate): Promise<LineRow[]> {
    return work.query(
      `SELECT ${LINE} FROM session_lot s JOIN lot l ON l.id = s.lot_id
       WHERE s.facility_id = $1 AND (s.state IN ('DISPUTED', 'REOPENED') OR (s.state = 'OPEN' AND EXISTS (
         SELECT FROM session e WHERE e.facility_id = s.facility_id AND e.id = s.session_id AND e.date < $2::date)))
       ORDER BY s.state = 'OPEN', s.session_id, s.lot_id LIMIT 100`,
      [facilityId, today],
    );
  }

  /** The lots that a session used. */
  async lotsOf(work: UnitOfWork, facilityId: string, sessionId: string): Promise<string[]> {
    const rows = await work.query<{ id: string }>(
      `SELECT lot_id AS id FROM session_lot WHERE facility_id = $1 AND session_id = $2`,
      [facilityId, sessionId],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Lines for lots that were counted though no record says that the session used them. Only of lots of vaccines that
   * the facility had.
   */
  async addLines(
    work: UnitOfWork,
    facilityId: string,
    sessionId: string,
    lotIds: readonly string[],
  ): Promise<void> {
    await work.query(
      `INSERT INTO session_lot (facility_id, session_id, lot_id, brought, opened, given, state)
       SELECT $1::uuid, $2::uuid, s.lot_id, 0, 0, 0, 'OPEN' FROM stock_on_hand s
         JOIN lot l ON l.id = s.lot_id AND l.unit = 'DOSE'
       WHERE s.facility_id = $1 AND s.lot_id = ANY ($3::uuid[])
       ON CONFLICT (facility_id, session_id, lot_id) DO NOTHING`,
      [facilityId, sessionId, lotIds],
    );
  }

  async addCount(
    ctx: Context,
    work: UnitOfWork,
    line: LineKey,
    balance: LineBalance,
    reason: string | null,
  ): Promise<string> {
    const id = ctx.newId();
    await work.query(
      `INSERT INTO session_count (facility_id, session_id, lot_id, id, vials_opened, wasted, returned_open, difference, reason, counted_by, counted_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        line.facilityId,
        line.sessionId,
        line.lotId,
        id,
        balance.vialsOpened,
        JSON.stringify(balance.wasted),
        balance.returnedOpen,
        balance.difference,
        balance.difference === 0 ? null : reason,
        ctx.actor.id ?? ctx.actor.kind,
        ctx.now(),
      ],
    );
    return id;
  }

  async setState(work: UnitOfWork, line: LineKey, state: 'DISPUTED' | 'REOPENED'): Promise<void> {
    await work.query(
      `UPDATE session_lot SET state = $4 WHERE facility_id = $1 AND session_id = $2 AND lot_id = $3`,
      [line.facilityId, line.sessionId, line.lotId, state],
    );
  }

  /** The count of a line is accepted: so much was kept. */
  async accept(work: UnitOfWork, line: LineKey, returned: number): Promise<void> {
    await work.query(
      `UPDATE session_lot SET state = 'CLOSED', returned = $4 WHERE facility_id = $1 AND session_id = $2 AND lot_id = $3`,
      [line.facilityId, line.sessionId, line.lotId, returned],
    );
  }

  async decide(
    ctx: Context,
    work: UnitOfWork,
    line: LineKey,
    countId: string,
    approved: boolean,
  ): Promise<void> {
    await work.query(
      `UPDATE session_count SET approved = $5, decided_by = $6, decided_at = $7
       WHERE facility_id = $1 AND session_id = $2 AND lot_id = $3 AND id = $4`,
      [
        line.facilityId,
        line.sessionId,
        line.lotId,
        countId,
        approved,
        ctx.actor.id ?? ctx.actor.kind,
        ctx.now(),
      ],
    );
  }
}
