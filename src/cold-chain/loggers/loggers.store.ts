import { Injectable } from '@nestjs/common';
import { isId, type TemperatureClass } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';

export interface NewLogger {
  facilityId: string;
  equipmentId: string;
  temperature: TemperatureClass;
  model: string;
  serial: string;
  /** Minutes between readings. */
  intervalMinutes: number;
}

export interface LoggerRow extends NewLogger {
  id: string;
}

/** A logger and what is known of it by its readings; nulls before the first. */
export interface LoggerWithState extends LoggerRow {
  readings: number;
  firstAt: Date | null;
  lastAt: Date | null;
  measuredAt: Date | null;
  celsius: number | null;
  openExcursions: number;
}

const LOGGER = `l.id, l.facility_id AS "facilityId", l.equipment_id AS "equipmentId", l.temperature, l.model, l.serial,
  l.interval_minutes AS "intervalMinutes"`;

@Injectable()
export class LoggersStore {
  async one(work: UnitOfWork, facilityId: string, id: string): Promise<LoggerRow | null> {
    if (!isId(facilityId) || !isId(id)) return null;
    const [row] = await work.query<LoggerRow>(
      `SELECT ${LOGGER} FROM temperature_logger l WHERE l.facility_id = $1 AND l.id = $2`,
      [facilityId, id],
    );
    return row ?? null;
  }

  async bySerial(work: UnitOfWork, facilityId: string, serial: string): Promise<LoggerRow | null> {
    const [row] = await work.query<LoggerRow>(
      `SELECT ${LOGGER} FROM temperature_logger l WHERE l.facility_id = $1 AND l.serial = $2`,
      [facilityId, serial],
    );
    return row ?? null;
  }

  /** These loggers of a facility, locked in one order: what comes of readings of one logger is decided by one at a time. */
  lock(work: UnitOfWork, facilityId: string, ids: readonly string[]): Promise<LoggerRow[]> {
    return work.query(
      `SELECT ${LOGGER} FROM temperature_logger l
       WHERE l.facility_id = $1 AND l.id = ANY ($2::uuid[]) ORDER BY l.id FOR UPDATE`,
      [facilityId, ids.filter(isId)],
    );
  }

  /** The loggers of a facility, or one of them, in the order in which they were registered; two hundred at most. */
  at(work: UnitOfWork, facilityId: string, only: string | null): Promise<LoggerWithState[]> {
    return work.query(
      `SELECT ${LOGGER}, coalesce(s.readings, 0)::integer AS readings, s.first_at AS "firstAt", s.last_at AS "lastAt",
         s.measured_at AS "measuredAt", s.celsius::float8 AS celsius,
         (SELECT count(*)::integer FROM excursion e
          WHERE e.facility_id = l.facility_id AND e.logger_id = l.id AND e.decided_at IS NULL) AS "openExcursions"
       FROM temperature_logger l
         LEFT JOIN temperature_state s ON s.facility_id = l.facility_id AND s.logger_id = l.id
       WHERE l.facility_id = $1 AND ($2::uuid IS NULL OR l.id = $2) ORDER BY l.id LIMIT 200`,
      [facilityId, only],
    );
  }

  /** The new one's id; null when the facility has one of this serial number. */
  async add(ctx: Context, work: UnitOfWork, logger: NewLogger): Promise<string | null> {
    const [row] = await work.query<{ id: string }>(
      `INSERT INTO temperature_logger (facility_id, id, equipment_id, temperature, model, serial, interval_minutes, registered_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT ON CONSTRAINT temperature_logger_serial_unique DO NOTHING RETURNING id`,
      [
        logger.facilityId,
        ctx.newId(),
        logger.equipmentId,
        logger.temperature,
        logger.model,
        logger.serial,
        logger.intervalMinutes,
        ctx.now(),
      ],
    );
    return row?.id ?? null;
  }

  /** A device knows best how often it measures. */
  async setInterval(
    work: UnitOfWork,
    { facilityId, id }: Pick<LoggerRow, 'facilityId' | 'id'>,
    minutes: number,
  ): Promise<void> {
    await work.query(
      `UPDATE temperature_logger SET interval_minutes = $3 WHERE facility_id = $1 AND id = $2`,
      [facilityId, id, minutes],
    );
  }
}
