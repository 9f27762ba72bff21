import { Injectable } from '@nestjs/common';
import { decodeCursor, type PageRequest } from '../../common';
import type { UnitOfWork } from '../../platform/database';
import type { ConsignmentKind } from '../consignments/consignments.store';
import type { PlannedRun } from '../consignments/plan-rules';
import type { TemperatureClass } from '../network/hub-rules';
import type { UnitStatus } from '../scan-rules';

/** A consignment that is planned to take a run. */
export interface TripItem {
  unitId: string;
  kind: ConsignmentKind;
  temperature: TemperatureClass;
  status: UnitStatus | null;
  /** Where it is; null on the way and before its first scan. */
  hubId: string | null;
  container: string | null;
  toHubId: string;
  grams: number | null;
}

type Run = Pick<PlannedRun, 'legId' | 'day'>;

const keyOf = ({ legId, day }: Run): string => `${legId} ${day}`;

@Injectable()
export class TripsStore {
  /** By the code of the unit; one row more than the page holds. */
  items(work: UnitOfWork, run: Run, page: PageRequest): Promise<TripItem[]> {
    return work.query(
      `SELECT p.unit_id AS "unitId", c.kind, c.temperature, s.status, s.place AS "hubId", s.container_id AS container,
         p.to_hub_id AS "toHubId", coalesce(c.grams, g.grams) AS grams
       FROM consignment_plan p JOIN consignment c ON c.unit_id = p.unit_id
         LEFT JOIN unit_state s ON s.unit_id = p.unit_id LEFT JOIN consignment_charge g ON g.unit_id = p.unit_id
       WHERE p.runs -> 'keys' ? $1 AND p.unit_id > $2 ORDER BY p.unit_id LIMIT $3`,
      [keyOf(run), page.after ? decodeCursor(page.after) : '', page.first + 1],
    );
  }

  /** How many are planned to take a run, and what they weigh as far as that is known. */
  async totals(
    work: UnitOfWork,
    run: Run,
  ): Promise<{ planned: number; kilograms: number; unweighed: number }> {
    const [row] = await work.query<{ planned: number; kilograms: number; unweighed: number }>(
      `SELECT count(*)::integer AS planned, coalesce(sum(coalesce(c.grams, g.grams)), 0)::float8 / 1000 AS kilograms,
         (count(*) - count(coalesce(c.grams, g.grams)))::integer AS unweighed
       FROM consignment_plan p JOIN consignment c ON c.unit_id = p.unit_id LEFT JOIN consignment_charge g ON g.unit_id = p.unit_id WHERE p.runs -> 'keys' ? $1`,
      [keyOf(run)],
    );
    return row!;
  }

  async isCancelled(work: UnitOfWork, { legId, day }: Run, fromHubId: string): Promise<boolean> {
    const found = await work.query(
      `SELECT FROM leg_cancellation WHERE from_hub_id = $1 AND leg_id = $2 AND day = $3::date`,
      [fromHubId, legId, day],
    );
    return found.length > 0;
  }
}
