import { Injectable } from '@nestjs/common';
import { isId } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { StockUnit } from '../units/unit-rules';
import type { LotDoses } from './allocation-rules';
import type { ReceivedLine } from './receipt-rules';

/** ALLOCATED: set aside. DESPATCHED: on its way. */
export type ShipmentState = 'ALLOCATED' | 'DESPATCHED' | 'RECEIVED' | 'CANCELLED';

export interface ShipmentLine extends LotDoses {
  lotNumber: string;
  productCode: string;
  unit: StockUnit;
  expiresOn: string;
  /** Null, with those that follow, until it was received. */
  accepted: number | null;
  rejected: number | null;
  rejectReason: string | null;
  short: number | null;
  shortReason: string | null;
  over: number | null;
  overReason: string | null;
}

/** Why stock goes back to who sent it. */
export type ReturnReason = 'EXCESS' | 'NEAR_EXPIRY' | 'EXPIRED' | 'RECALLED' | 'DAMAGED';

export interface ShipmentRow {
  id: string;
  /** Who sends. */
  facilityId: string;
  toFacilityId: string;
  state: ShipmentState;
  /** The requisition of the facility that receives it which it answers; null for none. */
  requisitionId: string | null;
  /** The shipment of the facility that receives it which it brings back, and why; null for none. */
  returnsId: string | null;
  returnReason: ReturnReason | null;
  allocatedAt: Date;
  despatchedAt: Date | null;
  receivedAt: Date | null;
  lines: ShipmentLine[];
  /** The handling units that carry it, each lot in each of them; none where nobody said. */
  boxed: { unitId: string; intoUnitId: string | null; lotId: string; unit: StockUnit; doses: number }[];
}

const SHIPMENT = `s.id, s.facility_id AS "facilityId", s.to_facility_id AS "toFacilityId",
  s.state, s.requisition_id AS "requisitionId", s.returns_id AS "returnsId", s.return_reason AS "returnReason", s.allocated_at AS "allocatedAt", s.despatched_at AS "despatchedAt", s.received_at AS "receivedAt",
  (SELECT jsonb_agg(jsonb_build_object('lotId', n.lot_id, 'doses', n.doses, 'lotNumber', l.lot_number,
     'productCode', l.product_code, 'unit', l.unit, 'expiresOn', l.expires_on, 'accepted', n.accepted, 'rejected', n.rejected,
     'rejectReason', n.reject_reason, 'short', n.short, 'shortReason', n.short_reason, 'over', n.over,
     'overReason', n.over_reason) ORDER BY l.product_code, l.expires_on, l.id)
   FROM stock_shipment_line n JOIN lot l ON l.id = n.lot_id
   WHERE n.facility_id = s.facility_id AND n.shipment_id = s.id) AS lines,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('unitId', b.unit_id, 'intoUnitId', b.into_unit_id, 'lotId', b.lot_id, 'unit', l.unit, 'doses', b.doses)
     ORDER BY b.unit_id, b.lot_id), '[]')
   FROM stock_shipment_box b JOIN lot l ON l.id = b.lot_id WHERE b.facility_id = s.facility_id AND b.shipment_id = s.id) AS boxed`;

/** Columns that tell when a shipment came into a state. */
const AT = { DESPATCHED: 'despatched_at', RECEIVED: 'received_at' } as const;

@Injectable()
export class ShipmentsStore {
  async shipment(work: UnitOfWork, facilityId: string, id: string): Promise<ShipmentRow | null> {
    if (!isId(facilityId) || !isId(id)) return null;
    const [row] = await work.query<ShipmentRow>(
      `SELECT ${SHIPMENT} FROM stock_shipment s WHERE s.facility_id = $1 AND s.id = $2`,
      [facilityId, id],
    );
    return row ?? null;
  }

  /** So that nobody moves a shipment on meanwhile. */
  async lock(work: UnitOfWork, facilityId: string, id: string): Promise<void> {
    if (!isId(facilityId) || !isId(id)) return;
    await work.query(`SELECT FROM stock_shipment WHERE facility_id = $1 AND id = $2 FOR UPDATE`, [
      facilityId,
      id,
    ]);
  }

