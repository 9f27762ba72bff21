import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import { Places } from '../facilities';
import { isAllowed, mayAnywhere } from '../platform/access';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { AppError, notFound } from '../platform/errors';
import { Outbox } from '../platform/events';
import { lotReleased } from './inventory.events';
import { InventoryStore, type LotHoldRow } from './inventory.store';

export interface ReleaseLotInput {
  lotId: string;
  holdId: string;
  /** A ReleaseReason. */
  reason: string;
}

/** Ends one hold of a lot. To end it again changes nothing. */
@Injectable()
export class ReleaseLot {
  constructor(
    private readonly database: Database,
    private readonly store: InventoryStore,
    private readonly places: Places,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Throws NOT_FOUND for a hold that is not there or that covers more than the caller may decide on, STATE_FORBIDS for
   * one that only what placed it can end.
   */
  run(ctx: Context, { lotId, holdId, reason }: ReleaseLotInput): Promise<LotHoldRow> {
    mayAnywhere(ctx, 'stock.hold');
    return this.database.write(ctx, async work => {
      const hold = await this.store.hold(work, lotId, holdId);
      if (!hold) throw notFound();
      const place = hold.facilityId ? await this.places.of(work, hold.facilityId) : {};
      if (!isAllowed(ctx, 'stock.hold', place)) throw notFound();
      if (hold.endedBy !== 'RELEASE') throw new AppError('STATE_FORBIDS', { state: hold.endedBy });
      if (!(await this.store.releaseHold(ctx, work, hold, reason))) return hold;
      this.audit.record(ctx, work, {
        action: 'stock.hold',
        resource: { type: 'lot', id: lotId },
        ...(hold.facilityId && { facilityId: hold.facilityId }),
        detail: { holdId, released: reason },
      });
      this.outbox.announce(ctx, work, lotReleased, lotId, {
        lotId,
        holdId,
        facilityId: hold.facilityId,
      });
      return (await this.store.hold(work, lotId, holdId))!;
    });
  }
}
