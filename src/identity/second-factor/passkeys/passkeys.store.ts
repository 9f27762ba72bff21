import { Injectable } from '@nestjs/common';
import { isId } from '../../../common';
import type { UnitOfWork } from '../../../platform/database';
import type { AccountKey } from '../../sign-ins/sign-ins.store';

export interface PasskeyRow {
  id: string;
  credentialId: Buffer;
  publicKey: Buffer;
  counter: number;
  transports: string[];
  name: string;
  synced: boolean;
  createdAt: Date;
  usedAt: Date | null;
  refusedAt: Date | null;
}

/** What a challenge is for. */
export type ChallengePurpose = 'REGISTER' | 'PROVE';

const COLUMNS = `id, credential_id AS "credentialId", public_key AS "publicKey", counter::float8 AS counter, transports,
  name, synced, created_at AS "createdAt", used_at AS "usedAt", refused_at AS "refusedAt"`;

@Injectable()
export class PasskeysStore {
  /** An account's own, oldest first. */
  of(work: UnitOfWork, account: AccountKey): Promise<PasskeyRow[]> {
    return work.query(
      `SELECT ${COLUMNS} FROM passkey WHERE account_kind = $1 AND account_id = $2 ORDER BY id`,
      [account.kind, account.id],
    );
  }

  /** Locked until the unit of work ends, so that one counter is seen once. */
  async lock(work: UnitOfWork, account: AccountKey, credentialId: Buffer): Promise<PasskeyRow | null> {
    const [row] = await work.query<PasskeyRow>(
      `SELECT ${COLUMNS} FROM passkey WHERE account_kind = $1 AND account_id = $2 AND credential_id = $3 FOR UPDATE`,
      [account.kind, account.id, credentialId],
    );
    return row ?? null;
  }

  /** False when the credential is an account's already, this one's or another's. */
  async add(
    work: UnitOfWork,
    account: AccountKey,
    row: Omit<PasskeyRow, 'usedAt' | 'refusedAt'>,
  ): Promise<boolean> {
    const added = await work.query(
      `INSERT INTO passkey (account_kind, account_id, id, credential_id, public_key, counter, transports, name, synced,
                            created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (credential_id) DO NOTHING RETURNING id`,
      [
        account.kind,
        account.id,
        row.id,
        row.credentialId,
        row.publicKey,
        row.counter,
        row.transports,
        row.name,
        row.synced,
        row.createdAt,
      ],
    );
    return added.length === 1;
  }

  async use(work: UnitOfWork, account: AccountKey, id: string, counter: number, now: Date): Promise<void> {
    await work.query(
      `UPDATE passkey SET counter = $4, used_at = $5 WHERE account_kind = $1 AND account_id = $2 AND id = $3`,
      [account.kind, account.id, id, counter, now],
    );
  }

  /** It is not believed any more, and still counts as set up: nobody sets up another in its place by a password. */
  async refuse(work: UnitOfWork, account: AccountKey, id: string, now: Date): Promise<void> {
    await work.query(
      `UPDATE passkey SET refused_at = coalesce(refused_at, $4)
       WHERE account_kind = $1 AND account_id = $2 AND id = $3`,
      [account.kind, account.id, id, now],
    );
  }

  /** False when the account has none of that id. */
  async remove(work: UnitOfWork, account: AccountKey, id: string): Promise<boolean> {
    if (!isId(id)) return false;
    const gone = await work.query(
      `DELETE FROM passkey WHERE account_kind = $1 AND account_id = $2 AND id = $3 RETURNING id`,
      [account.kind, account.id, id],
    );
    return gone.length === 1;
  }

  /** In place of the one that this sign-in was asked before for the same purpose. */
  async ask(
    work: UnitOfWork,
    signInId: string,
    asked: { purpose: ChallengePurpose; challenge: Buffer; expiresAt: Date },
  ): Promise<void> {
    await work.query(
      `INSERT INTO passkey_challenge (sign_in_id, purpose, challenge, expires_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (sign_in_id, purpose) DO UPDATE SET challenge = $3, expires_at = $4`,
      [signInId, asked.purpose, asked.challenge, asked.expiresAt],
    );
  }

  /** Takes a challenge so that it is answered once; null when there is none, or its time is over. */
  async take(
    work: UnitOfWork,
    signInId: string,
    purpose: ChallengePurpose,
    now: Date,
  ): Promise<Buffer | null> {
    const [row] = await work.query<{ challenge: Buffer }>(
      `DELETE FROM passkey_challenge WHERE sign_in_id = $1 AND purpose = $2 AND expires_at > $3 RETURNING challenge`,
      [signInId, purpose, now],
    );
    return row?.challenge ?? null;
  }

  /** Forgets challenges that nobody answered, `most` of them at the most; how many. */
  async forgetChallenges(work: UnitOfWork, before: Date, most: number): Promise<number> {
    const gone = await work.query(
      `DELETE FROM passkey_challenge WHERE (sign_in_id, purpose) IN (
         SELECT sign_in_id, purpose FROM passkey_challenge WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)
       RETURNING 1`,
      [before, most],
    );
    return gone.length;
  }
}
