import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../platform/database';

/** What a facility has of a lot, in the unit of the lot. */
export interface LotAt {
  facilityId: string;
  onHand: number;
  /** Allocated to another facility and not yet despatched. */
  setAside: number;
  /** Despatched to this facility and not yet received. */
  onTheWay: number;
  /** Found unfit by a count there that nobody has decided on. */
  setApart: number;
  /** Wasted there, rejected on arrival among them, and not destroyed yet. */
  awaitingDestruction: number;
}

/** What lies in an account of a place, for the shelf `s`. The lot has a shelf wherever it ever was. */
const lying = (
  account: string,
): string => `coalesce((SELECT sum(CASE m.to_account WHEN '${account}' THEN m.doses ELSE -m.doses END)
  FROM stock_move m WHERE m.facility_id = s.facility_id AND m.lot_id = s.lot_id
    AND (m.to_account = '${account}' OR m.from_account = '${account}')), 0)`;

/** One lot across facilities: on many servers a question to each of them. */
@Injectable()
export class WhereaboutsStore {
  /** Pieces of a lot of a supply that were used, by facility. Doses given are told by their records, with their persons. */
  used(work: UnitOfWork, lotId: string): Promise<{ facilityId: string; pieces: number }[]> {
    return work.query(
      `SELECT facility_id AS "facilityId", pieces::integer FROM (
         SELECT s.facility_id, ${lying('given')} AS pieces FROM stock_on_hand s WHERE s.lot_id = $1) u
       WHERE pieces > 0 ORDER BY 1`,
      [lotId],
    );
  }

  of(work: UnitOfWork, lotId: string): Promise<LotAt[]> {
    return work.query(
      `SELECT facility_id AS "facilityId", sum(on_hand)::integer AS "onHand", sum(set_aside)::integer AS "setAside",
              sum(on_the_way)::integer AS "onTheWay", sum(apart)::integer AS "setApart",
              sum(wasted)::integer AS "awaitingDestruction"
       FROM (SELECT s.facility_id, s.doses AS on_hand, 0 AS set_aside, 0 AS on_the_way, ${lying('set-apart')} AS apart,
               ${lying('wasted')} AS wasted
             FROM stock_on_hand s WHERE s.lot_id = $1
             UNION ALL
             SELECT s.facility_id, 0, n.doses, 0, 0, 0 FROM stock_shipment_line n
               JOIN stock_shipment s ON s.facility_id = n.facility_id AND s.id = n.shipment_id
             WHERE n.lot_id = $1 AND s.state = 'ALLOCATED'
             UNION ALL
             SELECT s.to_facility_id, 0, 0, n.doses, 0, 0 FROM stock_shipment_line n
               JOIN stock_shipment s ON s.facility_id = n.facility_id AND s.id = n.shipment_id
             WHERE n.lot_id = $1 AND s.state = 'DESPATCHED') w
       GROUP BY 1 HAVING sum(on_hand) + sum(set_aside) + sum(on_the_way) + sum(apart) + sum(wasted) > 0 ORDER BY 1`,
      [lotId],
    );
  }
}
