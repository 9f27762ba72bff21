import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';
import { markOf } from './sealed-bytes';
import type { SealedColumn } from './sealed-columns';

/** A row of a sealed column: its key as texts, and the value when it is to be sealed anew. */
export interface SealedRow {
  key: string[];
  sealed: Buffer | null;
}

/** Reads and replaces sealed values, whatever table they are in; the names come from the modules' own code. */
@Injectable()
export class SealedColumnsStore {
  /** The rows after a key, in their order; with the value of those that another key of the country than `number` sealed. */
  after(
    work: UnitOfWork,
    { table, column, key }: SealedColumn,
    after: readonly string[] | null,
    number: number,
    most: number,
  ): Promise<SealedRow[]> {
    const columns = key.map(name => `t.${name}`).join(', ');
    const places = key.map((_, i) => `$${i + 4}`).join(', ');
    return work.query(
      `SELECT ARRAY[${key.map(name => `t.${name}::text`).join(', ')}] AS key,
              CASE WHEN length(t.${column}) > 0 AND substr(t.${column}, 1, $1) NOT IN ($2, $3) THEN t.${column} END AS sealed
       FROM ${table} t ${after ? `WHERE (${columns}) > (${places})` : ''} ORDER BY ${columns} LIMIT ${most}`,
      [MARKED, markOf({ kind: 'tenant', number }), markOf({ kind: 'person' }), ...(after ?? [])],
    );
  }

  /** Puts a value in the place of another; not where somebody has put a third meanwhile. */
  async replace(
    work: UnitOfWork,
    { table, column, key }: SealedColumn,
    row: { key: readonly string[]; sealed: Buffer | null },
    sealed: Buffer,
  ): Promise<void> {
    const where = key.map((name, i) => `${name} = $${i + 3}`).join(' AND ');
    await work.query(`UPDATE ${table} SET ${column} = $1 WHERE ${column} = $2 AND ${where}`, [
      sealed,
      row.sealed,
      ...row.key,
    ]);
  }
}

const MARKED = markOf({ kind: 'person' }).length;
