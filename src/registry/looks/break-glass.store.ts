import { Injectable } from '@nestjs/common';
import { decodeCursor, isId, type PageRequest } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';

/** What a second person found of something that somebody did. */
export type Finding = 'JUSTIFIED' | 'NOT_JUSTIFIED';

export interface BreakGlassRow {
  facilityId: string;
  id: string;
  staffId: string;
  reason: string;
  openedAt: Date;
  until: Date;
  persons: number;
  reviewedBy: string | null;
  reviewedAt: Date | null;
  finding: Finding | null;
}

const COLUMNS = `facility_id AS "facilityId", id, staff_id AS "staffId", reason, opened_at AS "openedAt", until, persons,
  reviewed_by AS "reviewedBy", reviewed_at AS "reviewedAt", finding`;

@Injectable()
export class BreakGlassStore {
  async open(
    ctx: Context,
    work: UnitOfWork,
    at: { facilityId: string; reason: string; until: Date },
  ): Promise<string> {
    const id = ctx.newId();
    await work.query(
      `INSERT INTO break_glass (facility_id, id, staff_id, reason, opened_at, until) VALUES ($1, $2, $3, $4, $5, $6)`,
      [at.facilityId, id, ctx.actor.id, at.reason, ctx.now(), at.until],
    );
    return id;
  }

  async one(work: UnitOfWork, facilityId: string, id: string): Promise<BreakGlassRow | null> {
    if (!isId(facilityId) || !isId(id)) return null;
    const [row] = await work.query<BreakGlassRow>(
      `SELECT ${COLUMNS} FROM break_glass WHERE facility_id = $1 AND id = $2`,
      [facilityId, id],
    );
    return row ?? null;
  }

  /** The glass that somebody has broken and whose time is not over; the last one. */
  async openOf(work: UnitOfWork, staffId: string, at: Date): Promise<BreakGlassRow | null> {
    const [row] = await work.query<BreakGlassRow>(
      `SELECT ${COLUMNS} FROM break_glass WHERE staff_id = $1 AND until > $2 ORDER BY until DESC LIMIT 1`,
      [staffId, at],
    );
    return row ?? null;
  }

  /** Counts persons shown under it, up to `most`; false when they would be more. */
  async use(
    work: UnitOfWork,
    { facilityId, id }: BreakGlassRow,
    persons: number,
    most: number,
  ): Promise<boolean> {
    const rows = await work.query(
      `UPDATE break_glass SET persons = persons + $3 WHERE facility_id = $1 AND id = $2 AND persons + $3 <= $4 RETURNING id`,
      [facilityId, id, persons, most],
    );
    return rows.length === 1;
  }

  /** False when somebody has reviewed it before. */
  async review(ctx: Context, work: UnitOfWork, row: BreakGlassRow, finding: Finding): Promise<boolean> {
    const rows = await work.query(
      `UPDATE break_glass SET finding = $3, reviewed_by = $4, reviewed_at = $5
       WHERE facility_id = $1 AND id = $2 AND reviewed_at IS NULL RETURNING id`,
      [row.facilityId, row.id, finding, ctx.actor.id, ctx.now()],
    );
    return rows.length === 1;
  }

  /** Newest first; one row more than the page holds. */
  page(work: UnitOfWork, reviewed: boolean, { first, after }: PageRequest): Promise<BreakGlassRow[]> {
    const key = after ? decodeCursor(after) : '';
    return work.query(
      `SELECT ${COLUMNS} FROM break_glass
       WHERE (reviewed_at IS NOT NULL) = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [reviewed, isId(key) ? key : null, first + 1],
    );
  }
}
