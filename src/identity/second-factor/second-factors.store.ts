import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';
import type { AccountKey } from '../sign-ins/sign-ins.store';
import { hashOfRecoveryCode } from './recovery-code-rules';

export interface AuthenticatorRow {
  secretSealed: Buffer;
  confirmedAt: Date | null;
  lastStep: number;
}

@Injectable()
export class SecondFactorsStore {
  /** Locked until the unit of work ends, so that one code is taken once. */
  async lock(work: UnitOfWork, account: AccountKey): Promise<AuthenticatorRow | null> {
    const [row] = await work.query<AuthenticatorRow>(
      `SELECT secret_sealed AS "secretSealed", confirmed_at AS "confirmedAt", last_step::float8 AS "lastStep"
       FROM authenticator WHERE account_kind = $1 AND account_id = $2 FOR UPDATE`,
      [account.kind, account.id],
    );
    return row ?? null;
  }

  /** Whether there is an app or a passkey; one that is not believed any more counts, or a thief could set up another. */
  async isSetUp(work: UnitOfWork, account: AccountKey): Promise<boolean> {
    const rows = await work.query(
      `SELECT 1 FROM authenticator WHERE account_kind = $1 AND account_id = $2 AND confirmed_at IS NOT NULL
       UNION ALL SELECT 1 FROM passkey WHERE account_kind = $1 AND account_id = $2`,
      [account.kind, account.id],
    );
    return rows.length > 0;
  }

  async inUse(
    work: UnitOfWork,
    account: AccountKey,
  ): Promise<{ authenticator: boolean; recoveryCodes: number }> {
    const [row] = await work.query<{ authenticator: boolean; recoveryCodes: number }>(
      `SELECT EXISTS (SELECT 1 FROM authenticator
                      WHERE account_kind = $1 AND account_id = $2 AND confirmed_at IS NOT NULL) AS authenticator,
              (SELECT count(*)::int FROM recovery_code
               WHERE account_kind = $1 AND account_id = $2 AND used_at IS NULL) AS "recoveryCodes"`,
      [account.kind, account.id],
    );
    return row!;
  }

  /** Keeps a new secret in place of one that was not confirmed; false when one was. */
  async begin(work: UnitOfWork, account: AccountKey, secretSealed: Buffer, now: Date): Promise<boolean> {
    const begun = await work.query(
      `INSERT INTO authenticator AS a (account_kind, account_id, secret_sealed, begun_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (account_kind, account_id) DO UPDATE SET secret_sealed = $3, begun_at = $4
       WHERE a.confirmed_at IS NULL RETURNING account_id`,
      [account.kind, account.id, secretSealed, now],
    );
    return begun.length === 1;
  }

  async take(work: UnitOfWork, account: AccountKey, step: number, now: Date): Promise<void> {
    await work.query(
      `UPDATE authenticator SET last_step = $3, confirmed_at = coalesce(confirmed_at, $4)
       WHERE account_kind = $1 AND account_id = $2`,
      [account.kind, account.id, step, now],
    );
  }

  async addRecoveryCodes(work: UnitOfWork, account: AccountKey, codes: readonly string[]): Promise<void> {
    await work.query(
      `INSERT INTO recovery_code (account_kind, account_id, code_hash) SELECT $1, $2, unnest($3::bytea[])`,
      [account.kind, account.id, codes.map(hashOfRecoveryCode)],
    );
  }

  /** Takes a code so that it cannot be used again; false for one that is not hers or was used. */
  async useRecoveryCode(work: UnitOfWork, account: AccountKey, hash: Buffer, now: Date): Promise<boolean> {
    const used = await work.query(
      `UPDATE recovery_code SET used_at = $4
       WHERE account_kind = $1 AND account_id = $2 AND code_hash = $3 AND used_at IS NULL RETURNING code_hash`,
      [account.kind, account.id, hash, now],
    );
    return used.length === 1;
  }

  /** She sets up another one when she signs in next. */
  async remove(work: UnitOfWork, account: AccountKey): Promise<void> {
    for (const table of ['recovery_code', 'authenticator', 'passkey'])
      await work.query(`DELETE FROM ${table} WHERE account_kind = $1 AND account_id = $2`, [
        account.kind,
        account.id,
      ]);
  }

  /** The roles that the country says need a second factor; null when it has said nothing. */
  async rolesThatNeedOne(work: UnitOfWork): Promise<readonly string[] | null> {
    const [row] = await work.query<{ rules: { secondFactorRoles?: string[] } }>(
      `SELECT rules FROM sign_in_rules WHERE id = 'current'`,
    );
    return row?.rules.secondFactorRoles ?? null;
  }

  async setRolesThatNeedOne(work: UnitOfWork, roles: readonly string[], now: Date): Promise<void> {
    await work.query(
      `INSERT INTO sign_in_rules AS r (id, rules, changed_at) VALUES ('current', $1, $2)
       ON CONFLICT (id) DO UPDATE SET rules = r.rules || excluded.rules, changed_at = excluded.changed_at`,
      [JSON.stringify({ secondFactorRoles: roles }), now],
    );
  }
}
