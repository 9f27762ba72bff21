import { Injectable } from '@nestjs/common';
import { decodeCursor, isId, type PageRequest } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { Cell } from './extract-rules';

export type ExtractState = 'ASKED' | 'DECLINED' | 'MAKING' | 'READY';

export interface ExtractRow {
  id: string;
  /** First days of the first and the last month. */
  fromMonth: string;
  untilMonth: string;
  purpose: string;
  state: ExtractState;
  askedBy: string;
  askedAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  /** A figure about fewer persons was left out; null until it is made. */
  fewest: number | null;
  /** How many figures were left out. */
  suppressed: number | null;
}

const COLUMNS = `id, from_month::text AS "fromMonth", until_month::text AS "untilMonth", purpose, state,
  asked_by AS "askedBy", asked_at AS "askedAt", decided_by AS "decidedBy", decided_at AS "decidedAt", fewest, suppressed`;

@Injectable()
export class ExtractsStore {
  async ask(
    ctx: Context,
    work: UnitOfWork,
    { fromMonth, untilMonth, purpose }: Pick<ExtractRow, 'fromMonth' | 'untilMonth' | 'purpose'>,
  ): Promise<string> {
    const id = ctx.newId();
    await work.query(
      `INSERT INTO dose_extract (id, from_month, until_month, purpose, state, asked_by, asked_at)
       VALUES ($1, $2, $3, $4, 'ASKED', $5, $6)`,
      [id, fromMonth, untilMonth, purpose, ctx.actor.id, ctx.now()],
    );
    return id;
  }

  async one(work: UnitOfWork, id: string): Promise<ExtractRow | null> {
    if (!isId(id)) return null;
    const [row] = await work.query<ExtractRow>(`SELECT ${COLUMNS} FROM dose_extract WHERE id = $1`, [id]);
    return row ?? null;
  }

  /** False when somebody has decided on it before. */
  async decide(ctx: Context, work: UnitOfWork, id: string, state: 'DECLINED' | 'MAKING'): Promise<boolean> {
    const rows = await work.query(
      `UPDATE dose_extract SET state = $2, decided_by = $3, decided_at = $4 WHERE id = $1 AND state = 'ASKED' RETURNING id`,
      [id, state, ctx.actor.id, ctx.now()],
    );
    return rows.length === 1;
  }

  /** Adds figures of further people to those of others. */
  async add(work: UnitOfWork, id: string, cells: readonly Cell[]): Promise<void> {
    await work.query(
      `INSERT INTO dose_extract_cell AS c (extract_id, month, area_id, age_band, sex, vaccine, persons)
       SELECT $1, n.month, n."areaId", n."ageBand", n.sex, n.vaccine, n.persons
       FROM jsonb_to_recordset($2::jsonb)
         AS n(month date, "areaId" uuid, "ageBand" text, sex text, vaccine text, persons integer)
       ON CONFLICT (extract_id, month, area_id, age_band, sex, vaccine) DO UPDATE SET persons = c.persons + excluded.persons`,
      [id, JSON.stringify(cells)],
    );
  }

  /** Leaves out every figure about fewer persons and says that it is ready. */
  async finish(work: UnitOfWork, id: string, fewest: number): Promise<void> {
    await work.query(
      `WITH gone AS (DELETE FROM dose_extract_cell WHERE extract_id = $1 AND persons < $2 RETURNING 1)
       UPDATE dose_extract SET state = 'READY', fewest = $2, suppressed = (SELECT count(*) FROM gone) WHERE id = $1`,
      [id, fewest],
    );
  }

  /** The figures in their order; one row more than the page holds. */
  cells(work: UnitOfWork, id: string, { first, after }: PageRequest): Promise<Cell[]> {
    const key = after ? partsOf(decodeCursor(after)) : null;
    return work.query(
      `SELECT month::text, area_id AS "areaId", age_band AS "ageBand", sex, vaccine, persons FROM dose_extract_cell
       WHERE extract_id = $1 ${key ? 'AND (month, area_id, age_band, sex, vaccine) > ($3, $4, $5, $6, $7)' : ''}
       ORDER BY month, area_id, age_band, sex, vaccine LIMIT $2`,
      [id, first + 1, ...(key ?? [])],
    );
  }
}

/** Where a page ends. */
export const cursorOf = ({ month, areaId, ageBand, sex, vaccine }: Cell): string =>
  [month, areaId, ageBand, sex, vaccine].join('|');

/** The parts of a cursor; null for one that is none of ours. */
function partsOf(cursor: string): string[] | null {
  const parts = cursor.split('|');
  const [month, areaId] = parts;
  return parts.length === 5 && /^\d{4}-(0[1-9]|1[0-2])-01$/.test(month!) && isId(areaId!) ? parts : null;
}
