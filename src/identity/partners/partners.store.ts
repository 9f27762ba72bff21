import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isId } from '../../common';
import type { UnitOfWork } from '../../platform/database';
import type { TakenAssertion } from './client-assertion';
import type { PartnerKey } from './partner-keys';
import type { PartnerCheck, PartnerKind, PartnerScope, PartnerState } from './partner-rules';

/** A partner as it is kept. */
export interface PartnerRow {
  id: string;
  name: string;
  kind: PartnerKind;
  purpose: string;
  /** E-mail address of whoever answers when something is wrong. */
  contact: string;
  scopes: PartnerScope[];
  requestsPerMinute: number;
  state: PartnerState;
  keys: PartnerKey[];
  registeredAt: Date;
  /** Account of whoever registered or last changed it. */
  changedBy: string;
  certifiedBy: string | null;
  certifiedAt: Date | null;
  /** Why it was suspended. */
  reason: string | null;
}

const ROW = `id, name, kind, purpose, contact, scopes, requests_per_minute AS "requestsPerMinute", state, keys,
  registered_at AS "registeredAt", changed_by AS "changedBy", certified_by AS "certifiedBy",
  certified_at AS "certifiedAt", reason`;
/** More partners than a country has. */
const MOST = 1_000;

@Injectable()
export class PartnersStore {
  async partner(work: UnitOfWork, id: string): Promise<PartnerRow | null> {
    if (!isId(id)) return null;
    const [row] = await work.query<PartnerRow>(`SELECT ${ROW} FROM partner WHERE id = $1`, [id]);
    return row ?? null;
  }

  /** {@link partner}, and whoever changes it at the same moment waits. */
  async lock(work: UnitOfWork, id: string): Promise<PartnerRow | null> {
    if (!isId(id)) return null;
    const [row] = await work.query<PartnerRow>(`SELECT ${ROW} FROM partner WHERE id = $1 FOR UPDATE`, [id]);
    return row ?? null;
  }

  all(work: UnitOfWork): Promise<PartnerRow[]> {
    return work.query(`SELECT ${ROW} FROM partner ORDER BY name, id LIMIT ${MOST}`);
  }

  async save(work: UnitOfWork, row: PartnerRow): Promise<void> {
    await work.query(
      `INSERT INTO partner (id, name, kind, purpose, contact, scopes, requests_per_minute, state, keys, registered_at,
         changed_by, certified_by, certified_at, reason)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, purpose = excluded.purpose,
         contact = excluded.contact, scopes = excluded.scopes, requests_per_minute = excluded.requests_per_minute,
         state = excluded.state, keys = excluded.keys, changed_by = excluded.changed_by,
         certified_by = excluded.certified_by, certified_at = excluded.certified_at, reason = excluded.reason`,
      [
        row.id,
        row.name,
        row.kind,
        row.purpose,
        row.contact,
        row.scopes,
        row.requestsPerMinute,
        row.state,
        JSON.stringify(row.keys),
        row.registeredAt,
        row.changedBy,
        row.certifiedBy,
        row.certifiedAt,
        row.reason,
      ],
    );
  }

  async checks(
    work: UnitOfWork,
    ids: readonly string[],
  ): Promise<{ partnerId: string; name: PartnerCheck }[]> {
    return work.query(
      `SELECT partner_id AS "partnerId", name FROM partner_check WHERE partner_id = ANY ($1) ORDER BY passed_at, name`,
      [ids],
    );
  }

  async addCheck(work: UnitOfWork, id: string, name: PartnerCheck, now: Date): Promise<void> {
    await work.query(
      `INSERT INTO partner_check (partner_id, name, passed_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [id, name, now],
    );
  }

  /** What was shown before counts no more. */
  async forgetChecks(work: UnitOfWork, id: string): Promise<void> {
    await work.query(`DELETE FROM partner_check WHERE partner_id = $1`, [id]);
  }

  /** False when an assertion of this `jti` was taken before. */
  async takeAssertion(work: UnitOfWork, id: string, { jti, expiresAt }: TakenAssertion): Promise<boolean> {
    const taken = await work.query(
      `INSERT INTO partner_assertion (partner_id, jti_hash, expires_at) VALUES ($1, $2, $3)
       ON CONFLICT (partner_id, jti_hash) DO NOTHING RETURNING partner_id`,
      [id, createHash('sha256').update(jti).digest(), expiresAt],
    );
    return taken.length === 1;
  }

  /** Forgets assertions that ended before, `most` of them at the most; how many. */
  async forgetAssertions(work: UnitOfWork, before: Date, most: number): Promise<number> {
    const gone = await work.query(
      `DELETE FROM partner_assertion WHERE (partner_id, jti_hash) IN (
         SELECT partner_id, jti_hash FROM partner_assertion WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)
       RETURNING 1`,
      [before, most],
    );
    return gone.length;
  }

  /**
   * Counts one request in a minute; how many there were in it and how many there may be. Null for a partner that may make
   * none. A process whose clock is behind counts in the minute that another has begun.
   */
  async use(work: UnitOfWork, id: string, minute: Date): Promise<{ used: number; most: number } | null> {
    if (!isId(id)) return null;
    const [row] = await work.query<{ used: number; most: number }>(
      `INSERT INTO partner_use AS u (partner_id, minute, used)
       SELECT id, $2, 1 FROM partner WHERE id = $1 AND state <> 'SUSPENDED'
       ON CONFLICT (partner_id) DO UPDATE SET minute = greatest(u.minute, excluded.minute),
         used = CASE WHEN excluded.minute > u.minute THEN 1 ELSE u.used + 1 END
       RETURNING used, (SELECT requests_per_minute FROM partner WHERE id = $1) AS most`,
      [id, minute],
    );
    return row ?? null;
  }
}
