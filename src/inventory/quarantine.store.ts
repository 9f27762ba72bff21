import { Injectable } from '@nestjs/common';
import { firstIdAt } from '../common';
import type { UnitOfWork } from '../platform/database';

/** A lot that was at a facility at some time. */
export interface LotPresent {
  lotId: string;
  productCode: string;
  /** Whole doses on hand there now. */
  doses: number;
  /** Whole doses set aside there for a shipment that has not left. */
  setAside: number;
}

/** A lot that left a facility for another. */
export interface LotSentOn {
  lotId: string;
  toFacilityId: string;
}

/** Doses of a lot that are on their way to a facility. */
export interface LotOnTheWay {
  shipmentId: string;
  lotId: string;
  doses: number;
  /** When they left. */
  since: Date;
}

/** What the ledger says of a time that is past. */
@Injectable()
export class QuarantineStore {
  /**
   * Lots of these products that a facility had some of between two instants. Counted back from what is on hand, by the
   * ledger's entries since then; what came in is told by its day as well, since papers are entered late.
   */
  present(
    work: UnitOfWork,
    asked: { facilityId: string; productCodes: readonly string[]; from: Date; to: Date; toDay: string },
  ): Promise<LotPresent[]> {
    return work.query(
      `WITH since AS (
         SELECT m.lot_id, sum(CASE WHEN m.to_account = 'on-hand' THEN m.doses ELSE -m.doses END) AS net,
           sum(m.doses) FILTER (WHERE m.to_account = 'on-hand' AND (m.at <= $5 OR m.day <= $6::date)) AS came
         FROM stock_move m
         WHERE m.facility_id = $1 AND m.id >= $3::uuid AND m.at > $4
           AND 'on-hand' IN (m.from_account, m.to_account) GROUP BY 1)
       SELECT s.lot_id AS "lotId", l.product_code AS "productCode", s.doses,
         (SELECT coalesce(sum(n.doses), 0)::integer FROM stock_shipment_line n
            JOIN stock_shipment h ON h.facility_id = n.facility_id AND h.id = n.shipment_id
          WHERE n.facility_id = s.facility_id AND n.lot_id = s.lot_id AND h.state = 'ALLOCATED') AS "setAside"
       FROM stock_on_hand s JOIN lot l ON l.id = s.lot_id LEFT JOIN since n ON n.lot_id = s.lot_id
       WHERE s.facility_id = $1 AND l.product_code = ANY ($2::text[])
         AND (s.doses - coalesce(n.net, 0) > 0 OR coalesce(n.came, 0) > 0)
       ORDER BY s.lot_id`,
      [asked.facilityId, asked.productCodes, firstIdAt(asked.from), asked.from, asked.to, asked.toDay],
    );
  }

  /** Shipments that have not left yet and in which doses of the lots are set aside. */
  async setAside(work: UnitOfWork, facilityId: string, lotIds: readonly string[]): Promise<string[]> {
    const rows = await work.query<{ id: string }>(
      `SELECT DISTINCT s.id FROM stock_shipment s
         JOIN stock_shipment_line n ON n.facility_id = s.facility_id AND n.shipment_id = s.id
       WHERE s.facility_id = $1 AND s.state = 'ALLOCATED' AND n.lot_id = ANY ($2::uuid[]) ORDER BY 1`,
      [facilityId, lotIds],
    );
    return rows.map(({ id }) => id);
  }

  /** Doses of a lot in shipments that have not left yet. */
  async dosesSetAside(work: UnitOfWork, facilityId: string, lotId: string): Promise<number> {
    const [row] = await work.query<{ doses: number }>(
      `SELECT coalesce(sum(n.doses), 0)::integer AS doses FROM stock_shipment s
         JOIN stock_shipment_line n ON n.facility_id = s.facility_id AND n.shipment_id = s.id
       WHERE s.facility_id = $1 AND s.state = 'ALLOCATED' AND n.lot_id = $2`,
      [facilityId, lotId],
    );
    return row!.doses;
  }

  onTheWay(work: UnitOfWork, facilityId: string, lotIds: readonly string[]): Promise<LotOnTheWay[]> {
    return work.query(
      `SELECT s.id AS "shipmentId", n.lot_id AS "lotId", n.doses, s.despatched_at AS since FROM stock_shipment s
         JOIN stock_shipment_line n ON n.facility_id = s.facility_id AND n.shipment_id = s.id
       WHERE s.to_facility_id = $1 AND s.state = 'DESPATCHED' AND n.lot_id = ANY ($2::uuid[]) ORDER BY 1, 2`,
      [facilityId, lotIds],
    );
  }

  /** Where doses of the lots went from a facility since an instant: to each place once. */
  sentOn(work: UnitOfWork, facilityId: string, lotIds: readonly string[], since: Date): Promise<LotSentOn[]> {
    return work.query(
      `SELECT DISTINCT n.lot_id AS "lotId", s.to_facility_id AS "toFacilityId" FROM stock_shipment s
         JOIN stock_shipment_line n ON n.facility_id = s.facility_id AND n.shipment_id = s.id
       WHERE s.facility_id = $1 AND s.despatched_at >= $3 AND n.lot_id = ANY ($2::uuid[]) ORDER BY 2, 1`,
      [facilityId, lotIds, since],
    );
  }

  /** Opened vials of a lot at a facility with doses left. */
  openVials(
    work: UnitOfWork,
    facilityId: string,
    lotId: string,
  ): Promise<{ id: string; sessionId: string | null; left: number }[]> {
    return work.query(
      `SELECT id, session_id AS "sessionId", left_doses AS left FROM open_vial
       WHERE facility_id = $1 AND lot_id = $2 AND left_doses > 0 ORDER BY id`,
      [facilityId, lotId],
    );
  }
}
