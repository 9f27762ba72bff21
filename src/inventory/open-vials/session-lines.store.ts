import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';

/** A line of a session: one lot that it used. */
export interface LineKey {
  facilityId: string;
  sessionId: string;
  lotId: string;
}

/** A dose of a lot that the session had not used is one too many when the session has been counted already. */
export const newLineState = (facilityId: string, sessionId: string): string =>
  `CASE WHEN EXISTS (SELECT FROM session_count c WHERE c.facility_id = ${facilityId} AND c.session_id = ${sessionId})
     THEN 'REOPENED' ELSE 'OPEN' END`;

/** What an INSERT into `session_lot AS l` adds to a line that is there; a line that was counted must be counted again. */
export const ADD_TO_LINE = `ON CONFLICT (facility_id, session_id, lot_id) DO UPDATE SET
  brought = l.brought + excluded.brought, opened = l.opened + excluded.opened, given = l.given + excluded.given,
  state = CASE WHEN l.state IN ('CLOSED', 'DISPUTED') THEN 'REOPENED' ELSE l.state END`;

/** What sessions used of lots, beside the ledger. The rows of stock are locked before these. */
@Injectable()
export class SessionLinesStore {
  /** The session and the vial out of which a record drew a lot; null when it drew none so. */
  async drawnBy(
    work: UnitOfWork,
    drawn: { facilityId: string; lotId: string; referenceId: string },
  ): Promise<{ sessionId: string | null; vialId: string | null } | null> {
    const [row] = await work.query<{ sessionId: string | null; vialId: string | null }>(
      `SELECT session_id AS "sessionId", vial_id AS "vialId" FROM stock_move
       WHERE facility_id = $1 AND reference_id = $2 AND lot_id = $3 AND from_account = 'on-hand' AND to_account = 'given'`,
      [drawn.facilityId, drawn.referenceId, drawn.lotId],
    );
    return row ?? null;
  }

  /** Doses that did not leave a vial after all; when it has been emptied since, they are on the shelf without it. */
  async putBack(work: UnitOfWork, facilityId: string, vialId: string, doses: number): Promise<void> {
    await work.query(
      `UPDATE open_vial SET left_doses = left_doses + $3
       WHERE facility_id = $1 AND id = $2 AND left_doses > 0 AND left_doses + $3 <= doses`,
      [facilityId, vialId, doses],
    );
  }

  /** More or (below nothing) fewer doses of a lot given in a session; whether the line has to be counted again. */
  async addGiven(work: UnitOfWork, line: LineKey, doses: number): Promise<boolean> {
    const values = [line.facilityId, line.sessionId, line.lotId, doses];
    const sql =
      doses < 0
        ? `UPDATE session_lot SET given = given + $4::integer,
             state = CASE WHEN state IN ('CLOSED', 'DISPUTED') THEN 'REOPENED' ELSE state END
           WHERE facility_id = $1 AND session_id = $2 AND lot_id = $3 RETURNING state`
        : `INSERT INTO session_lot AS l (facility_id, session_id, lot_id, brought, opened, given, state)
           VALUES ($1::uuid, $2::uuid, $3, 0, 0, $4::integer, ${newLineState('$1::uuid', '$2::uuid')})
           ${ADD_TO_LINE} RETURNING state`;
    const [row] = await work.query<{ state: string }>(sql, values);
    return row?.state === 'REOPENED';
  }
}
