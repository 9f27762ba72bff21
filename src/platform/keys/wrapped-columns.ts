import { Injectable } from '@nestjs/common';
import type { Context } from '../context';

/** A column whose values {@link KeyManagement} wrapped: whoever changes the master key wraps them anew. */
export interface WrappedColumn {
  /** Which planes have the table. */
  planes: readonly ('platform' | 'tenant')[];
  table: string;
  column: string;
  /** The columns that name a row, all of them together no other one. */
  names: readonly string[];
  /** What a value is bound to; `names` as texts, in their order. */
  contextOf: (ctx: Context, names: readonly string[]) => string;
}

/** Every such column. Modules add theirs at start; a test finds one that is missing. */
@Injectable()
export class WrappedColumns {
  private readonly columns: WrappedColumn[] = [];

  add(...columns: readonly WrappedColumn[]): void {
    this.columns.push(...columns);
  }

  of(plane: 'platform' | 'tenant'): readonly WrappedColumn[] {
    return this.columns.filter(({ planes }) => planes.includes(plane));
  }
}
