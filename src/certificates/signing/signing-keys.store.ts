import type { JsonWebKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { jwkThumbprint } from '../../codecs';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';

/** The algorithms that countries sign with (RFC 9053): every format needs one of them. */
export type SigningAlgorithm = 'ES256' | 'EdDSA';

/** A signer as its country keeps it; the private key is wrapped. */
export interface SigningKeyRow {
  /** Counts the country's keys, whatever their algorithm, from 1. */
  number: number;
  alg: SigningAlgorithm;
  kid: string;
  publicJwk: JsonWebKey;
  wrappedPrivateKey: Buffer;
  madeAt: Date;
  /** Of its algorithm, the one whose day came last signs. It is listed from the day it was made. */
  signsFrom: Date;
  /** X.509 by the country's authority, DER; an EdDSA key has none. */
  certificate: Buffer | null;
}

/** A country's signing authority; the private key is wrapped. */
export interface SigningAuthorityRow {
  number: number;
  certificate: Buffer;
  wrappedPrivateKey: Buffer;
  madeAt: Date;
}

/** What everybody may know of a signer. */
export interface ListedKey {
  kid: string;
  /** RFC 7638: how a SMART Health Card and a W3C credential name it. */
  thumbprint: string;
  tenantCode: string;
  alg: SigningAlgorithm;
  publicJwk: JsonWebKey;
  certificate: Buffer | null;
  notBefore: Date;
  withdrawnAt: Date | null;
}

const LISTED = `kid, thumbprint, tenant_code AS "tenantCode", alg, public_jwk AS "publicJwk", certificate,
  not_before AS "notBefore", withdrawn_at AS "withdrawnAt"`;
const KEPT = `number, alg, kid, public_jwk AS "publicJwk", wrapped_private_key AS "wrappedPrivateKey", made_at AS "madeAt",
  signs_from AS "signsFrom", certificate`;

/** Signers: the country's own table, and the directory of all countries' public keys on the platform plane. */
@Injectable()
export class SigningKeysStore {
  /**
   * The key of an algorithm that signs at `at`, null before the first was made. Should none have begun yet, by a clock
   * that is behind the one it was made by, the one that begins first.
   */
  async current(work: UnitOfWork, alg: SigningAlgorithm, at: Date): Promise<SigningKeyRow | null> {
    const [row] = await work.query<SigningKeyRow>(
      `SELECT ${KEPT} FROM signing_key k
       WHERE alg = $1 AND NOT EXISTS (SELECT FROM signing_key_withdrawal w WHERE w.kid = k.kid)
       ORDER BY signs_from <= $2 DESC, CASE WHEN signs_from <= $2 THEN signs_from END DESC, signs_from, number DESC
       LIMIT 1`,
      [alg, at],
    );
    return row ?? null;
  }

  /** The key of an algorithm that was made last; perhaps its day is still to come. */
  async newest(work: UnitOfWork, alg: SigningAlgorithm): Promise<SigningKeyRow | null> {
    const [row] = await work.query<SigningKeyRow>(
      `SELECT ${KEPT} FROM signing_key WHERE alg = $1 ORDER BY number DESC LIMIT 1`,
      [alg],
    );
    return row ?? null;
  }

  /** The key of this kid; null for none of ours. */
  async byKid(work: UnitOfWork, kid: string): Promise<SigningKeyRow | null> {
    const [row] = await work.query<SigningKeyRow>(`SELECT ${KEPT} FROM signing_key WHERE kid = $1`, [kid]);
    return row ?? null;
  }

  /** All that were ever made, oldest first. */
  every(work: UnitOfWork): Promise<SigningKeyRow[]> {
    return work.query(`SELECT ${KEPT} FROM signing_key ORDER BY number`);
  }

  /** How many keys were ever made. */
  async count(work: UnitOfWork): Promise<number> {
    const [row] = await work.query<{ count: number }>(
      `SELECT COALESCE(max(number), 0) AS count FROM signing_key`,
    );
    return row!.count;
  }

  /** Adds a signer; false when another process has just made the one of this number. */
  async add(ctx: Context, work: UnitOfWork, key: SigningKeyRow): Promise<boolean> {
    const { number, alg, kid, publicJwk, wrappedPrivateKey, madeAt, signsFrom, certificate } = key;
    const rows = await work.query(
      `INSERT INTO signing_key (number, alg, kid, public_jwk, wrapped_private_key, made_by, made_at, signs_from, certificate)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (number) DO NOTHING RETURNING number`,
      [
        number,
        alg,
        kid,
        JSON.stringify(publicJwk),
        wrappedPrivateKey,
        ctx.actor.id,
        madeAt,
        signsFrom,
        certificate,
      ],
    );
    return rows.length === 1;
  }

  /** The authority that certifies new signers; null before it was made. */
  async authority(work: UnitOfWork): Promise<SigningAuthorityRow | null> {
    const [row] = await work.query<SigningAuthorityRow>(
      `SELECT number, certificate, wrapped_private_key AS "wrappedPrivateKey", made_at AS "madeAt"
       FROM signing_authority ORDER BY number DESC LIMIT 1`,
    );
    return row ?? null;
  }

  /** Adds an authority; false when another process has just made the one of this number. */
  async addAuthority(ctx: Context, work: UnitOfWork, authority: SigningAuthorityRow): Promise<boolean> {
    const { number, certificate, wrappedPrivateKey, madeAt } = authority;
    const rows = await work.query(
      `INSERT INTO signing_authority (number, certificate, wrapped_private_key, made_by, made_at)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT (number) DO NOTHING RETURNING number`,
      [number, certificate, wrappedPrivateKey, ctx.actor.id, madeAt],
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
      `INSERT INTO signing_key_directory (kid, thumbprint, tenant_code, alg, public_jwk, certificate, not_before)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (kid, tenant_code) DO NOTHING`,
      [
        key.kid,
        jwkThumbprint(key.publicJwk),
        tenantCode,
        key.alg,
        JSON.stringify(key.publicJwk),
        key.certificate,
        key.signsFrom,
      ],
    );
  }

  /** All keys under a kid or a thumbprint, of whatever country. Platform plane. */
  listedAs(work: UnitOfWork, name: string): Promise<ListedKey[]> {
    return work.query(
      `SELECT ${LISTED} FROM signing_key_directory WHERE kid = $1 OR thumbprint = $1 ORDER BY tenant_code`,
      [name],
    );
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
