import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';

/** How often codes were judged in one way. */
export interface CountRow {
  tenantCode: string;
  day: string;
  outcome: string;
  count: number;
}

@Injectable()
export class VerificationCountsStore {
  /** Adds to what was counted before. Platform plane. Rows in one order, so that two processes never wait in a circle. */
  async add(work: UnitOfWork, rows: readonly CountRow[]): Promise<void> {
    await work.query(
      `INSERT INTO verification_count AS v (tenant_code, day, outcome, count)
       SELECT "tenantCode", day, outcome, count
       FROM jsonb_to_recordset($1::jsonb) AS r ("tenantCode" text, day date, outcome text, count bigint)
       ORDER BY 1, 2, 3
       ON CONFLICT (tenant_code, day, outcome) DO UPDATE SET count = v.count + excluded.count`,
      [JSON.stringify(rows)],
    );
  }
}
