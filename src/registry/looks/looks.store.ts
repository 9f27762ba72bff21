import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';

/** Whose day it is. */
export interface LookDay {
  staffId: string;
  /** Civil day of the country. */
  day: string;
}

@Injectable()
export class LooksStore {
  /**
   * Adds persons to those whom she was shown here today; how many they now are everywhere. Two calls of one moment come
   * one after the other, by the row of her day.
   */
  async add(
    work: UnitOfWork,
    { staffId, day }: LookDay,
    look: { facilityId: string; personIds: readonly string[]; at: Date },
  ): Promise<number> {
    const [row] = await work.query<{ persons: number }>(
      `WITH fresh AS (
         INSERT INTO person_look (facility_id, day, staff_id, person_id, at)
         SELECT DISTINCT $3::uuid, $2::date, $1, person_id, $5::timestamptz FROM unnest($4::uuid[]) AS person_id
         ORDER BY 4 ON CONFLICT DO NOTHING RETURNING 1)
       INSERT INTO person_look_count AS c (staff_id, day, persons) VALUES ($1, $2::date, (SELECT count(*) FROM fresh))
       ON CONFLICT (staff_id, day) DO UPDATE SET persons = c.persons + excluded.persons
       RETURNING persons`,
      [staffId, day, look.facilityId, look.personIds, look.at],
    );
    return row!.persons;
  }

  /** Whether this is the first time today that she was told so. */
  async stop(work: UnitOfWork, { staffId, day }: LookDay, at: Date): Promise<boolean> {
    const stopped = await work.query(
      `INSERT INTO person_look_count AS c (staff_id, day, persons, stopped_at) VALUES ($1, $2, 0, $3)
       ON CONFLICT (staff_id, day) DO UPDATE SET stopped_at = $3 WHERE c.stopped_at IS NULL RETURNING staff_id`,
      [staffId, day, at],
    );
    return stopped.length === 1;
  }
}
