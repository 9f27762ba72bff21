import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { DirectionKind } from './door-rules';

/** A consignment was told to go somewhere else. */
export interface DirectionRow {
  id: string;
  kind: DirectionKind;
  toHubId: string;
  at: Date;
}

/** What is known of a consignment's last mile besides its scans. */
@Injectable()
export class DoorsStore {
  /** Guesses of the secret that were wrong: those asked first, and those that came with a hand-over. */
  async wrongGuesses(work: UnitOfWork, unitId: string): Promise<number> {
    const [row] = await work.query<{ count: number }>(
      `SELECT ((SELECT count(*) FROM handover_guess WHERE unit_id = $1)
             + (SELECT count(*) FROM scan WHERE unit_id = $1 AND proof_matches = false))::integer AS count`,
      [unitId],
    );
    return row!.count;
  }

  async addWrongGuess(ctx: Context, work: UnitOfWork, unitId: string): Promise<string> {
    const id = ctx.newId();
    await work.query(`INSERT INTO handover_guess (unit_id, id, at, actor_id) VALUES ($1, $2, $3, $4)`, [
      unitId,
      id,
      ctx.now(),
      ctx.actor.id,
    ]);
    return id;
  }

  /** In the order in which they were given. */
  directions(work: UnitOfWork, unitId: string): Promise<DirectionRow[]> {
    return work.query(
      `SELECT id, kind, to_hub_id AS "toHubId", at FROM consignment_direction WHERE unit_id = $1 ORDER BY at, id LIMIT 100`,
      [unitId],
    );
  }

  async addDirection(
    ctx: Context,
    work: UnitOfWork,
    unitId: string,
    { kind, toHubId }: Pick<DirectionRow, 'kind' | 'toHubId'>,
  ): Promise<void> {
    await work.query(
      `INSERT INTO consignment_direction (unit_id, id, kind, to_hub_id, at, actor_id) VALUES ($1, $2, $3, $4, $5, $6)`,
      [unitId, ctx.newId(), kind, toHubId, ctx.now(), ctx.actor.id],
    );
  }
}
