import { Injectable } from '@nestjs/common';
import { isId } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type {
  AskedLine,
  DecidedState,
  GrantedLine,
  ProposedLine,
  RequisitionState,
} from './requisition-rules';

export interface RequisitionLineRow extends ProposedLine {
  productCode: string;
  requested: number;
  reason: string | null;
  /** Null until it was decided on. */
  approved: number | null;
  cutReason: string | null;
}

export interface RequisitionRow {
  /** Who asks. */
  facilityId: string;
  id: string;
  supplierId: string;
  state: RequisitionState;
  askedBy: string;
  askedAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  /** What answers it; null before it was allocated. */
  shipmentId: string | null;
  lines: RequisitionLineRow[];
}

const REQUISITION = `r.facility_id AS "facilityId", r.id, r.supplier_id AS "supplierId", coalesce(s.state, r.state) AS state,
  r.asked_by AS "askedBy", r.asked_at AS "askedAt", r.decided_by AS "decidedBy", r.decided_at AS "decidedAt",
  s.id AS "shipmentId",
  (SELECT jsonb_agg(jsonb_build_object('productCode', n.product_code, 'usable', n.usable, 'onTheWay', n.on_the_way,
     'proposed', n.proposed, 'requested', n.requested, 'reason', n.reason, 'approved', n.approved,
     'cutReason', n.cut_reason) ORDER BY n.product_code)
   FROM stock_requisition_line n WHERE n.facility_id = r.facility_id AND n.requisition_id = r.id) AS lines`;

/** One that was put back on the shelf answers nothing: another may be made. */
const ANSWERED = `stock_requisition r LEFT JOIN stock_shipment s
  ON s.facility_id = r.supplier_id AND s.requisition_id = r.id AND s.state <> 'CANCELLED'`;

@Injectable()
export class RequisitionsStore {
  async requisition(work: UnitOfWork, facilityId: string, id: string): Promise<RequisitionRow | null> {
    if (!isId(facilityId) || !isId(id)) return null;
    const [row] = await work.query<RequisitionRow>(
      `SELECT ${REQUISITION} FROM ${ANSWERED} WHERE r.facility_id = $1 AND r.id = $2`,
      [facilityId, id],
    );
    return row ?? null;
  }

  /** Whoever decides on it, cancels it or allocates for it waits for the one before. */
  async lock(work: UnitOfWork, facilityId: string, id: string): Promise<void> {
    if (!isId(facilityId) || !isId(id)) return;
    await work.query(`SELECT FROM stock_requisition WHERE facility_id = $1 AND id = $2 FOR UPDATE`, [
      facilityId,
      id,
    ]);
  }

  /** What a facility asks for, or is asked for, newest first; those older than `before` when it is given. */
  requisitions(
    work: UnitOfWork,
    facilityId: string,
    way: 'FROM' | 'TO',
    page: { before: string | null; limit: number },
  ): Promise<RequisitionRow[]> {
    const column = way === 'TO' ? 'facility_id' : 'supplier_id';
    return work.query(
      `SELECT ${REQUISITION} FROM ${ANSWERED}
       WHERE r.${column} = $1 AND ($2::uuid IS NULL OR r.id < $2) ORDER BY r.id DESC LIMIT $3`,
      [facilityId, page.before, page.limit],
    );
  }

  async add(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, supplierId }: Pick<RequisitionRow, 'facilityId' | 'supplierId'>,
    lines: readonly (AskedLine & ProposedLine)[],
  ): Promise<string> {
    const id = ctx.newId();
    await work.query(
      `WITH requisition AS (
         INSERT INTO stock_requisition (facility_id, id, supplier_id, state, asked_by, asked_at)
         VALUES ($1::uuid, $2::uuid, $3, 'REQUESTED', $4, $5))
       INSERT INTO stock_requisition_line (facility_id, requisition_id, product_code, usable, on_the_way, proposed, requested, reason)
       SELECT $1::uuid, $2::uuid, n."productCode", n.usable, n."onTheWay", n.proposed, n.doses, n.reason
       FROM json_to_recordset($6::json) AS n("productCode" text, usable integer, "onTheWay" integer, proposed integer,
         doses integer, reason text)`,
      [facilityId, id, supplierId, ctx.actor.id ?? ctx.actor.kind, ctx.now(), JSON.stringify(lines)],
    );
    return id;
  }

  /** In the place of what was decided before. */
  async decide(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, id }: Pick<RequisitionRow, 'facilityId' | 'id'>,
    state: 'APPROVED' | 'REFUSED',
    granted: readonly GrantedLine[],
  ): Promise<void> {
    await work.query(
      `WITH decided AS (
         UPDATE stock_requisition SET state = $3, decided_by = $4, decided_at = $5 WHERE facility_id = $1 AND id = $2)
       UPDATE stock_requisition_line n SET approved = g.doses, cut_reason = CASE WHEN g.doses < n.requested THEN g.reason END
       FROM json_to_recordset($6::json) AS g("productCode" text, doses integer, reason text)
       WHERE n.facility_id = $1 AND n.requisition_id = $2 AND n.product_code = g."productCode"`,
      [facilityId, id, state, ctx.actor.id ?? ctx.actor.kind, ctx.now(), JSON.stringify(granted)],
    );
  }

  async setState(
    work: UnitOfWork,
    { facilityId, id }: Pick<RequisitionRow, 'facilityId' | 'id'>,
    state: DecidedState,
  ): Promise<void> {
    await work.query(`UPDATE stock_requisition SET state = $3 WHERE facility_id = $1 AND id = $2`, [
      facilityId,
      id,
      state,
    ]);
  }
}
