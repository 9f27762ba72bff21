import { Injectable } from '@nestjs/common';
import { decodeCursor, isId, type PageRequest } from '../../common';
import type { Context, Grant } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';

export type RoleRequestState = 'ASKED' | 'GIVEN' | 'DECLINED' | 'EXPIRED' | 'WITHDRAWN';

/** A role that somebody is to have, and what became of it. One request is one role at one place. */
export interface RoleRequestRow {
  id: string;
  staffId: string;
  grant: Grant;
  state: RoleRequestState;
  askedBy: string;
  askedAt: Date;
  expiresAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
}

/** `$now` is the parameter that holds the context's time: one that nobody decided in time is over, whoever looks. */
const columns = ($now: string): string => `id, staff_id AS "staffId",
  jsonb_build_object('role', role, 'reach',
    jsonb_strip_nulls(jsonb_build_object('kind', reach_kind, 'id', reach_id))) AS grant,
  ${stateAt($now)} AS state, asked_by AS "askedBy", asked_at AS "askedAt", expires_at AS "expiresAt",
  decided_by AS "decidedBy", decided_at AS "decidedAt"`;
const stateAt = ($now: string): string =>
  `CASE WHEN state = 'ASKED' AND expires_at <= ${$now} THEN 'EXPIRED' ELSE state END`;

const reachIdOf = ({ reach }: Grant): string | null => (reach.kind === 'country' ? null : reach.id);

@Injectable()
export class RoleRequestsStore {
  /** Asks for a role. One that is asked for and not yet decided on is the same request. Answers whether it is new. */
  async ask(
    ctx: Context,
    work: UnitOfWork,
    { staffId, grant, expiresAt }: { staffId: string; grant: Grant; expiresAt: Date },
  ): Promise<RoleRequestRow & { isNew: boolean }> {
    const now = ctx.now();
    const place = [staffId, grant.role, grant.reach.kind, reachIdOf(grant)];
    await work.query(
      `UPDATE role_request SET state = 'EXPIRED' WHERE staff_id = $1 AND role = $2 AND reach_kind = $3
         AND reach_id IS NOT DISTINCT FROM $4 AND state = 'ASKED' AND expires_at <= $5`,
      [...place, now],
    );
    const made = await work.query(
      `INSERT INTO role_request (staff_id, role, reach_kind, reach_id, id, state, asked_by, asked_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, 'ASKED', $6, $7, $8)
       ON CONFLICT (staff_id, role, reach_kind, reach_id) WHERE state = 'ASKED' DO NOTHING RETURNING id`,
      [...place, ctx.newId(), ctx.actor.id, now, expiresAt],
    );
    const [row] = await work.query<RoleRequestRow>(
      `SELECT ${columns('$5')} FROM role_request WHERE staff_id = $1 AND role = $2 AND reach_kind = $3
         AND reach_id IS NOT DISTINCT FROM $4 AND state = 'ASKED'`,
      [...place, now],
    );
    return { ...row!, isNew: made.length === 1 };
  }

  async request(ctx: Context, work: UnitOfWork, id: string): Promise<RoleRequestRow | null> {
    if (!isId(id)) return null;
    const [row] = await work.query<RoleRequestRow>(
      `SELECT ${columns('$2')} FROM role_request WHERE id = $1`,
      [id, ctx.now()],
    );
    return row ?? null;
  }

  /** False when it is no longer asked: somebody has decided on it, it was withdrawn, or its time is over. */
  async decide(
    ctx: Context,
    work: UnitOfWork,
    id: string,
    state: Extract<RoleRequestState, 'GIVEN' | 'DECLINED'>,
  ): Promise<boolean> {
    const rows = await work.query(
      `UPDATE role_request SET state = $2, decided_by = $3, decided_at = $4
       WHERE id = $1 AND state = 'ASKED' AND expires_at > $4 RETURNING id`,
      [id, state, ctx.actor.id, ctx.now()],
    );
    return rows.length === 1;
  }

  /** Ends what somebody asked for, and what was asked for her: who is kept out gets no role, and gives none. */
  async withdraw(work: UnitOfWork, staffId: string): Promise<void> {
    await work.query(
      `UPDATE role_request SET state = 'WITHDRAWN' WHERE state = 'ASKED' AND (asked_by = $1::text OR staff_id = $1::uuid)`,
      [staffId],
    );
  }

  /** What is asked for these accounts now, oldest first. */
  openFor(ctx: Context, work: UnitOfWork, staffIds: readonly string[]): Promise<RoleRequestRow[]> {
    return work.query(
      `SELECT ${columns('$2')} FROM role_request
       WHERE staff_id = ANY ($1::uuid[]) AND state = 'ASKED' AND expires_at > $2 ORDER BY id`,
      [staffIds, ctx.now()],
    );
  }

  /** Of the country, or of one area itself; newest first, one row more than the page holds. */
  page(
    ctx: Context,
    work: UnitOfWork,
    { state, areaId }: { state: RoleRequestState; areaId: string | null },
    { first, after }: PageRequest,
  ): Promise<RoleRequestRow[]> {
    const key = after ? decodeCursor(after) : '';
    return work.query(
      `SELECT ${columns('$1')} FROM role_request
       WHERE ${stateAt('$1')} = $2 AND ($3::uuid IS NULL OR reach_id = $3) AND ($4::uuid IS NULL OR id < $4)
       ORDER BY id DESC LIMIT $5`,
      [ctx.now(), state, areaId, isId(key) ? key : null, first + 1],
    );
  }
}
