import { Injectable } from '@nestjs/common';
import { firstIdAt, isId } from '../../common';
import type { UnitOfWork } from '../../platform/database';
import type { EndedFor } from './sign-in-rules';

/** Whose sign-ins are meant. */
export interface AccountKey {
  kind: string;
  id: string;
}

export interface SignInRow {
  id: string;
  device: string | null;
  /** Thumbprint of the key that the token is bound to. */
  key: string | null;
  address: string | null;
  startedAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
  endedFor: EndedFor | null;
}

/** Rows that {@link SignInsStore.latest} gives at most. */
const LATEST = 20;

@Injectable()
export class SignInsStore {
  async start(
    work: UnitOfWork,
    account: AccountKey,
    row: Omit<SignInRow, 'endedAt' | 'endedFor'>,
  ): Promise<void> {
    await work.query(
      `INSERT INTO sign_in (id, account_kind, account_id, device, key, address, started_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [row.id, account.kind, account.id, row.device, row.key, row.address, row.startedAt, row.expiresAt],
    );
  }

  /** Ends all that stand but the newest `keep`. */
  async endOldest(work: UnitOfWork, account: AccountKey, keep: number, now: Date): Promise<void> {
    await work.query(
      `UPDATE sign_in SET ended_at = $4, ended_for = 'DISPLACED' WHERE id IN (
         SELECT id FROM sign_in WHERE account_kind = $1 AND account_id = $2 AND ended_at IS NULL AND expires_at > $4
         ORDER BY started_at DESC, id DESC OFFSET $3)`,
      [account.kind, account.id, keep, now],
    );
  }

  /** Whether the account was signed in before on a device that says the same of itself, and with this key if it has one. */
  async isKnownDevice(
    work: UnitOfWork,
    account: AccountKey,
    { device, key }: Pick<SignInRow, 'device' | 'key'>,
  ): Promise<boolean> {
    const rows = await work.query(
      `SELECT 1 FROM sign_in WHERE account_kind = $1 AND account_id = $2 AND device IS NOT DISTINCT FROM $3
         AND ($4::text IS NULL OR key = $4) LIMIT 1`,
      [account.kind, account.id, device, key],
    );
    return rows.length > 0;
  }

  async find(work: UnitOfWork, id: string): Promise<Pick<SignInRow, 'device' | 'address'> | null> {
    const [row] = await work.query<SignInRow>(`SELECT device, address FROM sign_in WHERE id = $1`, [id]);
    return row ?? null;
  }

  /** An account's own, newest first. */
  latest(work: UnitOfWork, account: AccountKey): Promise<SignInRow[]> {
    return work.query(
      `SELECT id, device, key, address, started_at AS "startedAt", expires_at AS "expiresAt", ended_at AS "endedAt",
              ended_for AS "endedFor"
       FROM sign_in WHERE account_kind = $1 AND account_id = $2 ORDER BY started_at DESC, id DESC LIMIT ${LATEST}`,
      [account.kind, account.id],
    );
  }

  /** Ends one that stands; false when the account has none of that id. */
  async endOne(work: UnitOfWork, account: AccountKey, id: string, now: Date): Promise<boolean> {
    if (!isId(id)) return false;
    const ended = await work.query(
      `UPDATE sign_in SET ended_at = $4, ended_for = 'SIGNED_OUT'
       WHERE id = $3 AND account_kind = $1 AND account_id = $2 AND ended_at IS NULL RETURNING id`,
      [account.kind, account.id, id, now],
    );
    return ended.length === 1;
  }

  /** Ends all that stand, but for one; how many there were. */
  async endAll(
    work: UnitOfWork,
    account: AccountKey,
    how: { endedFor: EndedFor; but?: string; now: Date },
  ): Promise<number> {
    const ended = await work.query(
      `UPDATE sign_in SET ended_at = $5, ended_for = $3
       WHERE account_kind = $1 AND account_id = $2 AND id IS DISTINCT FROM $4::uuid AND ended_at IS NULL
         AND expires_at > $5 RETURNING id`,
      [account.kind, account.id, how.endedFor, how.but ?? null, how.now],
    );
    return ended.length;
  }

  /** A second factor was proved once more; false when the sign-in does not stand. */
  async stepUp(work: UnitOfWork, account: AccountKey, id: string, now: Date): Promise<boolean> {
    const stepped = await work.query(
      `UPDATE sign_in SET stepped_up_at = $4
       WHERE id = $3 AND account_kind = $1 AND account_id = $2 AND ended_at IS NULL RETURNING id`,
      [account.kind, account.id, id, now],
    );
    return stepped.length === 1;
  }

  async hasSteppedUp(work: UnitOfWork, id: string): Promise<boolean> {
    const rows = await work.query(`SELECT 1 FROM sign_in WHERE id = $1 AND stepped_up_at IS NOT NULL`, [id]);
    return rows.length === 1;
  }

  /** Those that ended after `since` although their tokens would still hold. */
  endedSince(work: UnitOfWork, since: Date, now: Date): Promise<{ id: string; expiresAt: Date }[]> {
    return work.query(
      `SELECT id, expires_at AS "expiresAt" FROM sign_in WHERE ended_at > $1 AND expires_at > $2`,
      [since, now],
    );
  }

  /** Forgets those that began before an instant, `most` of them at the most; how many. */
  async forget(work: UnitOfWork, before: Date, most: number): Promise<number> {
    const gone = await work.query(
      `DELETE FROM sign_in WHERE id = ANY (ARRAY(SELECT id FROM sign_in WHERE id < $1 ORDER BY id LIMIT $2))
       RETURNING 1`,
      [firstIdAt(before), most],
    );
    return gone.length;
  }
}
