import { Injectable } from '@nestjs/common';
import { isId } from '../../common';
import type { UnitOfWork } from '../../platform/database';

/** Certificates to be printed together. */
export interface PrintRunRow {
  facilityId: string;
  id: string;
  /** In the order they are printed. */
  personIds: string[];
  /** BCP 47; null for the country's own. */
  language: string | null;
  requestedBy: string;
  requestedAt: Date;
}

/** A part of a run that is done; without the pages, which are large. */
export interface PrintSheetRow {
  /** From 1. */
  number: number;
  printed: number;
  /** People of this part who have no certificate that stands. */
  without: string[];
}

type RunKey = Pick<PrintRunRow, 'facilityId' | 'id'>;

@Injectable()
export class PrintRunsStore {
  async add(work: UnitOfWork, run: PrintRunRow): Promise<void> {
    await work.query(
      `INSERT INTO print_run (facility_id, id, person_ids, language, requested_by, requested_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [run.facilityId, run.id, run.personIds, run.language, run.requestedBy, run.requestedAt],
    );
  }

  async run(work: UnitOfWork, { facilityId, id }: RunKey): Promise<PrintRunRow | null> {
    if (!isId(facilityId) || !isId(id)) return null;
    const [row] = await work.query<PrintRunRow>(
      `SELECT facility_id AS "facilityId", id, person_ids AS "personIds", language, requested_by AS "requestedBy",
         requested_at AS "requestedAt"
       FROM print_run WHERE facility_id = $1 AND id = $2`,
      [facilityId, id],
    );
    return row ?? null;
  }

  async addSheet(
    work: UnitOfWork,
    run: RunKey,
    { number, printed, without }: PrintSheetRow,
    sealedPdf: Buffer | null,
  ): Promise<void> {
    await work.query(
      `INSERT INTO print_sheet (facility_id, run_id, number, printed, without, sealed_pdf)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [run.facilityId, run.id, number, printed, without, sealedPdf],
    );
  }

  /** The sheets that are done and still kept, in order. */
  sheets(work: UnitOfWork, run: RunKey): Promise<PrintSheetRow[]> {
    return work.query(
      `SELECT number, printed, without FROM print_sheet WHERE facility_id = $1 AND run_id = $2 ORDER BY number`,
      [run.facilityId, run.id],
    );
  }

  async sealedPdf(work: UnitOfWork, run: RunKey, number: number): Promise<Buffer | null> {
    const [row] = await work.query<{ sealed: Buffer | null }>(
      `SELECT sealed_pdf AS sealed FROM print_sheet WHERE facility_id = $1 AND run_id = $2 AND number = $3`,
      [run.facilityId, run.id, number],
    );
    return row?.sealed ?? null;
  }

  /** Deletes sheets of runs that were asked for before an instant; how many. */
  async forget(work: UnitOfWork, before: Date, limit: number): Promise<number> {
    const rows = await work.query(
      `DELETE FROM print_sheet WHERE (facility_id, run_id, number) IN (
         SELECT s.facility_id, s.run_id, s.number FROM print_sheet s
         JOIN print_run r ON r.facility_id = s.facility_id AND r.id = s.run_id
         WHERE r.requested_at < $1 LIMIT $2) RETURNING number`,
      [before, limit],
    );
    return rows.length;
  }
}
