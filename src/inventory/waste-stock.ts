import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import { Places } from '../facilities';
import { may, mayAnywhere } from '../platform/access';
import type { Context } from '../platform/context';
import { Database, once, type UnitOfWork } from '../platform/database';
import { invalid, notFound } from '../platform/errors';
import { Outbox } from '../platform/events';
import { Frost } from './frost';
import { stockWasted } from './inventory.events';
import type { StockItem } from './inventory.graphql';
import { type LotExpired, type LotNotInStock, type LotOnHold, LotRefusals } from './inventory.refusals';
import { InventoryStore } from './inventory.store';
import { ReadStock } from './read-stock';
import { today } from './stock';
import { countOrThrow } from './units/counts';
import { type Counted, fitsUnit } from './units/unit-rules';

export interface WasteStockInput extends Counted {
  idempotencyKey: string;
  facilityId: string;
  lotId: string;
  /** A WasteReason. */
  reason: string;
}

/** Doses or pieces are thrown away or missing, whatever the state of their lot. */
@Injectable()
export class WasteStock {
  constructor(
    private readonly database: Database,
    private readonly store: InventoryStore,
    private readonly places: Places,
    private readonly frost: Frost,
    private readonly read: ReadStock,
    private readonly refusals: LotRefusals,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Throws NOT_FOUND for a lot that the facility never had, INVALID_INPUT for frost that does not harm it. */
  async run(
    ctx: Context,
    input: WasteStockInput,
  ): Promise<StockItem | LotNotInStock | LotExpired | LotOnHold> {
    mayAnywhere(ctx, 'stock.waste');
    const bears = await this.frost.bearing(ctx);
    return this.database.write(ctx, async work => {
      may(ctx, 'stock.waste', await this.places.of(work, input.facilityId));
      const lot = await this.store.lotAt(work, input.facilityId, input.lotId);
      if (!lot) throw notFound();
      if (bears(lot.productCode, [input.reason])) throw invalid('reason', 'inventory.invalid.bearsFreezing');
      if (!fitsUnit(lot.unit, { reasons: [input.reason] }))
        throw invalid('reason', 'inventory.invalid.onlyVaccines');
      const doses = countOrThrow(lot.unit, input, lot.unit === 'DOSE' ? 'doses' : 'pieces');
      const wasted = await once(ctx, work, input.idempotencyKey, input, () =>
        this.enter(ctx, work, { ...input, doses }),
      );
      if (!wasted) {
        const now = await this.store.lotAt(work, input.facilityId, input.lotId);
        return this.refusals.of(ctx, 'not-in-stock', input.lotId, now);
      }
      return this.read.item(ctx, work, input.facilityId, input.lotId);
    });
  }

  private async enter(
    ctx: Context,
    work: UnitOfWork,
    input: WasteStockInput & { doses: number },
  ): Promise<string | null> {
    const { facilityId, lotId, doses, reason } = input;
    const moveId = await this.store.waste(ctx, work, {
      facilityId,
      lotId,
      from: 'on-hand',
      to: 'wasted',
      doses,
      reason,
      referenceId: null,
      day: today(ctx),
    });
    if (!moveId) return null;
    this.audit.record(ctx, work, {
      action: 'stock.waste',
      resource: { type: 'lot', id: lotId },
      facilityId,
      detail: { doses, reason },
    });
    this.outbox.announce(ctx, work, stockWasted, facilityId, { facilityId, lotId, moveId });
    return moveId;
  }
}
