import { Injectable, type OnModuleInit } from '@nestjs/common';
import { isId } from '../../../common';
import type { Context } from '../../../platform/context';
import { Database, type UnitOfWork } from '../../../platform/database';
import { type JobAtHand, type JobPart, Jobs, type SliceDone } from '../../../platform/jobs';
import type { Decision } from '../../recording/dose-call';
import { TakeDoses } from '../../recording/take-doses';
import { KeepPending } from '../keep-pending';
import { PendingCause } from '../pending-rules';
import { PendingStore } from '../pending.store';
import { clientIdOf, isUnclear, PaperCalls, toldBy } from './paper-calls';
import { type PaperBatchRow, PaperStore, type StoredPaperRow } from './paper.store';

export const RECORD_PAPER = 'vaccinations.record-paper';

interface Batch {
  facilityId: string;
  batchId: string;
}
/** The last line that is done. */
type Cursor = { line: number };

const SLICE = 1_000;

/**
 * Records the rows of a register, slice by slice. Each slice commits its doses by itself, known by batch and line: one
 * that is done again after a crash finds what it had made. A row that is no dose is pending.
 */
@Injectable()
export class RecordPaper implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly database: Database,
    private readonly store: PaperStore,
    private readonly pendingDoses: PendingStore,
    private readonly pending: KeepPending,
    private readonly take: TakeDoses,
    private readonly calls: PaperCalls,
  ) {}

  onModuleInit(): void {
    this.jobs.on<Batch, Cursor>(RECORD_PAPER, {
      plan: (_ctx, work, job) => this.plan(work, job),
      slice: (ctx, work, job) => this.slice(ctx, work, job),
    });
  }

  private async plan(work: UnitOfWork, { parameters }: JobAtHand<Batch>): Promise<JobPart<Cursor>[]> {
    const batch = await this.store.batch(work, parameters.facilityId, parameters.batchId);
    return [{ cursor: { line: 0 }, total: batch!.rows }];
  }

  private async slice(
    ctx: Context,
    work: UnitOfWork,
    { parameters, cursor }: JobAtHand<Batch> & { cursor: Cursor },
  ): Promise<SliceDone<Cursor>> {
    const batch = (await this.store.batch(work, parameters.facilityId, parameters.batchId))!;
    const rows = await this.store.rowsAfter(work, batch, { state: null, after: cursor.line }, SLICE);
    const waiting = rows.filter(({ state }) => state === 'ENTERED');
    await this.setAside(ctx, batch, waiting.filter(isUnclear));
    await this.record(
      ctx,
      work,
      batch,
      waiting.filter(row => !isUnclear(row)),
    );
    const last = rows.at(-1);
    return { cursor: last && rows.length === SLICE ? { line: last.line } : null, done: rows.length };
  }

  /** Rows that cannot be read, or were entered otherwise the second time: pending until somebody looks. */
  private async setAside(ctx: Context, batch: PaperBatchRow, rows: readonly StoredPaperRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.database.write(ctx, async work => {
      const ids = await this.pendingDoses.keep(
        work,
        rows.map(row => ({
          id: ctx.newId(),
          facilityId: batch.facilityId,
          source: 'PAPER',
          toldBy: toldBy(batch),
          clientId: clientIdOf(row),
          cause: row.again ? PendingCause.ENTRIES_DIFFER : PendingCause.NOT_RIGHT,
          content: contentOf(batch, row),
          givenOn: null,
          at: ctx.now(),
        })),
      );
      await this.store.settle(
        work,
        batch,
        rows.map(({ line }, index) => ({ line, vaccinationId: null, pendingId: ids[index]! })),
      );
    });
  }

  private async record(
    ctx: Context,
    work: UnitOfWork,
    batch: PaperBatchRow,
    rows: readonly StoredPaperRow[],
  ): Promise<void> {
    if (rows.length === 0) return;
    const calls = await this.calls.of(ctx, work, batch, rows);
    const rowOf = new Map(calls.map((call, index) => [call, rows[index]!]));
    const inOrder = [...calls].sort((a, b) => (a.input.givenOn! < b.input.givenOn! ? -1 : 1));
    await this.take.run(inOrder, async (own, taken, decisions) => {
      const told = taken.map((call, index) => {
        const row = rowOf.get(call)!;
        const told = {
          clientId: clientIdOf(row),
          content: contentOf(batch, row),
          givenOn: row.cells.given_on!,
        };
        return { call, told, decision: decisions[index]! };
      });
      const ids = await this.pending.run(own, 'PAPER', told);
      await this.store.settle(
        own,
        batch,
        told.map(({ call, decision }, index) => ({
          line: rowOf.get(call)!.line,
          vaccinationId: vaccinationIn(decision),
          pendingId: ids[index]!,
        })),
      );
    });
  }
}

const contentOf = (
  { register }: PaperBatchRow,
  { line, cells, again, fault, field }: StoredPaperRow,
): object => ({
  register,
  line,
  ...cells,
  ...(isId(cells.person ?? '') ? { personId: cells.person } : {}),
  ...(again ? { again } : {}),
  ...(fault ? { fault, field } : {}),
});

const vaccinationIn = (decision: Decision): string | null =>
  'dose' in decision ? decision.dose.id : 'earlierId' in decision ? decision.earlierId : null;
