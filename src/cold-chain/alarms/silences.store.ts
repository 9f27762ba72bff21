import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { MISSED } from '../loggers/reading-rules';

/** A logger that fell silent, and its last reading. */
export interface Silence {
  facilityId: string;
  loggerId: string;
  since: Date;
}

/** Alarms that stand in one area. */
export interface AreaAlarms {
  /** Right below the asked area, or the area itself. */
  of: string;
  undecidedExcursions: number;
  silentLoggers: number;
  failedEquipment: number;
}

/**
 * Loggers that are heard live, in equipment that works, and that missed so many readings. One whose last reading came by
 * file is not expected to call.
 */
const SILENT = `temperature_logger l
  JOIN cold_equipment e ON e.facility_id = l.facility_id AND e.id = l.equipment_id AND e.state = 'WORKING'
  JOIN temperature_state s ON s.facility_id = l.facility_id AND s.logger_id = l.id
  JOIN temperature_reading r ON r.facility_id = s.facility_id AND r.logger_id = s.logger_id AND r.at = s.last_at AND r.file_id IS NULL`;
const IS_SILENT = `s.last_at < $1::timestamptz - ${MISSED} * l.interval_minutes * interval '1 minute'`;

@Injectable()
export class SilencesStore {
  /** Notes loggers that fell silent and were not noted yet, `most` of them at the most. */
  async note(ctx: Context, work: UnitOfWork, most: number): Promise<Silence[]> {
    return work.query<Silence>(
      `INSERT INTO logger_silence (facility_id, logger_id, since, noticed_at)
       SELECT l.facility_id, l.id, s.last_at, $1 FROM ${SILENT}
       WHERE ${IS_SILENT} AND NOT EXISTS (
         SELECT FROM logger_silence q WHERE q.facility_id = l.facility_id AND q.logger_id = l.id AND q.since = s.last_at)
       ORDER BY l.facility_id, l.id LIMIT $2
       ON CONFLICT DO NOTHING RETURNING facility_id AS "facilityId", logger_id AS "loggerId", since`,
      [ctx.now(), most],
    );
  }

  /** What stands now, in the areas right below one (the topmost with null), where anything does. */
  byArea(work: UnitOfWork, { areaId, at }: { areaId: string | null; at: Date }): Promise<AreaAlarms[]> {
    return work.query(
      `WITH alarm AS (
         SELECT x.facility_id, 1 AS excursion, 0 AS silent, 0 AS failed FROM excursion x WHERE x.decided_at IS NULL
         UNION ALL SELECT l.facility_id, 0, 1, 0 FROM ${SILENT} WHERE ${IS_SILENT}
         UNION ALL SELECT e.facility_id, 0, 0, 1 FROM cold_equipment e WHERE e.state = 'FAILED')
       SELECT coalesce(a.path[1 + coalesce(array_position(a.path, $2::uuid), 0)], $2::uuid) AS of,
         sum(excursion)::integer AS "undecidedExcursions", sum(silent)::integer AS "silentLoggers",
         sum(failed)::integer AS "failedEquipment"
       FROM alarm JOIN facility f ON f.id = alarm.facility_id JOIN area a ON a.id = f.area_id
       WHERE $2::uuid IS NULL OR a.path @> ARRAY[$2::uuid]
       GROUP BY 1 ORDER BY sum(excursion) + sum(silent) + sum(failed) DESC, 1 LIMIT 500`,
      [at, areaId],
    );
  }
}
