import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { unitCode } from '../../codecs/unit-codes';
import { Places } from '../../facilities';
import { mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { AppError, invalid, notFound } from '../../platform/errors';
import { Counts } from '../units/counts';
import type { CountedLot } from '../units/unit-rules';
import type { LotDoses } from './allocation-rules';
import { BoxesStore } from './boxes.store';
import { maySend } from './may-send';
import { type PackedBox, packingFaults } from './packing-rules';
import type { PackShipmentResult } from './shipment.graphql';
import { asShipment } from './shipment-view';
import { ShipmentRefusals } from './shipments.refusals';
import { ShipmentsStore } from './shipments.store';

export interface PackShipmentInput {
  facilityId: string;
  shipmentId: string;
  /** `lots` left out: all of the shipment, which is then in one box. */
  boxes: readonly { unit: string; into?: string | null; lots?: readonly CountedLot[] | null }[];
}

/**
 * Says which handling units carry a shipment, before it leaves or while it is on its way, so that what befalls a box
 * befalls its doses, and a recall finds them.
 */
@Injectable()
export class PackShipment {
  constructor(
    private readonly database: Database,
    private readonly store: ShipmentsStore,
    private readonly boxes: BoxesStore,
    private readonly places: Places,
    private readonly counts: Counts,
    private readonly refusals: ShipmentRefusals,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * What is said last holds; to say the same again changes nothing. Throws NOT_FOUND, STATE_FORBIDS once the shipment was
   * received or put back, INVALID_INPUT for what is no unit's code and for a unit, or a lot in it, that is named twice.
   */
  run(
    ctx: Context,
    { facilityId, shipmentId, boxes }: PackShipmentInput,
  ): Promise<typeof PackShipmentResult> {
    mayAnywhere(ctx, 'stock.return');
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        const place = await this.places.of(work, facilityId);
        await this.store.lock(work, facilityId, shipmentId);
        const shipment = await this.store.shipment(work, facilityId, shipmentId);
        maySend(ctx, shipment, place);
        if (!shipment) throw notFound();
        const { state, lines } = shipment;
        if (state !== 'ALLOCATED' && state !== 'DESPATCHED') throw new AppError('STATE_FORBIDS', { state });
        const packed = packedIn(await this.told(work, boxes), lines);
        const faults = packingFaults(lines, packed);
        if (faults.length > 0) throw new Refused(this.refusals.packing(ctx, faults));
        await this.boxes.put(work, shipment, packed);
        this.audit.record(ctx, work, {
          action: 'stock.pack',
          resource: { type: 'shipment', id: shipmentId },
          facilityId,
          detail: { boxes: packed.length },
        });
        return asShipment((await this.store.shipment(work, facilityId, shipmentId))!);
      }),
    );
  }

  private async told(work: UnitOfWork, boxes: PackShipmentInput['boxes']): Promise<ToldBox[]> {
    const told: ToldBox[] = [];
    for (const { unit, into, lots } of boxes)
      told.push({ unit, into, lots: lots ? await this.counts.ofLots(work, lots) : null });
    return told;
  }
}

/** A box as it was told, its lots in their units. */
interface ToldBox {
  unit: string;
  into?: string | null;
  lots: readonly LotDoses[] | null;
}

function packedIn(boxes: readonly ToldBox[], lines: readonly LotDoses[]): PackedBox[] {
  const packed = boxes.map(({ unit, into, lots }) => ({
    unitId: codeOf(unit),
    intoUnitId: into ? codeOf(into) : null,
    lots: lots ?? lines,
  }));
  if (packed.some(({ unitId, intoUnitId }) => unitId === intoUnitId))
    throw invalid('boxes', 'inventory.invalid.box');
  if (new Set(packed.map(({ unitId }) => unitId)).size < packed.length)
    throw invalid('boxes', 'inventory.invalid.boxTwice');
  if (packed.some(({ lots }) => new Set(lots.map(({ lotId }) => lotId)).size < lots.length))
    throw invalid('boxes', 'inventory.invalid.lotTwice');
  return packed.map(({ lots, ...box }) => ({
    ...box,
    lots: lots.map(({ lotId, doses }) => ({ lotId, doses })),
  }));
}

function codeOf(unit: string): string {
  const read = unitCode(unit);
  if ('fault' in read) throw invalid('boxes', 'inventory.invalid.box');
  return read.code;
}
