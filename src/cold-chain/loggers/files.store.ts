import { Injectable } from '@nestjs/common';
import { decodeCursor, isId, type PageRequest } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { DeviceDay } from './logger-file-rules';

/** A file that a logger exported, without its bytes. */
export interface FileRow {
  id: string;
  facilityId: string;
  loggerId: string;
  /** Hexadecimal. */
  sha256: string;
  bytes: number;
  readings: number;
  days: number;
  /** By the device's own clock, `YYYY-MM-DD HH:mm`. */
  activated: string;
  ended: string;
  importedAt: Date;
}

const FILE = `f.id, f.facility_id AS "facilityId", f.logger_id AS "loggerId", encode(f.sha256, 'hex') AS sha256,
  length(f.content) AS bytes, f.readings, f.days, f.activated, f.ended, f.imported_at AS "importedAt"`;

@Injectable()
export class FilesStore {
  async one(work: UnitOfWork, facilityId: string, id: string): Promise<FileRow | null> {
    if (!isId(facilityId) || !isId(id)) return null;
    const [row] = await work.query<FileRow>(
      `SELECT ${FILE} FROM temperature_file f WHERE f.facility_id = $1 AND f.id = $2`,
      [facilityId, id],
    );
    return row ?? null;
  }

  async bySha256(work: UnitOfWork, facilityId: string, sha256: Buffer): Promise<FileRow | null> {
    const [row] = await work.query<FileRow>(
      `SELECT ${FILE} FROM temperature_file f WHERE f.facility_id = $1 AND f.sha256 = $2`,
      [facilityId, sha256],
    );
    return row ?? null;
  }

  async contentOf(work: UnitOfWork, { facilityId, id }: Pick<FileRow, 'facilityId' | 'id'>): Promise<Buffer> {
    const [row] = await work.query<{ content: Buffer }>(
      `SELECT content FROM temperature_file WHERE facility_id = $1 AND id = $2`,
      [facilityId, id],
    );
    return row!.content;
  }

  /** Files of a logger, newest first; one row more than the page holds. */
  of(work: UnitOfWork, facilityId: string, loggerId: string, page: PageRequest): Promise<FileRow[]> {
    const before = page.after ? decodeCursor(page.after) : null;
    return work.query(
      `SELECT ${FILE} FROM temperature_file f
       WHERE f.facility_id = $1 AND f.logger_id = $2 AND ($3::uuid IS NULL OR f.id < $3) ORDER BY f.id DESC LIMIT $4`,
      [facilityId, loggerId, before !== null && isId(before) ? before : null, page.first + 1],
    );
  }

  /** The new file's id; null when the facility has these bytes already. */
  async add(
    ctx: Context,
    work: UnitOfWork,
    file: Pick<FileRow, 'facilityId' | 'loggerId' | 'readings' | 'days' | 'activated' | 'ended'> & {
      hash: Buffer;
      content: Buffer;
    },
  ): Promise<string | null> {
    const [row] = await work.query<{ id: string }>(
      `INSERT INTO temperature_file (facility_id, id, logger_id, sha256, content, readings, days, activated, ended,
         imported_at, actor_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT ON CONSTRAINT temperature_file_content_unique DO NOTHING RETURNING id`,
      [
        file.facilityId,
        ctx.newId(),
        file.loggerId,
        file.hash,
        file.content,
        file.readings,
        file.days,
        file.activated,
        file.ended,
        ctx.now(),
        ctx.actor.id,
      ],
    );
    return row?.id ?? null;
  }

  /** What the device says of its days; of a day that two files tell of, what the later one says. */
  async addDays(
    work: UnitOfWork,
    {
      facilityId,
      loggerId,
      fileId,
      saidAt,
    }: {
      facilityId: string;
      loggerId: string;
      fileId: string;
      saidAt: string;
    },
    days: readonly DeviceDay[],
  ): Promise<void> {
    await work.query(
      `INSERT INTO temperature_day AS d (facility_id, logger_id, day, least, most, mean, alarms, timeout_minutes, said_at, file_id)
       SELECT $1::uuid, $2::uuid, n.day, n.least, n.most, n.mean, n.alarms, n."timeoutMinutes", $3, $4::uuid
       FROM jsonb_to_recordset($5::jsonb) AS n(day date, least numeric, most numeric, mean numeric, alarms jsonb,
         "timeoutMinutes" integer)
       ON CONFLICT (facility_id, logger_id, day) DO UPDATE SET least = excluded.least, most = excluded.most,
         mean = excluded.mean, alarms = excluded.alarms, timeout_minutes = excluded.timeout_minutes,
         said_at = excluded.said_at, file_id = excluded.file_id
       WHERE d.said_at < excluded.said_at`,
      [facilityId, loggerId, saidAt, fileId, JSON.stringify(days)],
    );
  }

  /** What a device says of its days, in order. */
  days(
    work: UnitOfWork,
    facilityId: string,
    loggerId: string,
    { from, to }: { from: string; to: string },
  ): Promise<DeviceDay[]> {
    return work.query(
      `SELECT to_char(day, 'YYYY-MM-DD') AS day, least::float8 AS least, most::float8 AS most, mean::float8 AS mean,
         alarms, timeout_minutes AS "timeoutMinutes"
       FROM temperature_day WHERE facility_id = $1 AND logger_id = $2 AND day BETWEEN $3::date AND $4::date ORDER BY day`,
      [facilityId, loggerId, from, to],
    );
  }
}
