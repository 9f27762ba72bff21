import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { type JobAtHand, type JobPart, Jobs, type SliceDone } from '../../platform/jobs';
import { TenantKeys } from '../../tenancy';
import { ReadCertificates } from '../read-certificates';
import { PrintCertificate } from '../rendering/print-certificate';
import { renderCertificatesPdf } from '../rendering/render-certificate-pdf';
import { sealedSheet } from '../sealed-place';
import { type PrintRunRow, PrintRunsStore } from './print-runs.store';

export const PRINT_RUN = 'certificates.print-run';
const FORGET_SHEETS = 'certificates.forget-print-sheets';

/** Certificates on one sheet. They are set in one go of some 50 ms, for which the process does nothing else. */
const TOGETHER = 8;
const KEPT_MS = 24 * 60 * 60 * 1000;
const FORGOTTEN_TOGETHER = 200;

type Run = Pick<PrintRunRow, 'facilityId' | 'id'>;
type Parameters = Pick<PrintRunRow, 'facilityId'>;
/** How many people are done. */
type Cursor = { done: number };

/** Sets the certificates of a run, sheet by sheet, and deletes the sheets of yesterday's runs. */
@Injectable()
export class PrintRunJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly store: PrintRunsStore,
    private readonly certificates: ReadCertificates,
    private readonly print: PrintCertificate,
    private readonly keys: TenantKeys,
    private readonly audit: AuditTrail,
  ) {}

  onModuleInit(): void {
    this.jobs.on<Parameters, Cursor>(PRINT_RUN, {
      plan: (_ctx, work, job) => this.plan(work, job),
      slice: (ctx, work, job) => this.slice(ctx, work, job),
    });
    this.jobs.on<object, object>(FORGET_SHEETS, {
      daily: true,
      plan: async () => [{ cursor: {}, total: null }],
      slice: (ctx, work) => this.forget(ctx, work),
    });
  }

  private async plan(work: UnitOfWork, job: JobAtHand<Parameters>): Promise<JobPart<Cursor>[]> {
    const run = (await this.store.run(work, runOf(job)))!;
    return [{ cursor: { done: 0 }, total: run.personIds.length }];
  }

  private async slice(
    ctx: Context,
    work: UnitOfWork,
    { cursor, ...job }: JobAtHand<Parameters> & { cursor: Cursor },
  ): Promise<SliceDone<Cursor>> {
    const run = (await this.store.run(work, runOf(job)))!;
    const personIds = run.personIds.slice(cursor.done, cursor.done + TOGETHER);
    await this.sheet(ctx, work, run, personIds, cursor.done / TOGETHER + 1);
    const done = cursor.done + personIds.length;
    return { cursor: done < run.personIds.length ? { done } : null, done: personIds.length };
  }

  private async sheet(
    ctx: Context,
    work: UnitOfWork,
    run: PrintRunRow,
    personIds: readonly string[],
    number: number,
  ): Promise<void> {
    const standing = await this.certificates.standingOf(ctx, work, personIds);
    const certificates = personIds.flatMap(id => standing.get(id) ?? []);
    const views = await this.print.views(ctx, work, certificates, run.language);
    const pdf = views.length === 0 ? null : Buffer.from(renderCertificatesPdf(views)).toString('base64');
    const sealed = pdf === null ? null : await this.keys.seal(ctx, sealedSheet(run, number), pdf);
    const without = personIds.filter(id => !standing.has(id));
    await this.store.addSheet(work, run, { number, printed: views.length, without }, sealed);
    for (const { id, personId } of certificates)
      this.audit.record(onBehalfOf(ctx, run), work, {
        action: 'certificate.print',
        resource: { type: 'certificate', id },
        personId,
        facilityId: run.facilityId,
        detail: { run: run.id },
      });
  }

  private async forget(ctx: Context, work: UnitOfWork): Promise<SliceDone<object>> {
    const before = new Date(ctx.now().getTime() - KEPT_MS);
    const done = await this.store.forget(work, before, FORGOTTEN_TOGETHER);
    return { cursor: done < FORGOTTEN_TOGETHER ? null : {}, done };
  }
}

/** A run has the id of its job. */
const runOf = ({ id, parameters }: JobAtHand<Parameters>): Run => ({ ...parameters, id });

/** The job prints; whoever asked for the run answers for it. */
const onBehalfOf = (ctx: Context, { requestedBy }: PrintRunRow): Context => ({
  ...ctx,
  actor: { kind: 'staff', id: requestedBy, grants: [] },
});
