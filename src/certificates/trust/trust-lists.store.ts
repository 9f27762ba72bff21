import type { JsonWebKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ReadTrustList, TrustedSigner } from '../../codecs/trust-lists';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';

/** A trust list as it stands. */
export interface TrustListRow {
  code: string;
  validUntil: Date;
  importedAt: Date;
  signers: number;
  issuers: string[];
}

/** The newest list of each code, as long as it counts at `$1`. */
const IN_FORCE = `(
  SELECT l.list_id FROM trust_list l
  WHERE l.valid_until > $1
    AND l.list_id = (SELECT n.list_id FROM trust_list n WHERE n.code = l.code ORDER BY n.list_id DESC LIMIT 1))`;
const SIGNER = `kid, issuer, public_jwk AS "publicJwk", usages, is_authority AS "isAuthority", not_after AS "notAfter"`;

/** The trust lists that a country imported; a later one of the same code takes the place of the one before. */
@Injectable()
export class TrustListsStore {
  async add(
    ctx: Context,
    work: UnitOfWork,
    list: { id: string; code: string; validUntil: Date },
    { signers, contexts }: Pick<ReadTrustList, 'signers' | 'contexts'>,
  ): Promise<void> {
    await work.query(
      `INSERT INTO trust_list (list_id, code, valid_until, imported_by, imported_at) VALUES ($1, $2, $3, $4, $5)`,
      [list.id, list.code, list.validUntil, ctx.actor.id, ctx.now()],
    );
    await work.query(
      `INSERT INTO trusted_key (list_id, entry, kid, issuer, public_jwk, usages, is_authority, not_after)
       SELECT $1, entry, one ->> 'kid', one ->> 'issuer', one -> 'publicJwk',
              ARRAY(SELECT jsonb_array_elements_text(one -> 'usages')), (one ->> 'isAuthority')::boolean,
              (one ->> 'notAfter')::timestamptz
       FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS listed (one, entry)`,
      [list.id, JSON.stringify(signers)],
    );
    await work.query(
      `INSERT INTO trusted_context (list_id, address, document)
       SELECT $1, address, document FROM jsonb_each($2::jsonb) AS listed (address, document)`,
      [list.id, JSON.stringify(contexts)],
    );
  }

  /** The newest list of each code, past ones included, by code. */
  newest(work: UnitOfWork): Promise<TrustListRow[]> {
    return work.query(
      `SELECT DISTINCT ON (l.code) l.code, l.valid_until AS "validUntil", l.imported_at AS "importedAt",
              (SELECT count(*)::int FROM trusted_key k WHERE k.list_id = l.list_id) AS signers,
              ARRAY(SELECT DISTINCT k.issuer FROM trusted_key k WHERE k.list_id = l.list_id ORDER BY 1) AS issuers
       FROM trust_list l ORDER BY l.code, l.list_id DESC`,
    );
  }

  /** Signers that certificates name so, believed at `at`. */
  signersNamed(work: UnitOfWork, kid: string, at: Date): Promise<TrustedSigner[]> {
    return work.query(
      `SELECT ${SIGNER} FROM trusted_key
       WHERE kid = $2 AND (not_after IS NULL OR not_after >= $1) AND list_id IN ${IN_FORCE} ORDER BY list_id, entry`,
      [at, kid],
    );
  }

  /** Authorities of an issuer, believed at `at`. */
  authoritiesOf(work: UnitOfWork, issuer: string, at: Date): Promise<TrustedSigner[]> {
    return work.query(
      `SELECT ${SIGNER} FROM trusted_key
       WHERE issuer = $2 AND is_authority AND (not_after IS NULL OR not_after >= $1) AND list_id IN ${IN_FORCE}
       ORDER BY list_id, entry`,
      [at, issuer],
    );
  }

  /** Every authority believed at `at`. */
  authorities(work: UnitOfWork, at: Date): Promise<TrustedSigner[]> {
    return work.query(
      `SELECT ${SIGNER} FROM trusted_key
       WHERE is_authority AND (not_after IS NULL OR not_after >= $1) AND list_id IN ${IN_FORCE}
       ORDER BY issuer, list_id, entry`,
      [at],
    );
  }

  /** Every signer believed at `at`, authorities left out. */
  signers(work: UnitOfWork, at: Date): Promise<(TrustedSigner & { kid: string; publicJwk: JsonWebKey })[]> {
    return work.query(
      `SELECT ${SIGNER} FROM trusted_key
       WHERE kid IS NOT NULL AND (not_after IS NULL OR not_after >= $1) AND list_id IN ${IN_FORCE}
       ORDER BY issuer, kid, list_id, entry`,
      [at],
    );
  }

  /** Contexts by address, believed at `at`. */
  async contexts(work: UnitOfWork, at: Date): Promise<Map<string, object>> {
    const rows = await work.query<{ address: string; document: object }>(
      `SELECT address, document FROM trusted_context WHERE list_id IN ${IN_FORCE} ORDER BY list_id`,
      [at],
    );
    return new Map(rows.map(({ address, document }) => [address, document]));
  }
}
