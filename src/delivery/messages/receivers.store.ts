import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';

/** Whom the milestones of a consignment are told to: by an account that proved its phone, or by a phone (sealed). */
export interface ReceiverRow {
  accountId: string | null;
  phoneSealed: Buffer | null;
  /** BCP 47. */
  language: string;
  quiet: boolean;
}

@Injectable()
export class ReceiversStore {
  async add(ctx: Context, work: UnitOfWork, unitId: string, receiver: ReceiverRow): Promise<void> {
    await work.query(
      `INSERT INTO consignment_receiver (unit_id, account_id, phone_sealed, language, quiet, since) VALUES ($1, $2, $3, $4, $5, $6)`,
      [unitId, receiver.accountId, receiver.phoneSealed, receiver.language, receiver.quiet, ctx.now()],
    );
  }

  async of(work: UnitOfWork, unitId: string): Promise<ReceiverRow | null> {
    const [row] = await work.query<ReceiverRow>(
      `SELECT account_id AS "accountId", phone_sealed AS "phoneSealed", language, quiet
       FROM consignment_receiver WHERE unit_id = $1`,
      [unitId],
    );
    return row ?? null;
  }

  async quiet(work: UnitOfWork, unitId: string, quiet: boolean): Promise<void> {
    await work.query(`UPDATE consignment_receiver SET quiet = $2 WHERE unit_id = $1`, [unitId, quiet]);
  }

  async wasTold(work: UnitOfWork, unitId: string, cause: string): Promise<boolean> {
    const told = await work.query(`SELECT FROM told_milestone WHERE unit_id = $1 AND cause = $2`, [
      unitId,
      cause,
    ]);
    return told.length > 0;
  }

  async markTold(
    ctx: Context,
    work: UnitOfWork,
    unitId: string,
    { cause, status }: { cause: string; status: string },
  ): Promise<void> {
    await work.query(
      `INSERT INTO told_milestone (unit_id, cause, milestone, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [unitId, cause, status, ctx.now()],
    );
  }

  /** Forgets receivers of consignments that were sent before, `most` of them at the most; how many. */
  async forget(work: UnitOfWork, before: Date, most: number): Promise<number> {
    const gone = await work.query(
      `DELETE FROM consignment_receiver WHERE unit_id = ANY (ARRAY(
         SELECT unit_id FROM consignment_receiver WHERE since < $1 ORDER BY since LIMIT $2)) RETURNING 1`,
      [before, most],
    );
    return gone.length;
  }
}
