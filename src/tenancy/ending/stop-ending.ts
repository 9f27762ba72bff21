import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import { type EndingRow, TenantEndingsStore } from './tenant-endings.store';

/** One operator is enough to call an ending off, until it has begun. */
@Injectable()
export class StopEnding {
  constructor(
    private readonly database: Database,
    private readonly store: TenantEndingsStore,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND, STATE_FORBIDS when nothing is under way that could be stopped. */
  run(ctx: Context, { code }: { code: string }): Promise<EndingRow> {
    may(ctx, 'tenant.request-ending');
    return this.database.writePlatform(async work => {
      const ending = await this.store.latest(work, code);
      if (!ending) throw notFound();
      if (!(await this.in(ctx, work, code))) throw new AppError('STATE_FORBIDS', { state: ending.state });
      return (await this.store.ending(work, ending.id))!;
    });
  }

  /** In somebody else's unit of work: a country that is resumed is not ended. Whether there was one to stop. */
  async in(ctx: Context, work: UnitOfWork, code: string): Promise<boolean> {
    const isStopped = await this.store.stop(work, code);
    if (isStopped)
      this.audit.record(ctx, work, { action: 'tenant.stop-ending', resource: { type: 'tenant', id: code } });
    return isStopped;
  }
}
