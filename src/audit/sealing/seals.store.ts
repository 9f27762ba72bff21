import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';
import type { SealedEntry, SealHead } from './seal-rules';

/** A seal as it is stored. */
export interface Seal extends Omit<SealHead, 'trail'> {
  entryIds: string[];
  /** The greatest of `entryIds`. */
  lastId: string;
  key: string;
  signature: Buffer;
}

const SEAL = `number, extract(epoch FROM sealed_at)::text AS "sealedAt", cardinality(entry_ids) AS entries,
  encode(root, 'hex') AS root, encode(previous, 'hex') AS previous, last_id AS "lastId", key, signature`;

const ENTRY = `id, extract(epoch FROM at)::text AS at, actor_kind AS "actorKind", actor_id AS "actorId",
  actor_roles AS "actorRoles", action, resource_type AS "resourceType", resource_id AS "resourceId", person_id AS "personId",
  facility_id AS "facilityId", purpose, address, trace_id AS "traceId", detail::text AS detail`;

/** Seals of one trail: of the plane that the unit of work is on. */
@Injectable()
export class SealsStore {
  /** The newest seal; null before the first. */
  async last(work: UnitOfWork): Promise<Omit<Seal, 'entryIds'> | null> {
    const [row] = await work.query<Omit<Seal, 'entryIds'>>(
      `SELECT ${SEAL} FROM audit_seal ORDER BY number DESC LIMIT 1`,
    );
    return row ?? null;
  }

  /** The seals after this one, oldest first, `most` of them at the most. */
  after(work: UnitOfWork, number: number, most: number): Promise<Omit<Seal, 'entryIds'>[]> {
    return work.query(`SELECT ${SEAL} FROM audit_seal WHERE number > $1 ORDER BY number LIMIT $2`, [
      number,
      most,
    ]);
  }

  /** Entries from this id on that no seal covers, oldest first. */
  unsealed(work: UnitOfWork, fromId: string, most: number): Promise<SealedEntry[]> {
    return work.query(
      `WITH sealed AS MATERIALIZED (SELECT unnest(entry_ids) AS id FROM audit_seal WHERE last_id >= $1)
       SELECT ${ENTRY} FROM audit_entry e
       WHERE id >= $1 AND NOT EXISTS (SELECT FROM sealed s WHERE s.id = e.id) ORDER BY e.id LIMIT $2`,
      [fromId, most],
    );
  }

  /** Adds a seal; false when another process has just made the one of this number. */
  async add(work: UnitOfWork, seal: Seal, sealedAt: Date): Promise<boolean> {
    const added = await work.query(
      `INSERT INTO audit_seal (number, sealed_at, entry_ids, last_id, root, previous, key, signature)
       VALUES ($1, $2, $3::uuid[], $4, decode($5, 'hex'), decode($6, 'hex'), $7, $8)
       ON CONFLICT (number) DO NOTHING RETURNING 1`,
      [seal.number, sealedAt, seal.entryIds, seal.lastId, seal.root, seal.previous, seal.key, seal.signature],
    );
    return added.length === 1;
  }
}
