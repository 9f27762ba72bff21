import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';
import type { IndexedColumn } from './indexed-columns';

/** A row with a blind index: its key as texts, and the index when it is stored under an older key. */
export interface IndexedRow {
  key: string[];
  older: Buffer | null;
}

/** Reads and replaces blind indexes, whatever table they are in; the names come from the modules' own code. */
@Injectable()
export class IndexedColumnsStore {
  /** The rows after a key, in their order; with the index of those that are stored under an older key than `number`. */
  after(
    work: UnitOfWork,
    { table, column, key }: IndexedColumn,
    after: readonly string[] | null,
    number: number,
    most: number,
  ): Promise<IndexedRow[]> {
    const columns = key.map(name => `t.${name}`).join(', ');
    const places = key.map((_, i) => `$${i + 2}`).join(', ');
    const under = `CASE WHEN length(t.${column}) = 32 THEN 1 ELSE get_byte(t.${column}, 0) * 256 + get_byte(t.${column}, 1) END`;
    return work.query(
      `SELECT ARRAY[${key.map(name => `t.${name}::text`).join(', ')}] AS key,
              CASE WHEN t.${column} IS NOT NULL AND ${under} < $1 THEN t.${column} END AS older
       FROM ${table} t ${after ? `WHERE (${columns}) > (${places})` : ''} ORDER BY ${columns} LIMIT ${most}`,
      [number, ...(after ?? [])],
    );
  }

  /**
   * Puts an index in the place of another; false where somebody has the row locked, or has changed it. Waits for nobody,
   * and so no two can wait for each other through it.
   */
  async replace(
    work: UnitOfWork,
    { table, column, key }: IndexedColumn,
    row: IndexedRow,
    index: Buffer,
  ): Promise<boolean> {
    const where = key.map((name, i) => `${name} = $${i + 3}`).join(' AND ');
    const replaced = await work.query(
      `UPDATE ${table} SET ${column} = $1
       WHERE ctid = (SELECT ctid FROM ${table} WHERE ${column} = $2 AND ${where} FOR UPDATE SKIP LOCKED) RETURNING 1`,
      [index, row.older, ...row.key],
    );
    return replaced.length === 1;
  }
}
