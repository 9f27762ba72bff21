import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';

/** Rows in a batch: a cursor holds no more of a table in memory. */
const BATCH = 1_000;

/** Every table of a country, as its own login sees it. To be used in a snapshot. */
@Injectable()
export class TenantRowsStore {
  /** Names of the tables that the login may read, in alphabetical order. */
  async tables(work: UnitOfWork): Promise<string[]> {
    const rows = await work.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c
       WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
         AND has_table_privilege(c.oid, 'SELECT') ORDER BY c.relname`,
    );
    return rows.map(({ name }) => name);
  }

  /** The rows of a table as JSON objects of its columns, in batches. `table` is one of {@link tables}. */
  async *rows(work: UnitOfWork, table: string): AsyncGenerator<readonly string[]> {
    const name = `"${table.replaceAll('"', '""')}"`;
    await work.query(
      `DECLARE exported NO SCROLL CURSOR FOR SELECT row_to_json(t)::text AS line FROM ${name} t`,
    );
    for (;;) {
      const rows = await work.query<{ line: string }>(`FETCH ${BATCH} FROM exported`);
      if (rows.length === 0) break;
      yield rows.map(({ line }) => line);
    }
    await work.query('CLOSE exported');
  }
}
