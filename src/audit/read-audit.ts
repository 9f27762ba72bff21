import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, pageOf } from '../common';
import { may } from '../platform/access';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { AuditTrail } from './audit-trail';
import { type AuditFilter, type AuditRow, AuditStore } from './audit.store';

/** An auditor or data protection officer reads the trail of the whole country; that too is in the trail. */
@Injectable()
export class ReadAudit {
  constructor(
    private readonly database: Database,
    private readonly store: AuditStore,
    private readonly audit: AuditTrail,
  ) {}

  run(ctx: Context, filter: AuditFilter, page: PageRequest): Promise<Page<AuditRow>> {
    may(ctx, 'audit.read');
    return this.database.read(ctx, async work => {
      const rows = await this.store.entries(work, filter, page);
      this.audit.record(ctx, work, {
        action: 'audit.read',
        resource: { type: 'audit', id: null },
        ...(filter.personId ? { personId: filter.personId } : {}),
        detail: { asked: Object.keys(filter) },
      });
      return pageOf(rows, page.first, row => row.id);
    });
  }
}
