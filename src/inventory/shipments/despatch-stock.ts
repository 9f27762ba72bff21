import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { AppError, notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { stockDespatched } from '../inventory.events';
import { LotRefusals } from '../inventory.refusals';
import { InventoryStore } from '../inventory.store';
import { isFit } from '../returns/return-rules';
import { today } from '../stock';
import { refusalToDraw } from '../stock-rules';
import { maySend } from './may-send';
import type { DespatchStockResult, StockShipment } from './shipment.graphql';
import { asShipment } from './shipment-view';
import { type ShipmentRow, ShipmentsStore } from './shipments.store';

export interface ShipmentInput {
  facilityId: string;
  shipmentId: string;
}

/** What was set aside leaves, or goes back onto the shelf. */
@Injectable()
export class DespatchStock {
  constructor(
    private readonly database: Database,
    private readonly stock: InventoryStore,
    private readonly store: ShipmentsStore,
    private readonly places: Places,
    private readonly refusals: LotRefusals,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** To despatch again changes nothing. Throws NOT_FOUND, STATE_FORBIDS when it was cancelled. */
  despatch(ctx: Context, input: ShipmentInput): Promise<typeof DespatchStockResult> {
    mayAnywhere(ctx, 'stock.return');
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        const shipment = await this.shipment(ctx, work, input);
        if (shipment.state === 'CANCELLED') throw new AppError('STATE_FORBIDS', { state: shipment.state });
        if (await this.store.advance(ctx, work, shipment, 'ALLOCATED', 'DESPATCHED'))
          await this.leave(ctx, work, shipment);
        return asShipment((await this.store.shipment(work, input.facilityId, input.shipmentId))!);
      }),
    );
  }

  /** To cancel again changes nothing. Throws NOT_FOUND, STATE_FORBIDS when it has left. */
  cancel(ctx: Context, input: ShipmentInput): Promise<StockShipment> {
    mayAnywhere(ctx, 'stock.return');
    return this.database.write(ctx, async work => {
      const shipment = await this.shipment(ctx, work, input);
      const { id, facilityId } = shipment;
      if (await this.store.advance(ctx, work, shipment, 'ALLOCATED', 'CANCELLED')) {
        await this.stock.lockLots(
          work,
          facilityId,
          shipment.lines.map(({ lotId }) => lotId),
        );
        for (const { lotId, doses } of shipment.lines)
          await this.stock.takeBack(ctx, work, {
            facilityId,
            lotId,
            doses,
            from: 'allocated',
            to: 'on-hand',
            reason: 'cancelled',
            referenceId: id,
            day: today(ctx),
          });
        this.record(ctx, work, 'stock.cancel-shipment', shipment);
      } else if (shipment.state !== 'CANCELLED')
        throw new AppError('STATE_FORBIDS', { state: shipment.state });
      return asShipment((await this.store.shipment(work, facilityId, id))!);
    });
  }

  private async shipment(ctx: Context, work: UnitOfWork, input: ShipmentInput): Promise<ShipmentRow> {
    const place = await this.places.of(work, input.facilityId);
    const shipment = await this.store.shipment(work, input.facilityId, input.shipmentId);
    maySend(ctx, shipment, place);
    if (!shipment) throw notFound();
    return shipment;
  }

  /**
   * What was set aside may have expired or been held meanwhile: then nothing of the shipment leaves, unless it goes
   * back for that very reason.
   */
  private async leave(ctx: Context, work: UnitOfWork, shipment: ShipmentRow): Promise<void> {
    const { facilityId, id, returnReason } = shipment;
    const goesUnfit = returnReason !== null && !isFit(returnReason);
    const reason = returnReason ? 'returned' : 'despatched';
    const lotIds = shipment.lines.map(({ lotId }) => lotId);
    await this.stock.lockLots(work, facilityId, lotIds);
    for (const { lotId, doses } of shipment.lines) {
      const lot = await this.stock.lotAt(work, facilityId, lotId);
      const refusal = goesUnfit ? null : refusalToDraw(lot, 0, today(ctx), ctx.now());
      if (refusal) throw new Refused(this.refusals.of(ctx, refusal, lotId, lot));
      const move = { facilityId, lotId, doses, from: 'allocated', to: 'in-transit' } as const;
      await this.stock.pass(ctx, work, { ...move, reason, referenceId: id, day: today(ctx) });
    }
    this.record(ctx, work, 'stock.despatch', shipment);
    const fact = { facilityId, shipmentId: id, toFacilityId: shipment.toFacilityId };
    this.outbox.announce(ctx, work, stockDespatched, facilityId, fact);
  }

  private record(ctx: Context, work: UnitOfWork, action: string, { id, facilityId }: ShipmentRow): void {
    this.audit.record(ctx, work, { action, resource: { type: 'shipment', id }, facilityId });
  }
}
