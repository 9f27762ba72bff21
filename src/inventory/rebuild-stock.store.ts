import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../platform/database';

/** Where the projection and the ledger do not say the same. */
export interface StockDifference {
  facilityId: string;
  lotId: string;
  /** Doses on hand by the projection; null when it has no row. */
  projected: number | null;
  /** Doses on hand by the ledger. */
  ledger: number;
}

const LEDGER = `SELECT facility_id, lot_id,
    sum(CASE 'on-hand' WHEN to_account THEN doses WHEN from_account THEN -doses ELSE 0 END)::integer AS doses,
    min(day) FILTER (WHERE from_account IN ('outside', 'unknown') AND to_account = 'on-hand') AS first_received_on
  FROM stock_move WHERE facility_id = $1 GROUP BY facility_id, lot_id`;

@Injectable()
export class RebuildStockStore {
  /** Stops moves of what the facility has until the unit of work ends, so that it can be compared. */
  async lockStock(work: UnitOfWork, facilityId: string): Promise<void> {
    await work.query(`SELECT FROM stock_on_hand WHERE facility_id = $1 ORDER BY lot_id FOR UPDATE`, [
      facilityId,
    ]);
  }

  async facilitiesWithStock(work: UnitOfWork): Promise<string[]> {
    const rows = await work.query<{ id: string }>(
      `SELECT facility_id AS id FROM stock_move UNION SELECT facility_id FROM stock_on_hand ORDER BY id`,
    );
    return rows.map(({ id }) => id);
  }

  differences(work: UnitOfWork, facilityId: string): Promise<StockDifference[]> {
    return work.query(
      `SELECT facility_id AS "facilityId", lot_id AS "lotId", s.doses AS projected, coalesce(m.doses, 0) AS ledger
       FROM (${LEDGER}) m FULL JOIN (SELECT * FROM stock_on_hand WHERE facility_id = $1) s USING (facility_id, lot_id)
       WHERE s.doses IS DISTINCT FROM coalesce(m.doses, 0)
          OR (m.doses IS NOT NULL AND s.first_received_on IS DISTINCT FROM m.first_received_on)
       ORDER BY lot_id`,
      [facilityId],
    );
  }

  /** The projection of one facility as the ledger has it. */
  async project(work: UnitOfWork, facilityId: string): Promise<void> {
    await work.query(
      `INSERT INTO stock_on_hand (facility_id, lot_id, doses, first_received_on) ${LEDGER}
       ON CONFLICT (facility_id, lot_id) DO UPDATE
         SET doses = excluded.doses, first_received_on = excluded.first_received_on
         WHERE (stock_on_hand.doses, stock_on_hand.first_received_on) IS DISTINCT FROM (excluded.doses, excluded.first_received_on)`,
      [facilityId],
    );
    await work.query(
      `UPDATE stock_on_hand s SET doses = 0 WHERE facility_id = $1 AND doses > 0
         AND NOT EXISTS (SELECT FROM stock_move m WHERE m.facility_id = s.facility_id AND m.lot_id = s.lot_id)`,
      [facilityId],
    );
  }
}
