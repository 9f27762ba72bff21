import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';

/** What a session used of supplies, by the ledger. */
@Injectable()
export class BundlingStore {
  /** Pieces by product. */
  async usedIn(work: UnitOfWork, facilityId: string, sessionId: string): Promise<Map<string, number>> {
    const rows = await work.query<{ productCode: string; pieces: number }>(
      `SELECT l.product_code AS "productCode", sum(m.doses)::integer AS pieces
       FROM stock_move m JOIN lot l ON l.id = m.lot_id AND l.unit = 'PIECE'
       WHERE m.facility_id = $1 AND m.session_id = $2 AND m.to_account = 'given' GROUP BY 1`,
      [facilityId, sessionId],
    );
    return new Map(rows.map(({ productCode, pieces }) => [productCode, pieces]));
  }
}
