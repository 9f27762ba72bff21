import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import { Places } from '../facilities';
import { may, mayAnywhere } from '../platform/access';
import type { Context } from '../platform/context';
import { Database, once } from '../platform/database';
import { notFound } from '../platform/errors';
import { Outbox } from '../platform/events';
import { lotHeld } from './inventory.events';
import { InventoryStore, type LotHoldRow } from './inventory.store';

export interface HoldLotInput {
  idempotencyKey: string;
  lotId: string;
  /** Null or left out: in the whole country, which takes a permission that reaches so far. */
  facilityId?: string | null;
  /** A HoldReason. */
  reason: string;
}

/** A lot must not be used until further notice: from the commit on, no dose of it can be drawn there. */
@Injectable()
export class HoldLot {
  constructor(
    private readonly database: Database,
    private readonly store: InventoryStore,
    private readonly places: Places,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  run(ctx: Context, input: HoldLotInput): Promise<LotHoldRow> {
    mayAnywhere(ctx, 'stock.hold');
    const { lotId, reason } = input;
    const facilityId = input.facilityId ?? null;
    return this.database.write(ctx, async work => {
      may(ctx, 'stock.hold', facilityId ? await this.places.of(work, facilityId) : {});
      if (!(await this.store.lot(work, lotId))) throw notFound();
      const held = await once(ctx, work, input.idempotencyKey, input, async () => {
        const holdId = await this.store.addHold(ctx, work, {
          lotId,
          facilityId,
          reason,
          endedBy: 'RELEASE',
        });
        this.audit.record(ctx, work, {
          action: 'stock.hold',
          resource: { type: 'lot', id: lotId },
          ...(facilityId && { facilityId }),
          detail: { holdId, reason },
        });
        this.outbox.announce(ctx, work, lotHeld, lotId, { lotId, holdId, facilityId });
        return holdId;
      });
      return (await this.store.hold(work, lotId, held!.id))!;
    });
  }
}
