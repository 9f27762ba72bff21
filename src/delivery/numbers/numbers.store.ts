import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';

@Injectable()
export class NumbersStore {
  async setPrefix(ctx: Context, work: UnitOfWork, prefix: string): Promise<void> {
    await work.query(
      `INSERT INTO unit_numbering (only_one, gs1_prefix, set_at, set_by) VALUES (true, $1, $2, $3)
       ON CONFLICT (only_one) DO UPDATE SET gs1_prefix = excluded.gs1_prefix, set_at = excluded.set_at,
         set_by = excluded.set_by`,
      [prefix, ctx.now(), ctx.actor.id],
    );
  }

  /** Null while the country has none. */
  async prefix(work: UnitOfWork): Promise<string | null> {
    const [row] = await work.query<{ prefix: string }>(`SELECT gs1_prefix AS prefix FROM unit_numbering`);
    return row?.prefix ?? null;
  }

  /**
   * Those of these SSCCs that were never given out, and are so now. One that somebody else uses as a label is passed
   * over.
   */
  async issue(ctx: Context, work: UnitOfWork, issueId: string, ssccs: readonly string[]): Promise<string[]> {
    const rows = await work.query<{ unitId: string }>(
      `INSERT INTO issued_sscc (unit_id, issue_id, issued_at, actor_id)
       SELECT k.unit_id, $2::uuid, $3, $4 FROM (SELECT unnest($1::text[]) COLLATE "C" AS unit_id) k
       WHERE NOT EXISTS (SELECT FROM consignment c WHERE c.unit_id = k.unit_id)
         AND NOT EXISTS (SELECT FROM unit_state s WHERE s.unit_id = k.unit_id)
       ORDER BY 1 ON CONFLICT DO NOTHING RETURNING unit_id AS "unitId"`,
      [ssccs, issueId, ctx.now(), ctx.actor.id],
    );
    return rows.map(({ unitId }) => unitId);
  }

  async issued(work: UnitOfWork, issueId: string): Promise<string[]> {
    const rows = await work.query<{ unitId: string }>(
      `SELECT unit_id AS "unitId" FROM issued_sscc WHERE issue_id = $1 ORDER BY 1`,
      [issueId],
    );
    return rows.map(({ unitId }) => unitId);
  }
}
