import { Injectable } from '@nestjs/common';

/** A column whose values are sealed, each in its own place. */
export interface SealedColumn {
  table: string;
  column: string;
  /** The columns of its table's primary key, in their order. */
  key: readonly string[];
  /** What names the row in the sealed place; the last part of the key when it is not said. */
  row?: (key: readonly string[]) => string;
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
