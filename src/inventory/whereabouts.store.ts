import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../platform/database';

/** What a facility has of a lot. Whole doses. */
export interface LotAt {
  facilityId: string;
  onHand: number;
  /** Allocated to another facility and not yet despatched. */
  setAside: number;
  /** Despatched to this facility and not yet received. */
  onTheWay: number;
}

/** One lot across facilities: on many servers a question to each of them. */
@Injectable()
export class WhereaboutsStore {
  of(work: UnitOfWork, lotId: string): Promise<LotAt[]> {
    return work.query(
      `SELECT facility_id AS "facilityId", sum(on_hand)::integer AS "onHand", sum(set_aside)::integer AS "setAside",
              sum(on_the_way)::integer AS "onTheWay"
       FROM (SELECT facility_id, doses AS on_hand, 0 AS set_aside, 0 AS on_the_way FROM stock_on_hand
             WHERE lot_id = $1 AND doses > 0
             UNION ALL
             SELECT s.facility_id, 0, n.doses, 0 FROM stock_shipment_line n
               JOIN stock_shipment s ON s.facility_id = n.facility_id AND s.id = n.shipment_id
             WHERE n.lot_id = $1 AND s.state = 'ALLOCATED'
             UNION ALL
             SELECT s.to_facility_id, 0, 0, n.doses FROM stock_shipment_line n
               JOIN stock_shipment s ON s.facility_id = n.facility_id AND s.id = n.shipment_id
             WHERE n.lot_id = $1 AND s.state = 'DESPATCHED') w
       GROUP BY 1 ORDER BY 1`,
      [lotId],
    );
  }
}
