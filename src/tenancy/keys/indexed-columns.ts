import { Injectable } from '@nestjs/common';

/** A column of blind indexes. */
export interface IndexedColumn {
  table: string;
  column: string;
  /** The columns of its table's primary key, in their order. */
  key: readonly string[];
}

/**
 * Every column of blind indexes of a country. Modules add theirs at start; whoever changes the key goes through them
 * all.
 */
@Injectable()
export class IndexedColumns {
  private readonly columns: IndexedColumn[] = [];

  add(...columns: readonly IndexedColumn[]): void {
    this.columns.push(...columns);
  }

  all(): readonly IndexedColumn[] {
    return this.columns;
  }
}
