import { Injectable } from '@nestjs/common';

/** A column whose values are sealed, each in its own place. */
export interface SealedColumn {
  table: string;
  column: string;
  /** The columns of its table's primary key, in their order; after them, others that say where a value is sealed. */
  key: readonly string[];
  /** Where a row is sealed; when it is not said, in its own table and column, by the last part of its key. */
  place?: (key: readonly string[]) => { table: string; column: string; row: string };
}

/** Every sealed column of a country. Modules add theirs at start; whoever changes keys goes through them all. */
@Injectable()
export class SealedColumns {
  private readonly columns: SealedColumn[] = [];

  add(...columns: readonly SealedColumn[]): void {
    this.columns.push(...columns);
  }

  all(): readonly SealedColumn[] {
    return this.columns;
  }
}
