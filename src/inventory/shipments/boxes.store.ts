import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';
import type { StockUnit } from '../units/unit-rules';
import type { PackedBox } from './packing-rules';
import type { ShipmentRow, ShipmentState } from './shipments.store';

/** What of a lot of a shipment is in a handling unit, in the unit of the lot. */
export interface BoxedLot {
  unitId: string;
  /** The unit that it stands in, as whoever packed it says; null: nobody said. A scan of the box knows better. */
  intoUnitId: string | null;
  /** Who sends. */
  facilityId: string;
  shipmentId: string;
  toFacilityId: string;
  state: ShipmentState;
  lotId: string;
  productCode: string;
  unit: StockUnit;
  doses: number;
  /** When it was set aside: it was packed after that, and nobody says when. */
  since: Date;
  /** When it was counted where it arrived; null until then. */
  until: Date | null;
}

const BOXED = `b.unit_id AS "unitId", b.into_unit_id AS "intoUnitId", b.facility_id AS "facilityId", b.shipment_id AS "shipmentId", b.lot_id AS "lotId", b.doses,
  l.product_code AS "productCode", l.unit, s.to_facility_id AS "toFacilityId", s.state, s.allocated_at AS since, s.received_at AS until
  FROM stock_shipment_box b JOIN stock_shipment s ON s.facility_id = b.facility_id AND s.id = b.shipment_id
    JOIN lot l ON l.id = b.lot_id`;

/** Which handling units carry shipments. */
@Injectable()
export class BoxesStore {
  /** From now on these carry a shipment, and no others. */
  async put(
    work: UnitOfWork,
    { facilityId, id }: Pick<ShipmentRow, 'facilityId' | 'id'>,
    boxes: readonly PackedBox[],
  ): Promise<void> {
    await work.query(`DELETE FROM stock_shipment_box WHERE facility_id = $1 AND shipment_id = $2`, [
      facilityId,
      id,
    ]);
    const packed = boxes.flatMap(({ unitId, intoUnitId, lots }) =>
      lots.map(lot => ({ unitId, intoUnitId, ...lot })),
    );
    await work.query(
      `INSERT INTO stock_shipment_box (facility_id, shipment_id, unit_id, lot_id, doses, into_unit_id)
       SELECT $1::uuid, $2::uuid, p."unitId", p."lotId", p.doses, p."intoUnitId"
       FROM json_to_recordset($3::json) AS p("unitId" text, "intoUnitId" text, "lotId" uuid, doses integer)`,
      [facilityId, id, JSON.stringify(packed)],
    );
  }

  /** What these units carry or carried of shipments that were not put back, the oldest shipment first. */
  inUnits(work: UnitOfWork, unitIds: readonly string[]): Promise<BoxedLot[]> {
    return work.query(
      `SELECT ${BOXED} WHERE b.unit_id = ANY ($1::text[]) AND s.state <> 'CANCELLED'
       ORDER BY b.shipment_id, b.unit_id, b.lot_id`,
      [unitIds],
    );
  }

  /** Boxes that were said to stand in these units, of shipments that were not put back. */
  saidToBeIn(work: UnitOfWork, unitIds: readonly string[]): Promise<BoxedLot[]> {
    return work.query(
      `SELECT ${BOXED} WHERE b.into_unit_id = ANY ($1::text[]) AND s.state <> 'CANCELLED'
       ORDER BY b.shipment_id, b.unit_id, b.lot_id`,
      [unitIds],
    );
  }

  /** Units that carry doses of a lot now: set aside or on their way. On many servers a question to each of them. */
  carrying(work: UnitOfWork, lotId: string): Promise<BoxedLot[]> {
    return work.query(
      `SELECT ${BOXED}
         JOIN stock_shipment_line n ON n.facility_id = b.facility_id AND n.shipment_id = b.shipment_id AND n.lot_id = b.lot_id
       WHERE n.lot_id = $1 AND s.state IN ('ALLOCATED', 'DESPATCHED') ORDER BY b.unit_id, b.shipment_id`,
      [lotId],
    );
  }
}