  /** Shipments from a facility, or to it, newest first; those older than `before` when it is given. */
  shipments(
    work: UnitOfWork,
    facilityId: string,
    way: 'FROM' | 'TO',
    page: { before: string | null; limit: number },
  ): Promise<ShipmentRow[]> {
    const column = way === 'FROM' ? 'facility_id' : 'to_facility_id';
    return work.query(
      `SELECT ${SHIPMENT} FROM stock_shipment s
       WHERE s.${column} = $1 AND ($2::uuid IS NULL OR s.id < $2) ORDER BY s.id DESC LIMIT $3`,
      [facilityId, page.before, page.limit],
    );
  }

  async add(
    ctx: Context,
    work: UnitOfWork,
    shipment: Pick<ShipmentRow, 'facilityId' | 'toFacilityId'> &
      Partial<Pick<ShipmentRow, 'requisitionId' | 'returnsId' | 'returnReason'>> & {
        lots: readonly LotDoses[];
      },
  ): Promise<string> {
    const id = ctx.newId();
    const { facilityId, toFacilityId, lots } = shipment;
    await work.query(
      `WITH shipment AS (
         INSERT INTO stock_shipment (facility_id, id, to_facility_id, state, allocated_at, requisition_id, returns_id, return_reason)
         VALUES ($1::uuid, $2::uuid, $3, 'ALLOCATED', $4, $7, $8, $9))
       INSERT INTO stock_shipment_line (facility_id, shipment_id, lot_id, doses)
       SELECT $1::uuid, $2::uuid, n.* FROM unnest($5::uuid[], $6::integer[]) n(lot_id, doses)`,
      [
        facilityId,
        id,
        toFacilityId,
        ctx.now(),
        lots.map(({ lotId }) => lotId),
        lots.map(({ doses }) => doses),
        shipment.requisitionId ?? null,
        shipment.returnsId ?? null,
        shipment.returnReason ?? null,
      ],
    );
    return id;
  }

  /** Whether the shipment was in that state and now is in the next: of two who try, one does it. */
  async advance(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, id }: Pick<ShipmentRow, 'facilityId' | 'id'>,
    from: ShipmentState,
    to: 'DESPATCHED' | 'RECEIVED' | 'CANCELLED',
  ): Promise<boolean> {
    const stamp = to === 'CANCELLED' ? '' : `, ${AT[to]} = $5`;
    const moved = await work.query(
      `UPDATE stock_shipment SET state = $4${stamp} WHERE facility_id = $1 AND id = $2 AND state = $3 RETURNING id`,
      [facilityId, id, from, to, ...(to === 'CANCELLED' ? [] : [ctx.now()])],
    );
    return moved.length === 1;
  }

  /** What became of each lot; one that came and was not sent is a line of no doses. */
  async setReceived(
    work: UnitOfWork,
    { facilityId, id }: Pick<ShipmentRow, 'facilityId' | 'id'>,
    lines: readonly ReceivedLine[],
  ): Promise<void> {
    await work.query(
      `INSERT INTO stock_shipment_line AS n (facility_id, shipment_id, lot_id, doses, accepted, rejected, reject_reason,
         short, short_reason, over, over_reason)
       SELECT $1::uuid, $2::uuid, r."lotId", coalesce(n.doses, 0), r.accepted, r.rejected, r."rejectReason", r.short,
         r."shortReason", r.over, r."overReason"
       FROM json_to_recordset($3::json) AS r("lotId" uuid, accepted integer, rejected integer, "rejectReason" text,
         short integer, "shortReason" text, over integer, "overReason" text)
         LEFT JOIN stock_shipment_line n ON n.facility_id = $1 AND n.shipment_id = $2 AND n.lot_id = r."lotId"
       ON CONFLICT (facility_id, shipment_id, lot_id) DO UPDATE SET accepted = excluded.accepted,
         rejected = excluded.rejected, reject_reason = excluded.reject_reason, short = excluded.short,
         short_reason = excluded.short_reason, over = excluded.over, over_reason = excluded.over_reason`,
      [facilityId, id, JSON.stringify(lines)],
    );
  }

  /** Doses of each lot that were set aside or sent to bring back a shipment that `facilityId` received. */
  returnsOf(work: UnitOfWork, facilityId: string, shipmentId: string): Promise<LotDoses[]> {
    return work.query(
      `SELECT n.lot_id AS "lotId", sum(n.doses)::integer AS doses FROM stock_shipment s
         JOIN stock_shipment_line n ON n.facility_id = s.facility_id AND n.shipment_id = s.id
       WHERE s.facility_id = $1 AND s.returns_id = $2 AND s.state <> 'CANCELLED' GROUP BY 1`,
      [facilityId, shipmentId],
    );
  }
}
