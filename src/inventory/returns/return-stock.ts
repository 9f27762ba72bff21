import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { AppError, invalid, notFound } from '../../platform/errors';
import { LotRefusals } from '../inventory.refusals';
import { InventoryStore } from '../inventory.store';
import type { LotDoses } from '../shipments/allocation-rules';
import { asShipment } from '../shipments/shipment-view';
import { type ReturnReason, type ShipmentRow, ShipmentsStore } from '../shipments/shipments.store';
import { today } from '../stock';
import { refusalToDraw } from '../stock-rules';
import { Counts } from '../units/counts';
import type { CountedLot } from '../units/unit-rules';
import type { ReturnStockResult } from './return.graphql';
import { isFit, returnExcess } from './return-rules';
import { ReturnRefusals } from './returns.refusals';

export interface ReturnStockInput {
  idempotencyKey: string;
  /** Who sent it, and with which shipment. */
  facilityId: string;
  shipmentId: string;
  reason: ReturnReason;
  lots: readonly CountedLot[];
}

/**
 * What a shipment brought goes back to who sent it, lot by lot. It is set aside now and leaves as any shipment does.
 * What is unfit can go back though it can go nowhere else (decision 0039).
 */
@Injectable()
export class ReturnStock {
  constructor(
    private readonly database: Database,
    private readonly stock: InventoryStore,
    private readonly store: ShipmentsStore,
    private readonly places: Places,
    private readonly counts: Counts,
    private readonly refusals: ReturnRefusals,
    private readonly lotRefusals: LotRefusals,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND for no such shipment, STATE_FORBIDS for one not received, INVALID_INPUT for a lot named twice. */
  run(ctx: Context, input: ReturnStockInput): Promise<typeof ReturnStockResult> {
    mayAnywhere(ctx, 'stock.return');
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        const shipment = await this.store.shipment(work, input.facilityId, input.shipmentId);
        if (!shipment) throw notFound();
        const { toFacilityId, state } = shipment;
        may(ctx, 'stock.return', await this.places.of(work, toFacilityId));
        if (state !== 'RECEIVED') throw new AppError('STATE_FORBIDS', { state });
        if (new Set(input.lots.map(({ lotId }) => lotId)).size < input.lots.length)
          throw invalid('lots', 'inventory.invalid.lotTwice');
        const lots = await this.counts.ofLots(work, input.lots);
        const made = await once(ctx, work, input.idempotencyKey, input, () =>
          this.setAside(ctx, work, shipment, { reason: input.reason, lots }),
        );
        return asShipment((await this.store.shipment(work, toFacilityId, made!.id))!);
      }),
    );
  }

  private async setAside(
    ctx: Context,
    work: UnitOfWork,
    { facilityId: senderId, id: returnsId, toFacilityId: facilityId, lines }: ShipmentRow,
    { reason, lots }: { reason: ReturnReason; lots: readonly LotDoses[] },
  ): Promise<string> {
    await this.check(ctx, work, { facilityId, returnsId, lines }, { reason, lots });
    const route = { facilityId, toFacilityId: senderId, returnsId, returnReason: reason, lots };
    const shipmentId = await this.store.add(ctx, work, route);
    for (const { lotId, doses } of lots) {
      const move = { facilityId, lotId, doses, from: 'on-hand', to: 'allocated' } as const;
      const why = { reason: 'returning', referenceId: shipmentId, day: today(ctx) };
      // The rows are locked: what the rule let through is there.
      if (!(await this.stock.takeAnyway(ctx, work, { ...move, ...why }))) throw new AppError('CONFLICT');
    }
    this.audit.record(ctx, work, {
      action: 'stock.return',
      resource: { type: 'shipment', id: shipmentId },
      facilityId,
      detail: { toFacilityId: senderId, returns: returnsId, reason, lots: lots.length },
    });
    return shipmentId;
  }

  private async check(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, returnsId, lines }: Pick<ShipmentRow, 'facilityId' | 'returnsId' | 'lines'>,
    { reason, lots }: { reason: ReturnReason; lots: readonly LotDoses[] },
  ): Promise<void> {
    const lotIds = lots.map(({ lotId }) => lotId);
    await this.stock.lockLots(work, facilityId, lotIds);
    const here = await this.stock.lotsWhere(
      work,
      lotIds.map(lotId => ({ facilityId, lotId })),
    );
    const before = await this.store.returnsOf(work, facilityId, returnsId!);
    const excess = returnExcess(lots, lines, before, here);
    if (excess.length > 0) throw new Refused(this.refusals.tooMuch(ctx, excess));
    for (const lot of isFit(reason) ? here : []) {
      const refusal = refusalToDraw(lot, 0, today(ctx), ctx.now());
      if (refusal) throw new Refused(this.lotRefusals.of(ctx, refusal, lot.id, lot));
    }
  }
}
