import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../../audit';
import { Places } from '../../../facilities';
import { IdentityStore } from '../../../identity';
import { may, mayAnywhere } from '../../../platform/access';
import type { Context } from '../../../platform/context';
import { Database, once, type UnitOfWork } from '../../../platform/database';
import { AppError, invalid, notFound } from '../../../platform/errors';
import { Jobs } from '../../../platform/jobs';
import { MOST_ROWS, PAPER_COLUMNS, type PaperRow, readPaper } from './paper-file';
import type { PaperBatch } from './paper.graphql';
import { type PaperBatchRow, PaperStore } from './paper.store';
import { RECORD_PAPER } from './record-paper';

export interface EnterPaperInput {
  idempotencyKey: string;
  facilityId: string;
  register: string;
  lateCause: string;
  vaccinatorId?: string | null;
  doubleEntry: boolean;
  csv: string;
}

const RECORD = 'vaccination.record-late';

/** A register on paper comes in: kept row by row at once, recorded by a job. With double entry, once two people agree. */
@Injectable()
export class EnterPaper {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly staff: IdentityStore,
    private readonly store: PaperStore,
    private readonly jobs: Jobs,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws INVALID_INPUT for a file that is no register, FORBIDDEN where the caller may not record late. */
  async first(ctx: Context, input: EnterPaperInput): Promise<PaperBatch> {
    mayAnywhere(ctx, RECORD);
    const rows = await readOrThrow(input.csv);
    return this.database.write(ctx, async work => {
      may(ctx, RECORD, await this.places.of(work, input.facilityId));
      const { vaccinatorId = null } = input;
      if (vaccinatorId && !(await this.staff.staffAmong(work, [vaccinatorId])).has(vaccinatorId))
        throw invalid('vaccinatorId', 'vaccinations.invalid.vaccinator');
      const made = await once(ctx, work, input.idempotencyKey, input, async () => {
        const { facilityId, register, lateCause, doubleEntry } = input;
        const entered = {
          id: ctx.newId(),
          rows: rows.length,
          enteredBy: ctx.actor.id!,
          enteredAt: ctx.now(),
        };
        const batch: PaperBatchRow = {
          ...entered,
          facilityId,
          register,
          lateCause,
          doubleEntry,
          vaccinatorId,
          againBy: null,
          againAt: null,
        };
        await this.store.add(work, batch, rows);
        await this.begun(ctx, work, batch, !doubleEntry);
        return batch.id;
      });
      return this.view(work, input.facilityId, made!.id);
    });
  }

  /**
   * The same register entered by somebody else. Throws FORBIDDEN for whoever entered it first, CONFLICT when it was
   * entered twice already or takes one entry, NOT_FOUND.
   */
  async again(
    ctx: Context,
    input: { facilityId: string; batchId: string; csv: string },
  ): Promise<PaperBatch> {
    mayAnywhere(ctx, RECORD);
    const rows = await readOrThrow(input.csv);
    return this.database.write(ctx, async work => {
      may(ctx, RECORD, await this.places.of(work, input.facilityId));
      const batch = await this.store.batch(work, input.facilityId, input.batchId);
      if (!batch) throw notFound();
      if (batch.enteredBy === ctx.actor.id) throw new AppError('FORBIDDEN');
      const entry = { by: ctx.actor.id!, at: ctx.now(), rows };
      if (!(await this.store.enterAgain(work, batch, entry))) throw new AppError('CONFLICT');
      await this.begun(ctx, work, batch, true);
      return this.view(work, input.facilityId, batch.id);
    });
  }

  /** How far a register has come. */
  read(ctx: Context, { facilityId, batchId }: { facilityId: string; batchId: string }): Promise<PaperBatch> {
    mayAnywhere(ctx, 'backlog.read');
    return this.database.read(ctx, async work => {
      may(ctx, 'backlog.read', await this.places.of(work, facilityId));
      return this.view(work, facilityId, batchId);
    });
  }

  private async begun(ctx: Context, work: UnitOfWork, batch: PaperBatchRow, record: boolean): Promise<void> {
    const { facilityId, id: batchId, rows, lateCause } = batch;
    if (record) await this.jobs.request(ctx, work, RECORD_PAPER, { facilityId, batchId }, batchId);
    this.audit.record(ctx, work, {
      action: 'vaccination.enter-paper',
      resource: { type: 'paper-batch', id: batchId },
      facilityId,
      detail: { rows, lateCause, entry: ctx.actor.id === batch.enteredBy ? 1 : 2 },
    });
  }

  private async view(work: UnitOfWork, facilityId: string, id: string): Promise<PaperBatch> {
    const batch = await this.store.batch(work, facilityId, id);
    if (!batch) throw notFound();
    return { ...batch, ...(await this.store.counts(work, batch)) };
  }
}

async function readOrThrow(csv: string): Promise<PaperRow[]> {
  const rows = await readPaper(csv);
  if (!rows)
    throw invalid('csv', 'vaccinations.invalid.paper', {
      columns: PAPER_COLUMNS.join(', '),
      most: MOST_ROWS,
    });
  return rows;
}
