import { Injectable, type OnModuleInit } from '@nestjs/common';
import { firstIdAt } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { type JobPart, Jobs, type SliceDone } from '../../platform/jobs';
import { DataKeysStore } from './data-keys.store';
import { IndexedColumns } from './indexed-columns';
import { IndexedColumnsStore } from './indexed-columns.store';
import { TenantKeys } from './tenant-keys';

export const RE_INDEX = 'tenancy.re-index';

/** Which column, after which row, and the number of the key under which everything is to be found. */
interface Cursor {
  column: number;
  after: string[] | null;
  number: number;
}

const AT_ONCE = 500;

/**
 * How long before a round the newest key must have been made for that round to empty the older ones: by then nobody has
 * stored anything under those for 23 hours, however long it has been asleep.
 */
const SETTLED_MS = 86_400_000;

/**
 * Stores under the country's newest key every blind index that is stored under an older one, while others look for them
 * and store new ones: an index is found under all keys that are not emptied. Each day until only one is left.
 */
@Injectable()
export class ReIndex implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly keys: TenantKeys,
    private readonly dataKeys: DataKeysStore,
    private readonly columns: IndexedColumns,
    private readonly store: IndexedColumnsStore,
  ) {}

  onModuleInit(): void {
    this.jobs.on<object, Cursor>(RE_INDEX, {
      daily: true,
      plan: (ctx, work) => this.plan(ctx, work),
      slice: (ctx, work, job) => this.slice(ctx, work, job.cursor),
      finish: (ctx, work, job) => this.empty(ctx, work, job.id),
    });
  }

  /** Nothing before every process looks under the new key: until then it would not find what is stored under it. */
  private async plan(ctx: Context, work: UnitOfWork): Promise<JobPart<Cursor>[]> {
    const { number, older } = await this.keys.indexNumbers(ctx, work);
    if (older.length === 0) return [];
    return this.columns.all().map((_, column) => ({ cursor: { column, after: null, number }, total: null }));
  }

  /** A row that somebody has locked is tried again with the others of its slice: at the end of a round none is left. */
  private async slice(ctx: Context, work: UnitOfWork, cursor: Cursor): Promise<SliceDone<Cursor>> {
    const column = this.columns.all()[cursor.column]!;
    const rows = await this.store.after(work, column, cursor.after, cursor.number, AT_ONCE);
    let [done, missed] = [0, 0];
    for (const row of rows) {
      if (!row.older) continue;
      const index = await this.keys.liftedTo(ctx, row.older, cursor.number);
      if (await this.store.replace(work, column, row, index)) done++;
      else missed++;
    }
    if (missed > 0) return { cursor, done };
    return { cursor: rows.length < AT_ONCE ? null : { ...cursor, after: rows.at(-1)!.key }, done };
  }

  private async empty(ctx: Context, work: UnitOfWork, jobId: string): Promise<void> {
    const { number, createdAt } = await this.keys.indexNumbers(ctx, work);
    const settled = firstIdAt(new Date(createdAt.getTime() + SETTLED_MS));
    if (settled < jobId) await this.dataKeys.emptyBefore(work, number, ctx.now());
  }
}
