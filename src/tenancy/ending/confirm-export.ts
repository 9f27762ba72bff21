import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError, invalid, notFound } from '../../platform/errors';
import { type EndingRow, TenantEndingsStore } from './tenant-endings.store';

/** The ministry has confirmed that it has its export (licence 10.4). Its records are kept for the agreed days from now. */
@Injectable()
export class ConfirmExport {
  constructor(
    private readonly database: Database,
    private readonly store: TenantEndingsStore,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Throws NOT_FOUND, INVALID_INPUT for another hash than that of the export, STATE_FORBIDS when there is none to
   * confirm.
   */
  run(
    ctx: Context,
    { endingId, sha256, confirmation }: { endingId: string; sha256: string; confirmation: string },
  ): Promise<EndingRow> {
    may(ctx, 'tenant.request-ending');
    return this.database.writePlatform(async work => {
      const ending = await this.store.ending(work, endingId);
      if (!ending) throw notFound();
      if (ending.state !== 'EXPORTED') throw new AppError('STATE_FORBIDS', { state: ending.state });
      if (ending.exportSha256 !== sha256) throw invalid('sha256', 'validation.exportHash');
      const endsAt = new Date(ctx.now().getTime() + ending.waitDays * 86_400_000);
      if (!(await this.store.confirm(ctx, work, { id: endingId, sha256, confirmation, endsAt })))
        throw new AppError('CONFLICT');
      this.audit.record(ctx, work, {
        action: 'tenant.confirm-export',
        resource: { type: 'tenant', id: ending.tenantCode },
        detail: { endingId, confirmation },
      });
      return (await this.store.ending(work, endingId))!;
    });
  }
}
