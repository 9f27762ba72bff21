import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { decodeCursor, isId, type Page, pageOf, type PageRequest } from '../../common';
import { civilNow, Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import type { BacklogLine, PendingDose } from './backlog.graphql';
import { type PendingRow, PendingStore } from './pending.store';

/** What clinics gave and the record does not have: the board by facility, cause and age, and the doses themselves. */
@Injectable()
export class ReadBacklog {
  constructor(
    private readonly database: Database,
    private readonly store: PendingStore,
    private readonly places: Places,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws FORBIDDEN beyond the caller's reach, NOT_FOUND for no such facility or area. */
  board(
    ctx: Context,
    { facilityId, areaId }: { facilityId?: string | null; areaId?: string | null },
  ): Promise<BacklogLine[]> {
    mayAnywhere(ctx, 'backlog.read');
    return this.database.read(ctx, async work => {
      if (facilityId) may(ctx, 'backlog.read', await this.places.of(work, facilityId));
      else may(ctx, 'backlog.read', { areaIds: areaId ? await this.places.areaPath(work, areaId) : [] });
      const where = facilityId ? { facilityId, areaId: null } : { facilityId: null, areaId: areaId ?? null };
      return this.store.board(work, where, civilNow(ctx).date);
    });
  }

  /** Pending doses of a facility; every person told of is in the audit trail. */
  doses(
    ctx: Context,
    { facilityId, cause }: { facilityId: string; cause?: string | null },
    page: PageRequest,
  ): Promise<Page<PendingDose>> {
    mayAnywhere(ctx, 'backlog.read');
    return this.database.read(ctx, async work => {
      may(ctx, 'backlog.read', await this.places.of(work, facilityId));
      const after = page.after ? decodeCursor(page.after) : '';
      const rows = await this.store.pendingAt(work, facilityId, {
        cause: cause ?? null,
        after: isId(after) ? after : null,
        limit: page.first + 1,
      });
      const { items, endCursor } = pageOf(rows, page.first, ({ id }) => id);
      for (const row of items) this.note(ctx, work, row, 'backlog.read');
      return { items: items.map(row => ({ ...row, content: JSON.stringify(row.content) })), endCursor };
    });
  }

  /** It will not be recorded as it was told, and leaves the board. Throws CONFLICT when it is not pending any more. */
  async dismiss(
    ctx: Context,
    { facilityId, pendingId, reason }: { facilityId: string; pendingId: string; reason: string },
  ): Promise<boolean> {
    mayAnywhere(ctx, 'backlog.dismiss');
    return this.database.write(ctx, async work => {
      may(ctx, 'backlog.dismiss', await this.places.of(work, facilityId));
      const row = await this.store.pending(work, facilityId, pendingId);
      if (!row) throw notFound();
      const dismissal = { reason, by: ctx.actor.id, at: ctx.now() };
      if (!(await this.store.dismiss(work, facilityId, pendingId, dismissal))) throw new AppError('CONFLICT');
      this.note(ctx, work, row, 'backlog.dismiss');
      return true;
    });
  }

  private note(ctx: Context, work: UnitOfWork, row: PendingRow, action: string): void {
    const { personId } = row.content;
    this.audit.record(ctx, work, {
      action,
      resource: { type: 'pending-dose', id: row.id },
      facilityId: row.facilityId,
      ...(typeof personId === 'string' && isId(personId) ? { personId } : {}),
      detail: { cause: row.cause },
    });
  }
}
