import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';

/** What a key is for: sealing columns, or making blind indexes. */
export type KeyPurpose = 'columns' | 'indexes';

/** A data key as it is stored: wrapped by the key management. */
export interface DataKeyRow {
  purpose: KeyPurpose;
  number: number;
  wrapped: Buffer;
  createdAt: Date;
  /** Of a key of indexes: since when nothing is stored under it. */
  emptiedAt: Date | null;
}

@Injectable()
export class DataKeysStore {
  /** All of them, oldest first. */
  all(work: UnitOfWork): Promise<DataKeyRow[]> {
    return work.query(
      `SELECT purpose, number, wrapped, created_at AS "createdAt", emptied_at AS "emptiedAt" FROM data_key
       ORDER BY purpose, number`,
    );
  }

  /** Keeps a key unless there is one of this purpose and number. */
  async add(ctx: Context, work: UnitOfWork, key: Omit<DataKeyRow, 'createdAt' | 'emptiedAt'>): Promise<void> {
    await work.query(
      `INSERT INTO data_key (id, purpose, number, wrapped, created_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (purpose, number) DO NOTHING`,
      [ctx.newId(), key.purpose, key.number, key.wrapped, ctx.now()],
    );
  }

  /** Forgets the keys of a purpose before one; which numbers went. What they sealed never opens again. */
  async forgetBefore(work: UnitOfWork, purpose: KeyPurpose, number: number): Promise<number[]> {
    const gone = await work.query<{ number: number }>(
      `DELETE FROM data_key WHERE purpose = $1 AND number < $2 RETURNING number`,
      [purpose, number],
    );
    return gone.map(row => row.number);
  }

  /** Keeps that nothing is stored any more under the index keys before one. */
  async emptyBefore(work: UnitOfWork, number: number, now: Date): Promise<void> {
    await work.query(
      `UPDATE data_key SET emptied_at = $2 WHERE purpose = 'indexes' AND number < $1 AND emptied_at IS NULL`,
      [number, now],
    );
  }
}
