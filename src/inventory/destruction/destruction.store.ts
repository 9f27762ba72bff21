import { Injectable } from '@nestjs/common';
import { isId } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { StockUnit } from '../units/unit-rules';
import type { LotDoses } from './destruction-rules';

/** RECORDED: it waits for its witness. */
export type DestructionState = 'RECORDED' | 'WITNESSED' | 'WITHDRAWN';

export interface DestructionRow {
  facilityId: string;
  id: string;
  method: string;
  documentReference: string;
  destroyedOn: string;
  state: DestructionState;
  recordedAt: Date;
  recordedBy: string;
  witnessedAt: Date | null;
  witnessedBy: string | null;
  lots: (LotDoses & { lotNumber: string; productCode: string; unit: StockUnit })[];
}

/** What lies wasted of a lot and is still to be destroyed. */
export interface WastedLot extends LotDoses {
  lotNumber: string;
  productCode: string;
  unit: StockUnit;
  expiresOn: string;
}

const DESTRUCTION = `d.facility_id AS "facilityId", d.id, d.method, d.document_reference AS "documentReference",
  to_char(d.destroyed_on, 'YYYY-MM-DD') AS "destroyedOn", d.state, d.recorded_at AS "recordedAt",
  d.recorded_by AS "recordedBy", d.witnessed_at AS "witnessedAt", d.witnessed_by AS "witnessedBy",
  (SELECT jsonb_agg(jsonb_build_object('lotId', n.lot_id, 'doses', n.doses, 'lotNumber', l.lot_number,
     'productCode', l.product_code, 'unit', l.unit) ORDER BY n.lot_id)
   FROM stock_destruction_line n JOIN lot l ON l.id = n.lot_id
   WHERE n.facility_id = d.facility_id AND n.destruction_id = d.id) AS lots`;

/** What is missing was never there to be destroyed. */
const WASTED = `SELECT m.lot_id, sum(CASE m.to_account WHEN 'wasted' THEN m.doses ELSE -m.doses END)::integer AS doses
  FROM stock_move m WHERE m.facility_id = $1 AND (m.to_account = 'wasted' OR m.from_account = 'wasted')
    AND m.reason <> 'MISSING'`;

/** Records of what was destroyed. Rows of stock are locked before the balance of what lies wasted is relied on. */
@Injectable()
export class DestructionStore {
  async one(work: UnitOfWork, facilityId: string, id: string): Promise<DestructionRow | null> {
    if (!isId(facilityId) || !isId(id)) return null;
    const [row] = await work.query<DestructionRow>(
      `SELECT ${DESTRUCTION} FROM stock_destruction d WHERE d.facility_id = $1 AND d.id = $2`,
      [facilityId, id],
    );
    return row ?? null;
  }

  /** Those of a place, newest first; those older than `before` when it is given. */
  list(
    work: UnitOfWork,
    facilityId: string,
    page: { before: string | null; limit: number },
  ): Promise<DestructionRow[]> {
    return work.query(
      `SELECT ${DESTRUCTION} FROM stock_destruction d
       WHERE d.facility_id = $1 AND ($2::uuid IS NULL OR d.id < $2) ORDER BY d.id DESC LIMIT $3`,
      [facilityId, page.before, page.limit],
    );
  }

  /** Whole doses of these lots that lie wasted at a place, less what records that await a witness claim. */
  async wasted(
    work: UnitOfWork,
    facilityId: string,
    lotIds: readonly string[],
    but: string | null = null,
  ): Promise<Map<string, number>> {
    const rows = await work.query<LotDoses>(
      `SELECT w.lot_id AS "lotId", (w.doses - coalesce((SELECT sum(n.doses) FROM stock_destruction d
           JOIN stock_destruction_line n ON n.facility_id = d.facility_id AND n.destruction_id = d.id
         WHERE d.facility_id = $1 AND d.state = 'RECORDED' AND n.lot_id = w.lot_id
           AND d.id IS DISTINCT FROM $3::uuid), 0))::integer AS doses
       FROM (${WASTED} AND m.lot_id = ANY ($2::uuid[]) GROUP BY 1) w`,
      [facilityId, lotIds, but],
    );
    return new Map(rows.map(({ lotId, doses }) => [lotId, doses]));
  }

  /** Lots of which doses lie wasted at a place, by product and number; 500 at most. */
  awaiting(work: UnitOfWork, facilityId: string): Promise<WastedLot[]> {
    return work.query(
      `SELECT w.lot_id AS "lotId", w.doses, l.lot_number AS "lotNumber", l.product_code AS "productCode", l.unit,
         to_char(l.expires_on, 'YYYY-MM-DD') AS "expiresOn"
       FROM (${WASTED} GROUP BY 1) w JOIN lot l ON l.id = w.lot_id WHERE w.doses > 0
       ORDER BY l.product_code, l.lot_number, l.id LIMIT 500`,
      [facilityId],
    );
  }

  async add(
    ctx: Context,
    work: UnitOfWork,
    record: Pick<DestructionRow, 'facilityId' | 'method' | 'documentReference' | 'destroyedOn'> & {
      lots: readonly LotDoses[];
    },
  ): Promise<string> {
    const id = ctx.newId();
    await work.query(
      `WITH record AS (
         INSERT INTO stock_destruction (facility_id, id, method, document_reference, destroyed_on, state, recorded_at, recorded_by)
         VALUES ($1::uuid, $2::uuid, $3, $4, $5, 'RECORDED', $6, $7))
       INSERT INTO stock_destruction_line (facility_id, destruction_id, lot_id, doses)
       SELECT $1::uuid, $2::uuid, n.* FROM unnest($8::uuid[], $9::integer[]) n(lot_id, doses)`,
      [
        record.facilityId,
        id,
        record.method,
        record.documentReference,
        record.destroyedOn,
        ctx.now(),
        ctx.actor.id ?? ctx.actor.kind,
        record.lots.map(({ lotId }) => lotId),
        record.lots.map(({ doses }) => doses),
      ],
    );
    return id;
  }

  /** Whether it was waiting for its witness and now has one, or is withdrawn: of two who try, one does it. */
  async advance(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, id }: DestructionRow,
    to: 'WITNESSED' | 'WITHDRAWN',
  ): Promise<boolean> {
    const witness = to === 'WITNESSED' ? [ctx.now(), ctx.actor.id ?? ctx.actor.kind] : [null, null];
    const moved = await work.query(
      `UPDATE stock_destruction SET state = $3, witnessed_at = $4, witnessed_by = $5
       WHERE facility_id = $1 AND id = $2 AND state = 'RECORDED' RETURNING id`,
      [facilityId, id, to, ...witness],
    );
    return moved.length === 1;
  }
}
