import { Injectable } from '@nestjs/common';
import { isId } from '../../../common';
import { storableJson, type UnitOfWork } from '../../../platform/database';
import type { PaperCells, PaperRow } from './paper-file';

export interface PaperBatchRow {
  facilityId: string;
  id: string;
  register: string;
  /** A LateCause. */
  lateCause: string;
  vaccinatorId: string | null;
  doubleEntry: boolean;
  rows: number;
  enteredBy: string;
  enteredAt: Date;
  againBy: string | null;
  againAt: Date | null;
}

/** How far a batch has come. */
export interface PaperCounts {
  entered: number;
  recorded: number;
  pending: number;
}

export interface StoredPaperRow {
  line: number;
  cells: PaperCells;
  again: PaperCells | null;
  state: 'ENTERED' | 'RECORDED' | 'PENDING';
  fault: string | null;
  field: string | null;
  vaccinationId: string | null;
  pendingId: string | null;
}

const BATCH = `facility_id AS "facilityId", id, register, late_cause AS "lateCause", vaccinator_id AS "vaccinatorId",
  double_entry AS "doubleEntry", rows, entered_by AS "enteredBy", entered_at AS "enteredAt", again_by AS "againBy",
  again_at AS "againAt"`;
const ROW = `line, cells, again, state, fault, field, vaccination_id AS "vaccinationId", pending_id AS "pendingId"`;
/** Rows in one statement, so that none is too long to send. */
const TOGETHER = 5_000;

@Injectable()
export class PaperStore {
  async add(work: UnitOfWork, batch: PaperBatchRow, rows: readonly PaperRow[]): Promise<void> {
    await work.query(
      `INSERT INTO paper_batch (facility_id, id, register, late_cause, vaccinator_id, double_entry, rows, entered_by, entered_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        batch.facilityId,
        batch.id,
        batch.register,
        batch.lateCause,
        batch.vaccinatorId,
        batch.doubleEntry,
        batch.rows,
        batch.enteredBy,
        batch.enteredAt,
      ],
    );
    for (let at = 0; at < rows.length; at += TOGETHER)
      await work.query(
        `INSERT INTO paper_row (facility_id, batch_id, line, cells, state, fault, field)
         SELECT $1, $2, line, cells, 'ENTERED', fault->>'code', fault->>'field'
         FROM json_to_recordset($3::json) AS r(line integer, cells jsonb, fault json)`,
        [batch.facilityId, batch.id, storableJson(rows.slice(at, at + TOGETHER))],
      );
  }

  async batch(work: UnitOfWork, facilityId: string, id: string): Promise<PaperBatchRow | null> {
    if (!isId(facilityId) || !isId(id)) return null;
    const [row] = await work.query<PaperBatchRow>(
      `SELECT ${BATCH} FROM paper_batch WHERE facility_id = $1 AND id = $2`,
      [facilityId, id],
    );
    return row ?? null;
  }

  async counts(work: UnitOfWork, batch: Pick<PaperBatchRow, 'facilityId' | 'id'>): Promise<PaperCounts> {
    const [row] = await work.query<PaperCounts>(
      `SELECT count(*) FILTER (WHERE state = 'ENTERED')::int AS entered,
              count(*) FILTER (WHERE state = 'RECORDED')::int AS recorded,
              count(*) FILTER (WHERE state = 'PENDING')::int AS pending
       FROM paper_row WHERE facility_id = $1 AND batch_id = $2`,
      [batch.facilityId, batch.id],
    );
    return row!;
  }

  /** The second entry, row by row: what it says otherwise, or lacks, is kept beside the first. False when there was one. */
  async enterAgain(
    work: UnitOfWork,
    batch: Pick<PaperBatchRow, 'facilityId' | 'id'>,
    entry: { by: string; at: Date; rows: readonly PaperRow[] },
  ): Promise<boolean> {
    const first = await work.query(
      `UPDATE paper_batch SET again_by = $3, again_at = $4
       WHERE facility_id = $1 AND id = $2 AND double_entry AND again_by IS NULL RETURNING id`,
      [batch.facilityId, batch.id, entry.by, entry.at],
    );
    if (first.length === 0) return false;
    await work.query(
      `UPDATE paper_row p SET again = coalesce(a.cells, '{}') FROM paper_row r
       LEFT JOIN json_to_recordset($3::json) AS a(line integer, cells jsonb) ON a.line = r.line
       WHERE r.facility_id = $1 AND r.batch_id = $2 AND p.facility_id = $1 AND p.batch_id = $2 AND p.line = r.line
         AND r.cells IS DISTINCT FROM a.cells`,
      [batch.facilityId, batch.id, storableJson(entry.rows)],
    );
    return true;
  }

  /** Rows after a line, in order. */
  rowsAfter(
    work: UnitOfWork,
    batch: Pick<PaperBatchRow, 'facilityId' | 'id'>,
    filter: { state: string | null; after: number },
    limit: number,
  ): Promise<StoredPaperRow[]> {
    return work.query(
      `SELECT ${ROW} FROM paper_row WHERE facility_id = $1 AND batch_id = $2 AND line > $3
         AND ($4::text IS NULL OR state = $4) ORDER BY line LIMIT $5`,
      [batch.facilityId, batch.id, filter.after, filter.state, limit],
    );
  }

  /**
   * What became of rows. Each is looked up by its line: joined, the whole register would be read for every part of
   * it. Nobody else changes rows while the job that records them runs, so that where they lie is where they stay.
   */
  async settle(
    work: UnitOfWork,
    batch: Pick<PaperBatchRow, 'facilityId' | 'id'>,
    rows: readonly { line: number; vaccinationId: string | null; pendingId: string | null }[],
  ): Promise<void> {
    if (rows.length === 0) return;
    await work.query(
      `UPDATE paper_row p SET vaccination_id = d."vaccinationId", pending_id = d."pendingId",
         state = CASE WHEN d."vaccinationId" IS NULL THEN 'PENDING' ELSE 'RECORDED' END
       FROM json_to_recordset($3::json) AS d(line integer, "vaccinationId" uuid, "pendingId" uuid), LATERAL (
         SELECT ctid FROM paper_row r WHERE r.facility_id = $1 AND r.batch_id = $2 AND r.line = d.line OFFSET 0) r
       WHERE p.ctid = r.ctid`,
      [batch.facilityId, batch.id, JSON.stringify(rows)],
    );
  }
}
