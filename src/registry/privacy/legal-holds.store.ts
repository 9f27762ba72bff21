import { Injectable } from '@nestjs/common';
import { isId } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';

export interface LegalHoldRow {
  personId: string;
  id: string;
  reference: string;
  placedBy: string | null;
  placedAt: Date;
  liftedBy: string | null;
  liftedAt: Date | null;
}

const COLUMNS = `person_id AS "personId", hold_id AS id, reference, placed_by AS "placedBy", placed_at AS "placedAt",
  lifted_by AS "liftedBy", lifted_at AS "liftedAt"`;

@Injectable()
export class LegalHoldsStore {
  async place(ctx: Context, work: UnitOfWork, personId: string, reference: string): Promise<LegalHoldRow> {
    const [row] = await work.query<LegalHoldRow>(
      `INSERT INTO legal_hold (person_id, hold_id, reference, placed_by, placed_at) VALUES ($1, $2, $3, $4, $5)
       RETURNING ${COLUMNS}`,
      [personId, ctx.newId(), reference, ctx.actor.id, ctx.now()],
    );
    return row!;
  }

  /** Null when there is no such hold; one that was lifted before stays as it was. */
  async lift(ctx: Context, work: UnitOfWork, personId: string, id: string): Promise<LegalHoldRow | null> {
    if (!isId(personId) || !isId(id)) return null;
    await work.query(
      `UPDATE legal_hold SET lifted_by = $3, lifted_at = $4 WHERE person_id = $1 AND hold_id = $2 AND lifted_at IS NULL`,
      [personId, id, ctx.actor.id, ctx.now()],
    );
    return this.hold(work, personId, id);
  }

  async hold(work: UnitOfWork, personId: string, id: string): Promise<LegalHoldRow | null> {
    const [row] = await work.query<LegalHoldRow>(
      `SELECT ${COLUMNS} FROM legal_hold WHERE person_id = $1 AND hold_id = $2`,
      [personId, id],
    );
    return row ?? null;
  }

  async holds(work: UnitOfWork, personId: string): Promise<boolean> {
    const rows = await work.query(
      `SELECT 1 FROM legal_hold WHERE person_id = $1 AND lifted_at IS NULL LIMIT 1`,
      [personId],
    );
    return rows.length > 0;
  }
}
