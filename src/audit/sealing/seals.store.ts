import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';
import type { SealHead } from './seal-rules';

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

/** An entry's columns in the order of docs/audit.md, each as JSON. */
const COLUMNS = [
  'id::text',
  'extract(epoch FROM at)::text',
  'actor_kind',
  'actor_id',
  'actor_roles',
  'action',
  'resource_type',
  'resource_id',
  'person_id::text',
  'facility_id::text',
  'purpose',
  'address',
  'trace_id',
  'detail::text',
].map(column => `coalesce(to_json(${column})::text, 'null')`);

/**
 * The hash of an entry as a leaf, made where the entry is: PostgreSQL escapes a text in JSON as JSON.stringify does, and
 * whoever checks the trail makes the same bytes of the row by herself. Taking fourteen columns out costs more than this.
 */
const LEAF = `sha256('\\x00'::bytea || convert_to('[' || concat_ws(',', ${COLUMNS.join(', ')}) || ']', 'UTF8'))`;

/** The greatest id under any seal: a seal of late entries alone has a smaller one than the seal before it. */
const GREATEST = `(SELECT last_id FROM audit_seal ORDER BY last_id DESC LIMIT 1)`;
/** No id is smaller. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** An entry that no seal covers. */
export interface Unsealed {
  id: string;
  leaf: Buffer;
}

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

  /** Entries after all that are sealed, oldest first. No seal is looked into: none covers them. */
  fresh(work: UnitOfWork, most: number): Promise<Unsealed[]> {
    return work.query(
      `SELECT id, ${LEAF} AS leaf FROM audit_entry WHERE id > coalesce(${GREATEST}, $2) ORDER BY id LIMIT $1`,
      [most, NO_ID],
    );
  }

  /** Entries from this id on that were committed after later ones had been sealed, oldest first. */
  late(work: UnitOfWork, fromId: string, most: number): Promise<Unsealed[]> {
    return work.query(
      `WITH sealed AS MATERIALIZED (SELECT unnest(entry_ids) AS id FROM audit_seal WHERE last_id >= $1)
       SELECT id, ${LEAF} AS leaf FROM audit_entry e
       WHERE id >= $1 AND id <= ${GREATEST} AND NOT EXISTS (SELECT FROM sealed s WHERE s.id = e.id)
       ORDER BY e.id LIMIT $2`,
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
