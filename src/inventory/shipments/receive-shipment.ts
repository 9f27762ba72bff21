import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { AppError, invalid, notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { shipmentReceived } from '../inventory.events';
import { InventoryStore, type Move } from '../inventory.store';
import { today } from '../stock';
import { movesOf, type ReceivedLine, receiptFaults } from './receipt-rules';
import type { ReceiveShipmentResult } from './shipment.graphql';
import { asShipment } from './shipment-view';
import { ShipmentRefusals } from './shipments.refusals';
import { type ShipmentRow, ShipmentsStore } from './shipments.store';

export interface ReceiveShipmentInput {
  facilityId: string;
  shipmentId: string;
  lines: readonly ReceivedLine[];
}

/** A shipment is counted where it arrives: accepted + rejected + short − over is what was sent, lot by lot. */
@Injectable()
export class ReceiveShipment {
  constructor(
    private readonly database: Database,
    private readonly stock: InventoryStore,
    private readonly store: ShipmentsStore,
    private readonly places: Places,
    private readonly refusals: ShipmentRefusals,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /**
   * To receive it again changes nothing, whatever is counted. Throws NOT_FOUND for no shipment to a facility of the
   * caller's, STATE_FORBIDS for one that has not left, INVALID_INPUT for a rejection without its reason.
   */
  run(ctx: Context, input: ReceiveShipmentInput): Promise<typeof ReceiveShipmentResult> {
    mayAnywhere(ctx, 'stock.receive');
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        const shipment = await this.store.shipment(work, input.facilityId, input.shipmentId);
        if (!shipment) throw notFound();
        may(ctx, 'stock.receive', await this.places.of(work, shipment.toFacilityId));
        if (await this.store.advance(ctx, work, shipment, 'DESPATCHED', 'RECEIVED'))
          await this.receive(ctx, work, shipment, input.lines);
        else if (shipment.state !== 'RECEIVED')
          throw new AppError('STATE_FORBIDS', { state: shipment.state });
        return asShipment((await this.store.shipment(work, shipment.facilityId, shipment.id))!);
      }),
    );
  }

  private async receive(
    ctx: Context,
    work: UnitOfWork,
    shipment: ShipmentRow,
    lines: readonly ReceivedLine[],
  ): Promise<void> {
    if (new Set(lines.map(({ lotId }) => lotId)).size < lines.length)
      throw invalid('lines', 'inventory.invalid.lotTwice');
    if (lines.some(({ rejected, rejectReason }) => rejected > 0 && !rejectReason))
      throw invalid('lines', 'inventory.invalid.rejectReason');
    const faults = receiptFaults(shipment.lines, lines);
    if (faults.length > 0) throw new Refused(this.refusals.differs(ctx, faults));
    await this.store.setReceived(work, shipment, lines);
    const received = new Map(lines.map(line => [line.lotId, line]));
    // In one order, so that two shipments of the same lots to the same place do not wait for each other.
    for (const { lotId, doses } of shipment.lines.toSorted((one, other) =>
      one.lotId < other.lotId ? -1 : 1,
    ))
      await this.enter(ctx, work, shipment, received.get(lotId)!, doses);
    const { id, facilityId, toFacilityId } = shipment;
    this.audit.record(ctx, work, {
      action: 'stock.receive-shipment',
      resource: { type: 'shipment', id },
      facilityId: toFacilityId,
      detail: { from: facilityId, short: sumOf(lines, 'short'), over: sumOf(lines, 'over') },
    });
    this.outbox.announce(ctx, work, shipmentReceived, toFacilityId, {
      facilityId,
      shipmentId: id,
      toFacilityId,
    });
  }

  private async enter(
    ctx: Context,
    work: UnitOfWork,
    { id: referenceId, facilityId, toFacilityId }: ShipmentRow,
    line: ReceivedLine,
    shipped: number,
  ): Promise<void> {
    const { sender, receiver, wasted } = movesOf(line, shipped);
    const move = { lotId: line.lotId, referenceId, day: today(ctx) };
    for (const { to, doses } of sender) {
      const left: Move = { ...move, facilityId, from: 'in-transit', to, doses, reason: 'received' };
      await this.stock.pass(ctx, work, left);
    }
    for (const { from, doses } of receiver) {
      const came: Move = {
        ...move,
        facilityId: toFacilityId,
        from,
        to: 'on-hand',
        doses,
        reason: 'received',
      };
      await this.stock.receive(ctx, work, came);
    }
    if (wasted === 0) return;
    const reason = line.rejectReason!;
    const gone: Move = {
      ...move,
      facilityId: toFacilityId,
      from: 'on-hand',
      to: 'wasted',
      doses: wasted,
      reason,
    };
    if (!(await this.stock.waste(ctx, work, gone))) throw new AppError('CONFLICT');
  }
}

const sumOf = (lines: readonly ReceivedLine[], part: 'short' | 'over'): number =>
  lines.reduce((sum, line) => sum + line[part], 0);
