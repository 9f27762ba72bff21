import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { AppError, invalid, notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { receiptDiffered, shipmentReceived } from '../inventory.events';
import { InventoryStore, type Move } from '../inventory.store';
import { isFit } from '../returns/return-rules';
import { today } from '../stock';
import { stateOf } from '../stock-rules';
import { Counts } from '../units/counts';
import { fitsUnit } from '../units/unit-rules';
import { ShelfVvm } from '../vvm/shelf-vvm';
import { isAmiss, isUnexplained, movesOf, type ReceivedLine, receiptFaults } from './receipt-rules';
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
    private readonly counts: Counts,
    private readonly refusals: ShipmentRefusals,
    private readonly shelf: ShelfVvm,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /**
   * To receive it again changes nothing, whatever is counted. Throws NOT_FOUND for no shipment to a facility of the
   * caller's, STATE_FORBIDS for one that has not left, INVALID_INPUT for what is rejected, short or over without a
   * reason, and for a lot that the country does not know.
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
    if (lines.some(isUnexplained)) throw invalid('lines', 'inventory.invalid.receiptReason');
    const faults = receiptFaults(shipment.lines, lines);
    if (faults.length > 0) throw new Refused(this.refusals.differs(ctx, faults));
    const lotIds = lines.map(({ lotId }) => lotId);
    const units = await this.counts.unitsOf(work, lotIds);
    if (units.size < lotIds.length) throw invalid('lines', 'inventory.invalid.lot');
    if (lines.some(line => !fitsUnit(units.get(line.lotId)!, { ...line, reasons: [line.rejectReason] })))
      throw invalid('lines', 'inventory.invalid.onlyVaccines');
    await this.mayBeTakenIn(ctx, work, shipment, lines);
    await this.store.setReceived(work, shipment, lines);
    const sent = new Map(shipment.lines.map(({ lotId, doses }) => [lotId, doses]));
    // In one order, so that two shipments of the same lots to the same place do not wait for each other.
    for (const line of lines.toSorted((one, other) => (one.lotId < other.lotId ? -1 : 1)))
      await this.enter(ctx, work, shipment, line, sent.get(line.lotId) ?? 0);
    const { id, facilityId, toFacilityId } = shipment;
    this.audit.record(ctx, work, {
      action: 'stock.receive-shipment',
      resource: { type: 'shipment', id },
      facilityId: toFacilityId,
      detail: { from: facilityId, short: lotsThat(lines, 'short'), over: lotsThat(lines, 'over') },
    });
    const fact = { facilityId, shipmentId: id, toFacilityId };
    this.outbox.announce(ctx, work, shipmentReceived, toFacilityId, fact);
    if (lines.some(isAmiss)) this.outbox.announce(ctx, work, receiptDiffered, toFacilityId, fact);
  }

  /** What comes back unfit is not taken onto a shelf from which it could be given. */
  private async mayBeTakenIn(
    ctx: Context,
    work: UnitOfWork,
    { returnReason, toFacilityId }: ShipmentRow,
    lines: readonly ReceivedLine[],
  ): Promise<void> {
    if (!returnReason || isFit(returnReason)) return;
    const here = await this.stock.lotsWhere(
      work,
      lines.map(({ lotId }) => ({ facilityId: toFacilityId, lotId })),
    );
    const shut = new Set(here.filter(lot => stateOf(lot, today(ctx)) !== 'AVAILABLE').map(({ id }) => id));
    const open = lines.filter(({ lotId, accepted }) => accepted > 0 && !shut.has(lotId));
    if (open.length > 0) throw new Refused(this.refusals.unfit(ctx, open));
  }

  private async enter(
    ctx: Context,
    work: UnitOfWork,
    { id: referenceId, facilityId, toFacilityId, returnReason }: ShipmentRow,
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
        reason: returnReason ? 'returned' : 'received',
      };
      await this.stock.receive(ctx, work, came);
      // What comes back unfit does not make the shelf that keeps it from use any better.
      if (returnReason && !isFit(returnReason)) continue;
      const seen = line.accepted > 0 ? (line.vvmStage ?? null) : null;
      const where = { facilityId: toFacilityId, lotId: line.lotId, referenceId };
      await this.shelf.arrived(ctx, work, { ...where, seen, source: 'RECEIPT' }, doses);
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

/** Ids of the lots that came short, or over; by how much, the lines say, each in its unit. */
const lotsThat = (lines: readonly ReceivedLine[], part: 'short' | 'over'): string[] =>
  lines.filter(line => line[part] > 0).map(({ lotId }) => lotId);
