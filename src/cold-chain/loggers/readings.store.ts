import { Injectable } from '@nestjs/common';
import type { Sample } from '../../codecs/temperature-loggers';
import type { UnitOfWork } from '../../platform/database';
import type { LoggerRow } from './loggers.store';

/** What a logger said of an instant. */
export interface ToldReading {
  loggerId: string;
  at: Date;
  /** °C to two decimals; null where the sensor gave nothing. */
  celsius: number | null;
}

type LoggerKey = Pick<LoggerRow, 'facilityId' | 'id'>;

/** What a range of temperatures is, for finding the nearest reading in it; null: no limit on that side. °C. */
export interface Quiet {
  above: number | null;
  below: number | null;
}

/** The projection of some readings. */
const STATE_OF = `logger_id, count(*) AS readings, min(at) AS first_at, max(at) AS last_at,
  max(at) FILTER (WHERE celsius IS NOT NULL) AS measured_at,
  (array_agg(celsius ORDER BY at DESC) FILTER (WHERE celsius IS NOT NULL))[1] AS celsius`;

@Injectable()
export class ReadingsStore {
  /** Stores readings and the projection in one statement; those that are new, by logger and instant. */
  async add(
    work: UnitOfWork,
    facilityId: string,
    readings: readonly ToldReading[],
    { fileId, receivedAt }: { fileId: string | null; receivedAt: Date },
  ): Promise<{ loggerId: string; at: Date }[]> {
    return work.query(
      `WITH told AS (
         SELECT * FROM unnest($2::uuid[], $3::timestamptz[], $4::numeric[]) t(logger_id, at, celsius)),
       fresh AS (
         INSERT INTO temperature_reading (facility_id, logger_id, at, celsius, file_id, received_at)
         SELECT $1::uuid, logger_id, at, celsius, $5::uuid, $6::timestamptz FROM told ORDER BY logger_id, at
         ON CONFLICT (facility_id, logger_id, at) DO NOTHING RETURNING logger_id, at, celsius),
       state AS (
         INSERT INTO temperature_state AS s (facility_id, logger_id, readings, first_at, last_at, measured_at, celsius)
         SELECT $1::uuid, n.* FROM (SELECT ${STATE_OF} FROM fresh GROUP BY logger_id) n
         ON CONFLICT (facility_id, logger_id) DO UPDATE SET readings = s.readings + excluded.readings,
           first_at = least(s.first_at, excluded.first_at), last_at = greatest(s.last_at, excluded.last_at),
           measured_at = greatest(s.measured_at, excluded.measured_at),
           celsius = CASE WHEN excluded.measured_at > coalesce(s.measured_at, '-infinity') THEN excluded.celsius ELSE s.celsius END)
       SELECT logger_id AS "loggerId", at FROM fresh`,
      [
        facilityId,
        readings.map(({ loggerId }) => loggerId),
        readings.map(({ at }) => at),
        readings.map(({ celsius }) => celsius),
        fileId,
        receivedAt,
      ],
    );
  }

  /** What is stored of these instants. */
  stored(
    work: UnitOfWork,
    facilityId: string,
    readings: readonly Pick<ToldReading, 'loggerId' | 'at'>[],
  ): Promise<ToldReading[]> {
    return work.query(
      `SELECT r.* FROM unnest($2::uuid[], $3::timestamptz[]) k(logger_id, at), LATERAL (
         SELECT r.logger_id AS "loggerId", r.at, r.celsius::float8 AS celsius FROM temperature_reading r
         WHERE r.facility_id = $1 AND r.logger_id = k.logger_id AND r.at = k.at OFFSET 0) r`,
      [facilityId, readings.map(({ loggerId }) => loggerId), readings.map(({ at }) => at)],
    );
  }

  /**
   * A logger's readings between two instants, in order, with those around it back to and up to the nearest reading in the
   * quiet range: whatever stay begins or ends in between is there as a whole.
   */
  async around(
    work: UnitOfWork,
    { facilityId, id }: LoggerKey,
    { from, to }: { from: Date; to: Date },
    { above, below }: Quiet,
  ): Promise<Sample[]> {
    const quiet = `celsius > coalesce($5::numeric, '-infinity') AND celsius < coalesce($6::numeric, 'infinity')`;
    const of = `FROM temperature_reading WHERE facility_id = $1 AND logger_id = $2`;
    return work.query(
      `SELECT extract(epoch FROM at)::float8 / 60 AS minute, celsius::float8 AS celsius ${of}
         AND at >= coalesce((SELECT at ${of} AND at < $3 AND ${quiet} ORDER BY at DESC LIMIT 1), '-infinity')
         AND at <= coalesce((SELECT at ${of} AND at > $4 AND ${quiet} ORDER BY at LIMIT 1), 'infinity')
       ORDER BY at`,
      [facilityId, id, from, to, above, below],
    );
  }

  /** A logger's readings from an instant until before another, in order. */
  between(
    work: UnitOfWork,
    { facilityId, id }: LoggerKey,
    { from, to, limit }: { from: Date; to: Date; limit: number | null },
  ): Promise<{ at: Date; celsius: number | null }[]> {
    return work.query(
      `SELECT at, celsius::float8 AS celsius FROM temperature_reading
       WHERE facility_id = $1 AND logger_id = $2 AND at >= $3 AND at < $4 ORDER BY at LIMIT $5`,
      [facilityId, id, from, to, limit],
    );
  }

  /** Facilities that have readings or states of loggers. */
  async facilities(work: UnitOfWork): Promise<string[]> {
    const rows = await work.query<{ id: string }>(
      `SELECT DISTINCT facility_id AS id FROM temperature_logger ORDER BY 1`,
    );
    return rows.map(({ id }) => id);
  }

  /** Loggers of a facility whose state is not what their readings say. */
  async differing(work: UnitOfWork, facilityId: string): Promise<string[]> {
    const rows = await work.query<{ id: string }>(
      `SELECT coalesce(r.logger_id, s.logger_id) AS id
       FROM (SELECT ${STATE_OF} FROM temperature_reading WHERE facility_id = $1 GROUP BY logger_id) r
         FULL JOIN (SELECT * FROM temperature_state WHERE facility_id = $1) s ON s.logger_id = r.logger_id
       WHERE (r.readings, r.first_at, r.last_at, r.measured_at, r.celsius)
         IS DISTINCT FROM (s.readings, s.first_at, s.last_at, s.measured_at, s.celsius) ORDER BY 1`,
      [facilityId],
    );
    return rows.map(({ id }) => id);
  }

  /** Makes the state of loggers what their readings say. Whoever calls holds their locks. */
  async project(work: UnitOfWork, facilityId: string, loggerIds: readonly string[]): Promise<void> {
    await work.query(
      `DELETE FROM temperature_state WHERE facility_id = $1 AND logger_id = ANY ($2::uuid[])`,
      [facilityId, loggerIds],
    );
    await work.query(
      `INSERT INTO temperature_state (facility_id, logger_id, readings, first_at, last_at, measured_at, celsius)
       SELECT $1::uuid, n.* FROM (SELECT ${STATE_OF} FROM temperature_reading
         WHERE facility_id = $1 AND logger_id = ANY ($2::uuid[]) GROUP BY logger_id) n`,
      [facilityId, loggerIds],
    );
  }
}
