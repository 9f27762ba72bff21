import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { Jobs } from '../../platform/jobs';
import { TenantKeys } from '../../tenancy';
import { sealedSheet } from '../sealed-place';
import { PRINT_RUN } from './print-run';
import { type PrintRunRow, PrintRunsStore } from './print-runs.store';
import type { PrintRun } from './printing.graphql';

const PRINT = 'certificate.print';

export interface PrintManyInput {
  idempotencyKey: string;
  facilityId: string;
  personIds: readonly string[];
  language?: string | null;
}

/** Certificates of many people, printed by a job at the place that hands them out. */
@Injectable()
export class PrintMany {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly store: PrintRunsStore,
    private readonly jobs: Jobs,
    private readonly keys: TenantKeys,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws FORBIDDEN where the caller does not print. Who has no certificate is told when the run is done. */
  async request(ctx: Context, input: PrintManyInput): Promise<PrintRun> {
    mayAnywhere(ctx, PRINT);
    return this.database.write(ctx, async work => {
      may(ctx, PRINT, await this.places.of(work, input.facilityId));
      const made = await once(ctx, work, input.idempotencyKey, input, () => this.begin(ctx, work, input));
      return this.view(work, input.facilityId, made!.id);
    });
  }

  /** How far a run is. Throws FORBIDDEN, NOT_FOUND. */
  read(ctx: Context, { facilityId, runId }: { facilityId: string; runId: string }): Promise<PrintRun> {
    mayAnywhere(ctx, PRINT);
    return this.database.read(ctx, async work => {
      may(ctx, PRINT, await this.places.of(work, facilityId));
      return this.view(work, facilityId, runId);
    });
  }

  /** The pages of a sheet, in base64. Each look is in the audit. Throws as {@link read}. */
  async pdf(ctx: Context, run: Pick<PrintRun, 'facilityId' | 'id'>, number: number): Promise<string | null> {
    const sealed = await this.database.read(ctx, async work => {
      may(ctx, PRINT, await this.places.of(work, run.facilityId));
      this.audit.record(ctx, work, {
        action: 'certificate.read-sheet',
        resource: { type: 'print-run', id: run.id },
        facilityId: run.facilityId,
        detail: { sheet: number },
      });
      return this.store.sealedPdf(work, run, number);
    });
    return sealed && this.keys.open(ctx, sealedSheet(run, number), sealed);
  }

  private async begin(ctx: Context, work: UnitOfWork, input: PrintManyInput): Promise<string> {
    const { facilityId } = input;
    const id = await this.jobs.request(ctx, work, PRINT_RUN, { facilityId });
    const run: PrintRunRow = {
      facilityId,
      id,
      personIds: [...new Set(input.personIds)],
      language: input.language ?? null,
      requestedBy: ctx.actor.id!,
      requestedAt: ctx.now(),
    };
    await this.store.add(work, run);
    this.audit.record(ctx, work, {
      action: 'certificate.print-run',
      resource: { type: 'print-run', id },
      facilityId,
      detail: { persons: run.personIds.length },
    });
    return id;
  }

  private async view(work: UnitOfWork, facilityId: string, id: string): Promise<PrintRun> {
    const run = await this.store.run(work, { facilityId, id });
    if (!run) throw notFound();
    const job = await this.jobs.one(work, id);
    return {
      id,
      facilityId,
      requestedAt: run.requestedAt,
      persons: run.personIds.length,
      done: job?.done ?? 0,
      ended: job !== null && !['WAITING', 'RUNNING'].includes(job.state),
      sheets: (await this.store.sheets(work, run)).map(sheet => ({ ...sheet, run: { facilityId, id } })),
    };
  }
}
