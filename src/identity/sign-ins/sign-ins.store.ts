import { Injectable } from '@nestjs/common';
import { firstIdAt, isId } from '../../common';
import type { UnitOfWork } from '../../platform/database';
import type { KeyBoundKind } from './key-bound-rules';
import type { CameByIssuer, EndedFor } from './sign-in-rules';

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

  /** Whose tokens the country says are bound to a key; null when it has said nothing. */
  async keyBoundKinds(work: UnitOfWork): Promise<readonly KeyBoundKind[] | null> {
    const [row] = await work.query<{ rules: { keyBound?: KeyBoundKind[] } }>(
      `SELECT rules FROM sign_in_rules WHERE id = 'current'`,
    );
    return row?.rules.keyBound ?? null;
  }

  async setKeyBoundKinds(work: UnitOfWork, kinds: readonly KeyBoundKind[], now: Date): Promise<void> {
    await work.query(
      `INSERT INTO sign_in_rules AS r (id, rules, changed_at) VALUES ('current', $1, $2)
       ON CONFLICT (id) DO UPDATE SET rules = r.rules || excluded.rules, changed_at = excluded.changed_at`,
      [JSON.stringify({ keyBound: kinds }), now],
    );
  }

  /** Says by which issuer a sign-in to a country came. */
  async cameBy(work: UnitOfWork, id: string, { issuerId, subject, session }: CameByIssuer): Promise<void> {
    await work.query(
      `UPDATE sign_in SET issuer_id = $2, issuer_subject = $3, issuer_session = $4 WHERE id = $1`,
      [id, issuerId, subject, session],
    );
  }

  /** By which issuer it came; null when by none. */
  async issuerOf(work: UnitOfWork, id: string): Promise<CameByIssuer | null> {
    const [row] = await work.query<CameByIssuer>(
      `SELECT issuer_id AS "issuerId", issuer_subject AS subject, issuer_session AS session
       FROM sign_in WHERE id = $1 AND issuer_id IS NOT NULL`,
      [id],
    );
    return row ?? null;
  }

  /**
   * Ends what came by an issuer: one session of it, all of one subject, or everything; how many stood. A session that
   * the issuer did not name when it began goes with its subject.
   */
  async endOfIssuer(
    work: UnitOfWork,
    meant: { issuerId: string; subject: string | null; session: string | null },
    now: Date,
  ): Promise<number> {
    const which = [meant.issuerId, meant.subject, meant.session, now];
    const standing = `issuer_id = $1 AND ended_at IS NULL AND expires_at > $4
      AND ($2::text IS NULL OR issuer_subject = $2)
      AND ($3::text IS NULL OR issuer_session = $3 OR (issuer_session IS NULL AND $2::text IS NOT NULL))`;
    // Waits for whoever is just becoming somebody who is in, so that the second statement sees her new sign-in too.
    await work.query(`SELECT id FROM sign_in WHERE ${standing} ORDER BY id FOR UPDATE`, which);
    const ended = await work.query(
      `UPDATE sign_in SET ended_at = $4, ended_for = 'SIGNED_OUT_BY_ISSUER' WHERE ${standing} RETURNING id`,
      which,
    );
    return ended.length;
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

  /** Whether somebody was let into the account with this key before. */
  async isKnownKey(work: UnitOfWork, account: AccountKey, key: string): Promise<boolean> {
    const rows = await work.query(
      `SELECT 1 FROM sign_in WHERE account_kind = $1 AND account_id = $2 AND key = $3 LIMIT 1`,
      [account.kind, account.id, key],
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

  /** Whether it was ended; whoever would end it now waits until the unit of work ends. */
  async holdEnded(work: UnitOfWork, id: string): Promise<boolean> {
    const [row] = await work.query<{ ended: boolean }>(
      `SELECT ended_at IS NOT NULL AS ended FROM sign_in WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return row?.ended === true;
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
