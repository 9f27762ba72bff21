import { Injectable, type OnModuleInit } from '@nestjs/common';
import { firstIdAt } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { type JobAtHand, type JobPart, Jobs, type SliceDone } from '../../platform/jobs';
import { DataKeysStore } from './data-keys.store';
import { type SealedColumn, SealedColumns } from './sealed-columns';
import { type SealedRow, SealedColumnsStore } from './sealed-columns.store';
import { TenantKeys } from './tenant-keys';

export const RE_ENCRYPT = 'tenancy.re-encrypt';

/** Which column, after which row, and the number of the key that everything is to be sealed with. */
interface Cursor {
  column: number;
  after: string[] | null;
  number: number;
}

const AT_ONCE = 1_000;

/**
 * How long before a job the newest key must have been made for that job to forget the older ones: by then no process
 * seals with them, however long it has been asleep, so what the job has not seen is not sealed with them either.
 */
const SETTLED_MS = 86_400_000;

/**
 * Seals everything anew that an older key of the country sealed, column by column side by side, while others read and
 * write: an old key opens as long as it is stored. Asked for when a key is made, and each day until no older key is left.
 */
@Injectable()
export class ReEncrypt implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly keys: TenantKeys,
    private readonly dataKeys: DataKeysStore,
    private readonly columns: SealedColumns,
    private readonly store: SealedColumnsStore,
  ) {}

  onModuleInit(): void {
    this.jobs.on<object, Cursor>(RE_ENCRYPT, {
      daily: true,
      plan: (_ctx, work) => this.plan(work),
      slice: (ctx, work, job) => this.slice(ctx, work, job.cursor),
      finish: (_ctx, work, job) => this.forget(work, job),
    });
  }

  private async plan(work: UnitOfWork): Promise<JobPart<Cursor>[]> {
    const { number, older } = await this.keys.newest(work);
    if (!older) return [];
    return this.columns.all().map((_, column) => ({ cursor: { column, after: null, number }, total: null }));
  }

  private async slice(ctx: Context, work: UnitOfWork, cursor: Cursor): Promise<SliceDone<Cursor>> {
    const column = this.columns.all()[cursor.column]!;
    const rows = await this.store.after(work, column, cursor.after, cursor.number, AT_ONCE);
    for (const row of rows) if (row.sealed) await this.sealAnew(ctx, work, column, row, cursor.number);
    const next = rows.length < AT_ONCE ? null : { ...cursor, after: rows.at(-1)!.key };
    return { cursor: next, done: rows.filter(({ sealed }) => sealed).length };
  }

  private async sealAnew(
    ctx: Context,
    work: UnitOfWork,
    column: SealedColumn,
    row: SealedRow,
    number: number,
  ): Promise<void> {
    const place = column.place?.(row.key) ?? { ...column, row: row.key.at(-1)! };
    const plain = await this.keys.openBytes(ctx, place, row.sealed!);
    const sealed = await this.keys.sealBytesUnder(ctx, place, plain, number);
    await this.store.replace(work, column, row, sealed);
  }

  private async forget(work: UnitOfWork, job: JobAtHand<object>): Promise<void> {
    const { number, createdAt } = await this.keys.newest(work);
    const settled = firstIdAt(new Date(createdAt.getTime() + SETTLED_MS));
    if (settled < job.id) await this.dataKeys.forgetBefore(work, 'columns', number);
  }
}
