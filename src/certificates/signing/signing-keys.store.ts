import type { JsonWebKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';

/** A signer as its country keeps it; the private key is wrapped. */
export interface SigningKeyRow {
  /** 1 for the first; the highest signs. */
  number: number;
  kid: string;
  publicJwk: JsonWebKey;
  wrappedPrivateKey: Buffer;
  madeAt: Date;
}

/** What everybody may know of a signer. */
export interface ListedKey {
  kid: string;
  tenantCode: string;
  publicJwk: JsonWebKey;
  notBefore: Date;
  withdrawnAt: Date | null;
}

const LISTED = `kid, tenant_code AS "tenantCode", public_jwk AS "publicJwk", not_before AS "notBefore",
  withdrawn_at AS "withdrawnAt"`;

/** Signers: the country's own table, and the directory of all countries' public keys on the platform plane. */
@Injectable()
export class SigningKeysStore {
  /** The key that signs now; null before the first was made. */
  async newest(work: UnitOfWork): Promise<SigningKeyRow | null> {
    const [row] = await work.query<SigningKeyRow>(
      `SELECT number, kid, public_jwk AS "publicJwk", wrapped_private_key AS "wrappedPrivateKey", made_at AS "madeAt"
       FROM signing_key ORDER BY number DESC LIMIT 1`,
    );
    return row ?? null;
  }

  /** Adds a signer; false when another process has just made the one of this number. */
  async add(ctx: Context, work: UnitOfWork, key: SigningKeyRow): Promise<boolean> {
    const rows = await work.query(
      `INSERT INTO signing_key (number, kid, public_jwk, wrapped_private_key, made_by, made_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (number) DO NOTHING RETURNING number`,
      [key.number, key.kid, JSON.stringify(key.publicJwk), key.wrappedPrivateKey, ctx.actor.id, key.madeAt],
    );
    return rows.length === 1;
  }

  /** Notes that a key is withdrawn; false when it was before, or is none of ours. */
  async noteWithdrawal(ctx: Context, work: UnitOfWork, kid: string, reason: string): Promise<boolean> {
    const rows = await work.query(
      `INSERT INTO signing_key_withdrawal (kid, reason, withdrawn_by, at) SELECT kid, $2, $3, $4 FROM signing_key WHERE kid = $1
       ON CONFLICT (kid) DO NOTHING RETURNING kid`,
      [kid, reason, ctx.actor.id, ctx.now()],
    );
    return rows.length === 1;
  }

  /** Lists a public key for everybody. Needs a unit of work on the platform plane; to list it again changes nothing. */
  async list(work: UnitOfWork, tenantCode: string, key: SigningKeyRow): Promise<void> {
    await work.query(
      `INSERT INTO signing_key_directory (kid, tenant_code, public_jwk, not_before) VALUES ($1, $2, $3, $4)
       ON CONFLICT (kid, tenant_code) DO NOTHING`,
      [key.kid, tenantCode, JSON.stringify(key.publicJwk), key.madeAt],
    );
  }

  /** All keys under a kid, of whatever country. Platform plane. */
  listedAs(work: UnitOfWork, kid: string): Promise<ListedKey[]> {
    return work.query(`SELECT ${LISTED} FROM signing_key_directory WHERE kid = $1 ORDER BY tenant_code`, [
      kid,
    ]);
  }

  /** A country's keys, newest first. Platform plane. */
  listedOf(work: UnitOfWork, tenantCode: string): Promise<ListedKey[]> {
    return work.query(
      `SELECT ${LISTED} FROM signing_key_directory WHERE tenant_code = $1 ORDER BY not_before DESC, kid`,
      [tenantCode],
    );
  }

  /** From now on nothing signed with this key is believed; to say so again changes nothing. Platform plane. */
  async withdraw(work: UnitOfWork, tenantCode: string, kid: string, at: Date): Promise<void> {
    await work.query(
      `UPDATE signing_key_directory SET withdrawn_at = $3 WHERE tenant_code = $1 AND kid = $2 AND withdrawn_at IS NULL`,
      [tenantCode, kid, at],
    );
  }
}
