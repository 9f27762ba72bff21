import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { civilDayOf, type Page, type PageRequest, pageOf } from '../../common';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, type UnitOfWork } from '../../platform/database';
import { invalid, notFound } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { Jobs } from '../../platform/jobs';
import { type Cell, monthsFault } from './extract-rules';
import { ExtractDecided, ExtractNeedsSecondPerson } from './extract.refusals';
import { cursorOf, type ExtractRow, ExtractsStore } from './extracts.store';
import { MAKE_EXTRACT } from './make-extract';

/**
 * Figures for research about nobody in particular: an analyst asks, the data protection officer decides, a job makes
 * them.
 */
@Injectable()
export class RequestExtract {
  constructor(
    private readonly database: Database,
    private readonly store: ExtractsStore,
    private readonly jobs: Jobs,
    private readonly texts: Texts,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws INVALID_INPUT for months that are not over, not whole, or too many. */
  run(
    ctx: Context,
    input: { fromMonth: string; untilMonth: string; purpose: string; idempotencyKey: string },
  ): Promise<ExtractRow> {
    may(ctx, 'extract.request');
    const { idempotencyKey, ...asked } = input;
    const fault = monthsFault(asked.fromMonth, asked.untilMonth, civilDayOf(ctx.now(), ctx.tenant!.timeZone));
    if (fault) throw invalid('fromMonth', fault);
    return this.database.write(ctx, async work => {
      const made = await once(ctx, work, idempotencyKey, asked, async () => {
        const id = await this.store.ask(ctx, work, asked);
        this.note(ctx, work, 'extract.request', id);
        return id;
      });
      return (await this.store.one(work, made!.id))!;
    });
  }

  /** Approved, it is made by a job. Throws NOT_FOUND. */
  decide(
    ctx: Context,
    input: { extractId: string; approve: boolean },
  ): Promise<ExtractRow | ExtractNeedsSecondPerson | ExtractDecided> {
    may(ctx, 'extract.decide');
    return this.database.write(ctx, async work => {
      const row = await this.store.one(work, input.extractId);
      if (!row) throw notFound();
      if (row.askedBy === ctx.actor.id) return this.refuse(ctx, ExtractNeedsSecondPerson, 'secondPerson');
      if (!(await this.store.decide(ctx, work, row.id, input.approve ? 'MAKING' : 'DECLINED')))
        return this.refuse(ctx, ExtractDecided, 'decided');
      if (input.approve) await this.jobs.request(ctx, work, MAKE_EXTRACT, { extractId: row.id }, row.id);
      this.note(ctx, work, input.approve ? 'extract.approve' : 'extract.decline', row.id);
      return (await this.store.one(work, row.id))!;
    });
  }

  /** Throws NOT_FOUND. */
  one(ctx: Context, id: string): Promise<ExtractRow> {
    may(ctx, 'extract.read');
    return this.database.read(ctx, work => this.known(work, id));
  }

  /** None until it is ready. Throws NOT_FOUND. */
  cells(ctx: Context, id: string, page: PageRequest): Promise<Page<Cell>> {
    may(ctx, 'extract.read');
    return this.database.read(ctx, async work => {
      const { state } = await this.known(work, id);
      this.note(ctx, work, 'extract.read', id);
      return pageOf(state === 'READY' ? await this.store.cells(work, id, page) : [], page.first, cursorOf);
    });
  }

  private async known(work: UnitOfWork, id: string): Promise<ExtractRow> {
    const row = await this.store.one(work, id);
    if (!row) throw notFound();
    return row;
  }

  private note(ctx: Context, work: UnitOfWork, action: string, id: string): void {
    this.audit.record(ctx, work, { action, resource: { type: 'dose-extract', id } });
  }

  private refuse<Refusal extends object>(ctx: Context, Kind: new () => Refusal, key: string): Refusal {
    return Object.assign(new Kind(), { message: this.texts.say(ctx, `vaccinations.extract.${key}`) });
  }
}
