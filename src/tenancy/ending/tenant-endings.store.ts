import { Injectable } from '@nestjs/common';
import { isId } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';

/** `APPROVED`: two operators want it; the export is being made. `ENDING`: keys, schema and login are going. */
export type EndingState =
  'ASKED' | 'DECLINED' | 'STOPPED' | 'APPROVED' | 'EXPORTED' | 'CONFIRMED' | 'ENDING' | 'ENDED';

/** States from which somebody can still stop it. */
export const STOPPABLE: readonly EndingState[] = ['ASKED', 'APPROVED', 'EXPORTED', 'CONFIRMED'];

/** The public members of a JWK (RFC 7517) of the ministry. */
export type PublicKey = Record<string, string>;

export interface EndingRow {
  id: string;
  tenantCode: string;
  state: EndingState;
  instruction: string;
  reason: string;
  publicKey: PublicKey;
  waitDays: number;
  askedBy: string;
  askedAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  exportedAt: Date | null;
  exportSha256: string | null;
  exportFolder: string | null;
  confirmedAt: Date | null;
  endsAt: Date | null;
  keysGoneAt: Date | null;
  endedAt: Date | null;
}

const COLUMNS = `id, tenant_code AS "tenantCode", state, instruction, reason, public_key AS "publicKey", wait_days AS "waitDays",
  asked_by AS "askedBy", asked_at AS "askedAt", decided_by AS "decidedBy", decided_at AS "decidedAt",
  exported_at AS "exportedAt", export_sha256 AS "exportSha256", export_folder AS "exportFolder",
  confirmed_at AS "confirmedAt", ends_at AS "endsAt", keys_gone_at AS "keysGoneAt", ended_at AS "endedAt"`;

/** How countries end; of the platform plane. Each step is a conditional update: of two who take it one has done so. */
@Injectable()
export class TenantEndingsStore {
  /** Null when one is under way already, or was carried out. */
  async ask(
    ctx: Context,
    work: UnitOfWork,
    asked: Pick<EndingRow, 'tenantCode' | 'instruction' | 'reason' | 'publicKey' | 'waitDays'>,
  ): Promise<EndingRow | null> {
    const [row] = await work.query<EndingRow>(
      `INSERT INTO tenant_ending (id, tenant_code, state, instruction, reason, public_key, wait_days, asked_by, asked_at)
       VALUES ($1, $2, 'ASKED', $3, $4, $5, $6, $7, $8)
       ON CONFLICT (tenant_code) WHERE state NOT IN ('DECLINED', 'STOPPED') DO NOTHING RETURNING ${COLUMNS}`,
      [
        ctx.newId(),
        asked.tenantCode,
        asked.instruction,
        asked.reason,
        JSON.stringify(asked.publicKey),
        asked.waitDays,
        ctx.actor.id,
        ctx.now(),
      ],
    );
    return row ?? null;
  }

  async ending(work: UnitOfWork, id: string): Promise<EndingRow | null> {
    if (!isId(id)) return null;
    const [row] = await work.query<EndingRow>(`SELECT ${COLUMNS} FROM tenant_ending WHERE id = $1`, [id]);
    return row ?? null;
  }

  /** The newest of a country. */
  async latest(work: UnitOfWork, tenantCode: string): Promise<EndingRow | null> {
    const [row] = await work.query<EndingRow>(
      `SELECT ${COLUMNS} FROM tenant_ending WHERE tenant_code = $1 ORDER BY id DESC LIMIT 1`,
      [tenantCode],
    );
    return row ?? null;
  }

  decide(ctx: Context, work: UnitOfWork, id: string, state: 'APPROVED' | 'DECLINED'): Promise<boolean> {
    return changed(
      work,
      `UPDATE tenant_ending SET state = $2, decided_by = $3, decided_at = $4 WHERE id = $1 AND state = 'ASKED' RETURNING 1`,
      [id, state, ctx.actor.id, ctx.now()],
    );
  }

  exported(
    ctx: Context,
    work: UnitOfWork,
    id: string,
    { sha256, folder }: { sha256: string; folder: string },
  ): Promise<boolean> {
    return changed(
      work,
      `UPDATE tenant_ending SET state = 'EXPORTED', exported_at = $2, export_sha256 = $3, export_folder = $4
       WHERE id = $1 AND state = 'APPROVED' RETURNING 1`,
      [id, ctx.now(), sha256, folder],
    );
  }

  /** The ministry has the export, and its time begins. False when that is no hash of it. */
  confirm(
    ctx: Context,
    work: UnitOfWork,
    { id, sha256, confirmation, endsAt }: { id: string; sha256: string; confirmation: string; endsAt: Date },
  ): Promise<boolean> {
    return changed(
      work,
      `UPDATE tenant_ending SET state = 'CONFIRMED', confirmation = $3, confirmed_by = $4, confirmed_at = $5, ends_at = $6
       WHERE id = $1 AND state = 'EXPORTED' AND export_sha256 = $2 RETURNING 1`,
      [id, sha256, confirmation, ctx.actor.id, ctx.now(), endsAt],
    );
  }

  stop(work: UnitOfWork, tenantCode: string): Promise<boolean> {
    return changed(
      work,
      `UPDATE tenant_ending SET state = 'STOPPED' WHERE tenant_code = $1 AND state = ANY ($2) RETURNING 1`,
      [tenantCode, STOPPABLE],
    );
  }

  /** Those of a state, oldest first. */
  inState(work: UnitOfWork, state: EndingState): Promise<EndingRow[]> {
    return work.query(`SELECT ${COLUMNS} FROM tenant_ending WHERE state = $1 ORDER BY id`, [state]);
  }

  /** Those whose time is over, locked until the unit of work ends: nobody stops them any more once they have begun. */
  due(ctx: Context, work: UnitOfWork): Promise<EndingRow[]> {
    return work.query(
      `SELECT ${COLUMNS} FROM tenant_ending WHERE state = 'CONFIRMED' AND ends_at <= $1 ORDER BY id FOR UPDATE SKIP LOCKED`,
      [ctx.now()],
    );
  }

  async begin(work: UnitOfWork, id: string): Promise<void> {
    await work.query(`UPDATE tenant_ending SET state = 'ENDING' WHERE id = $1 AND state = 'CONFIRMED'`, [id]);
  }

  async keysGone(ctx: Context, work: UnitOfWork, id: string): Promise<void> {
    await work.query(`UPDATE tenant_ending SET keys_gone_at = coalesce(keys_gone_at, $2) WHERE id = $1`, [
      id,
      ctx.now(),
    ]);
  }

  /** False when another worker has said so. */
  end(ctx: Context, work: UnitOfWork, id: string): Promise<boolean> {
    return changed(
      work,
      `UPDATE tenant_ending SET state = 'ENDED', ended_at = $2 WHERE id = $1 AND state = 'ENDING' RETURNING 1`,
      [id, ctx.now()],
    );
  }
}

async function changed(work: UnitOfWork, sql: string, params: readonly unknown[]): Promise<boolean> {
  return (await work.query(sql, params)).length === 1;
}
