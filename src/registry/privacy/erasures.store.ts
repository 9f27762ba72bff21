import { Injectable } from '@nestjs/common';
import { decodeCursor, isId, type PageRequest } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';

/** Why a person is to be erased. */
export type ErasureGround = 'ASKED_BY_PERSON' | 'REGISTERED_IN_ERROR' | 'RETENTION_OVER' | 'RESTORED';

export type ErasureState = 'ASKED' | 'ERASED' | 'DECLINED';

export interface ErasureRow {
  personId: string;
  id: string;
  ground: ErasureGround;
  state: ErasureState;
  askedBy: string | null;
  askedAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
}

const COLUMNS = `person_id AS "personId", request_id AS id, ground, state, asked_by AS "askedBy", asked_at AS "askedAt",
  decided_by AS "decidedBy", decided_at AS "decidedAt"`;

@Injectable()
export class ErasuresStore {
  /** A request that nobody has decided on is the same request. */
  async ask(ctx: Context, work: UnitOfWork, personId: string, ground: ErasureGround): Promise<ErasureRow> {
    await work.query(
      `INSERT INTO erasure_request (person_id, request_id, ground, state, asked_by, asked_at)
       VALUES ($1, $2, $3, 'ASKED', $4, $5) ON CONFLICT (person_id) WHERE state = 'ASKED' DO NOTHING`,
      [personId, ctx.newId(), ground, ctx.actor.id, ctx.now()],
    );
    const [row] = await work.query<ErasureRow>(
      `SELECT ${COLUMNS} FROM erasure_request WHERE person_id = $1 AND state = 'ASKED'`,
      [personId],
    );
    return row!;
  }

  async request(work: UnitOfWork, personId: string, id: string): Promise<ErasureRow | null> {
    if (!isId(personId) || !isId(id)) return null;
    const [row] = await work.query<ErasureRow>(
      `SELECT ${COLUMNS} FROM erasure_request WHERE person_id = $1 AND request_id = $2`,
      [personId, id],
    );
    return row ?? null;
  }

  /** False when somebody has decided on it before. */
  async decide(
    ctx: Context,
    work: UnitOfWork,
    { personId, id }: ErasureRow,
    state: Exclude<ErasureState, 'ASKED'>,
  ): Promise<boolean> {
    const rows = await work.query(
      `UPDATE erasure_request SET state = $3, decided_by = $4, decided_at = $5
       WHERE person_id = $1 AND request_id = $2 AND state = 'ASKED' RETURNING request_id`,
      [personId, id, state, ctx.actor.id, ctx.now()],
    );
    return rows.length === 1;
  }

  /** Newest first; one row more than the page holds. */
  page(work: UnitOfWork, state: ErasureState, { first, after }: PageRequest): Promise<ErasureRow[]> {
    const key = after ? decodeCursor(after) : '';
    return work.query(
      `SELECT ${COLUMNS} FROM erasure_request WHERE state = $1 AND ($2::uuid IS NULL OR request_id < $2)
       ORDER BY request_id DESC LIMIT $3`,
      [state, isId(key) ? key : null, first + 1],
    );
  }

  /** Keeps that a person was erased again, because a copy of the database from before had come back. */
  async noteRestored(ctx: Context, work: UnitOfWork, personId: string): Promise<void> {
    await work.query(
      `INSERT INTO erasure_request (person_id, request_id, ground, state, asked_at, decided_at)
       VALUES ($1, $2, 'RESTORED', 'ERASED', $3, $3)`,
      [personId, ctx.newId(), ctx.now()],
    );
  }

  /** Locks a person's row; false when she is no person of this country or erased. */
  async lock(work: UnitOfWork, personId: string): Promise<boolean> {
    const rows = await work.query(
      `SELECT 1 FROM person WHERE person_id = $1 AND status <> 'erased' FOR UPDATE`,
      [personId],
    );
    return rows.length === 1;
  }

  /**
   * Takes from a locked person's rows everything that names or reaches her. Her sex, area and year of birth stay with
   * what was done for her; the accounts that acted for her alone are answered.
   */
  async erase(work: UnitOfWork, personId: string): Promise<string[]> {
    const accounts = await work.query<{ id: string; alone: boolean }>(
      `DELETE FROM person_account gone WHERE person_id = $1 RETURNING account_id AS id,
         NOT EXISTS (SELECT FROM person_account o WHERE o.account_id = gone.account_id AND o.person_id <> $1) AS alone`,
      [personId],
    );
    for (const table of [
      'identifier_claim',
      'person_code_claim',
      'person_identifier',
      'person_contact',
      'person_match_key',
    ])
      await work.query(`DELETE FROM ${table} WHERE person_id = $1`, [personId]);
    await work.query(
      `UPDATE person_change SET before = NULL, after = NULL, reason = '', fields = coalesce(fields,
         ARRAY(SELECT jsonb_object_keys(after) ORDER BY 1)) WHERE person_id = $1`,
      [personId],
    );
    await work.query(`UPDATE person_not_same SET reason = '' WHERE person_id = $1 OR other_person_id = $1`, [
      personId,
    ]);
    await work.query(
      `UPDATE person SET status = 'erased', name = '', name_parts = NULL, code = '', language = NULL, access_needs = '{}',
         birth_date = date_trunc('year', birth_date), birth_date_precision = 'year' WHERE person_id = $1`,
      [personId],
    );
    return accounts.filter(({ alone }) => alone).map(({ id }) => id);
  }

  /** Of these people, those who are here and not erased. */
  async standing(work: UnitOfWork, personIds: readonly string[]): Promise<string[]> {
    const rows = await work.query<{ id: string }>(
      `SELECT person_id AS id FROM person WHERE person_id = ANY ($1::uuid[]) AND status <> 'erased' ORDER BY person_id`,
      [personIds],
    );
    return rows.map(({ id }) => id);
  }

  /** Everybody who was erased here, from the request after `after` on. */
  async erased(
    work: UnitOfWork,
    after: string | null,
    most: number,
  ): Promise<{ id: string; personId: string }[]> {
    return work.query(
      `SELECT request_id AS id, person_id AS "personId" FROM erasure_request
       WHERE state = 'ERASED' AND ($1::uuid IS NULL OR request_id > $1) ORDER BY request_id LIMIT $2`,
      [after, most],
    );
  }
}
