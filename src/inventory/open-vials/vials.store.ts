import { Injectable } from '@nestjs/common';
import { isId } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { ADD_TO_LINE, type LineKey, newLineState } from './session-lines.store';

export interface VialRow {
  id: string;
  facilityId: string;
  lotId: string;
  lotNumber: string;
  productCode: string;
  /** Where it is in use; null while it is kept for whichever draws from it next. */
  sessionId: string | null;
  /** Doses in it when it was opened. */
  doses: number;
  left: number;
  openedAt: Date;
  /** From when on it must not be used. */
  useBy: Date;
}

const VIAL = `v.id, v.facility_id AS "facilityId", v.lot_id AS "lotId", l.lot_number AS "lotNumber",
  l.product_code AS "productCode", v.session_id AS "sessionId", v.doses, v.left_doses AS left, v.opened_at AS "openedAt",
  v.use_by AS "useBy"`;

/** Opened vials. Whoever changes one holds the lock of its lot's stock at the facility. */
@Injectable()
export class VialsStore {
  async vial(work: UnitOfWork, facilityId: string, id: string): Promise<VialRow | null> {
    if (!isId(id)) return null;
    const [row] = await work.query<VialRow>(
      `SELECT ${VIAL} FROM open_vial v JOIN lot l ON l.id = v.lot_id WHERE v.facility_id = $1 AND v.id = $2`,
      [facilityId, id],
    );
    return row ?? null;
  }

  /** Vials with doses left at a facility, that must be used first first; a hundred at most. */
  openAt(work: UnitOfWork, facilityId: string): Promise<VialRow[]> {
    return work.query(
      `SELECT ${VIAL} FROM open_vial v JOIN lot l ON l.id = v.lot_id
       WHERE v.facility_id = $1 AND v.left_doses > 0 ORDER BY v.use_by, v.id LIMIT 100`,
      [facilityId],
    );
  }

  /** The vials of one lot that a session uses, or keeps and nobody has used since; those that can be used longest first. */
  ofLine(work: UnitOfWork, { facilityId, sessionId, lotId }: LineKey): Promise<VialRow[]> {
    return work.query(
      `SELECT ${VIAL} FROM open_vial v JOIN lot l ON l.id = v.lot_id
       WHERE v.facility_id = $1 AND v.lot_id = $3 AND coalesce(v.session_id, v.kept_by) = $2 ORDER BY v.use_by DESC, v.id DESC`,
      [facilityId, sessionId, lotId],
    );
  }

  async add(
    ctx: Context,
    work: UnitOfWork,
    vial: Pick<VialRow, 'facilityId' | 'lotId' | 'sessionId' | 'doses' | 'left' | 'openedAt' | 'useBy'>,
    keptBy: string | null = null,
  ): Promise<string> {
    const id = ctx.newId();
    await work.query(
      `INSERT INTO open_vial (facility_id, id, lot_id, session_id, doses, left_doses, opened_at, use_by, opened_by, kept_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        vial.facilityId,
        id,
        vial.lotId,
        vial.sessionId,
        vial.doses,
        vial.left,
        vial.openedAt,
        vial.useBy,
        ctx.actor.id,
        keptBy,
      ],
    );
    return id;
  }

  /** A session opened a vial of so many doses; whether it had been counted before. */
  async addOpened(work: UnitOfWork, line: LineKey, doses: number): Promise<boolean> {
    const [row] = await work.query<{ state: string }>(
      `INSERT INTO session_lot AS l (facility_id, session_id, lot_id, brought, opened, given, state)
       VALUES ($1::uuid, $2::uuid, $3, 0, $4::integer, 0, ${newLineState('$1::uuid', '$2::uuid')})
       ${ADD_TO_LINE} RETURNING state`,
      [line.facilityId, line.sessionId, line.lotId, doses],
    );
    return row!.state === 'REOPENED';
  }

  async leave(work: UnitOfWork, vial: Pick<VialRow, 'facilityId' | 'id'>, left: number): Promise<void> {
    await work.query(`UPDATE open_vial SET left_doses = $3 WHERE facility_id = $1 AND id = $2`, [
      vial.facilityId,
      vial.id,
      left,
    ]);
  }

  /** A session keeps so many doses in the vial for whichever draws from it next. */
  async keep(
    work: UnitOfWork,
    vial: Pick<VialRow, 'facilityId' | 'id'>,
    left: number,
    keptBy: string,
  ): Promise<void> {
    await work.query(
      `UPDATE open_vial SET left_doses = $3, session_id = NULL, kept_by = $4 WHERE facility_id = $1 AND id = $2`,
      [vial.facilityId, vial.id, left, keptBy],
    );
  }
}
