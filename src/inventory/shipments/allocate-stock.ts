import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { AppError, invalid } from '../../platform/errors';
import { InventoryStore } from '../inventory.store';
import { today } from '../stock';
import { Counts } from '../units/counts';
import type { CountedProduct } from '../units/unit-rules';
import { firstExpiredFirstOut, type LotDoses } from './allocation-rules';
import type { AllocateStockResult } from './shipment.graphql';
import { asShipment } from './shipment-view';
import { ShipmentRefusals } from './shipments.refusals';
import { ShipmentsStore } from './shipments.store';

export interface AllocateStockInput {
  idempotencyKey: string;
  facilityId: string;
  toFacilityId: string;
  products: readonly CountedProduct[];
}

/** What is to be set aside, for whom, and for which requisition of theirs. */
export interface SetAside extends Omit<AllocateStockInput, 'idempotencyKey' | 'products'> {
  /** In the unit that each is counted in. */
  products: readonly { productCode: string; doses: number }[];
  requisitionId?: string;
}

/** Stock is set aside for another facility: first expired, first out, and only what may be given. */
@Injectable()
export class AllocateStock {
  constructor(
    private readonly database: Database,
    private readonly stock: InventoryStore,
    private readonly store: ShipmentsStore,
    private readonly places: Places,
    private readonly counts: Counts,
    private readonly refusals: ShipmentRefusals,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws INVALID_INPUT for a product named twice and for the facility itself. */
  run(ctx: Context, input: AllocateStockInput): Promise<typeof AllocateStockResult> {
    mayAnywhere(ctx, 'stock.despatch');
    const { facilityId, toFacilityId, products } = input;
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        may(ctx, 'stock.despatch', await this.places.of(work, facilityId));
        await this.places.of(work, toFacilityId);
        if (toFacilityId === facilityId) throw invalid('toFacilityId', 'inventory.invalid.sameFacility');
        if (new Set(products.map(({ productCode }) => productCode)).size < products.length)
          throw invalid('products', 'inventory.invalid.productTwice');
        const asked = await this.counts.ofProducts(ctx, work, products);
        const made = await once(ctx, work, input.idempotencyKey, input, () =>
          this.setAside(ctx, work, { facilityId, toFacilityId, products: asked }),
        );
        return asShipment((await this.store.shipment(work, facilityId, made!.id))!);
      }),
    );
  }

  /**
   * Sets stock aside in the caller's unit of work, whose permission is the caller's to check; the shipment's id.
   * Refused with NotEnoughStock.
   */
  async setAside(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, toFacilityId, requisitionId, products }: SetAside,
  ): Promise<string> {
    const lots = await this.choose(ctx, work, { facilityId, products });
    const shipmentId = await this.store.add(ctx, work, { facilityId, toFacilityId, requisitionId, lots });
    for (const { lotId, doses } of lots) {
      const move = { facilityId, lotId, doses, from: 'on-hand', to: 'allocated' } as const;
      const entered = await this.stock.draw(ctx, work, {
        ...move,
        reason: 'allocated',
        referenceId: shipmentId,
        day: today(ctx),
      });
      // The rows are locked: what the rule let through the statement lets through.
      if (!entered) throw new AppError('CONFLICT');
    }
    this.audit.record(ctx, work, {
      action: 'stock.allocate',
      resource: { type: 'shipment', id: shipmentId },
      facilityId,
      detail: { toFacilityId, lots: lots.length },
    });
    return shipmentId;
  }

  private async choose(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, products }: Pick<SetAside, 'facilityId' | 'products'>,
  ): Promise<LotDoses[]> {
    const codes = products.map(({ productCode }) => productCode);
    const ids = await this.stock.lotIdsOf(work, facilityId, codes);
    await this.stock.lockLots(work, facilityId, ids);
    const lots = await this.stock.lotsWhere(
      work,
      ids.map(lotId => ({ facilityId, lotId })),
    );
    const chosen = products.map(({ productCode, doses }) => ({
      productCode,
      ...firstExpiredFirstOut(
        lots.filter(lot => lot.productCode === productCode),
        doses,
        today(ctx),
        ctx.now(),
      ),
    }));
    const missing = chosen.filter(({ short }) => short > 0);
    if (missing.length > 0) throw new Refused(this.refusals.notEnough(ctx, missing));
    return chosen.flatMap(({ lots }) => lots);
  }
}
