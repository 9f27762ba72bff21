import { Injectable } from '@nestjs/common';
import { decodeCursor, isId, type PageRequest } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { RevocationCause, RevocationOrderRow, RevocationScope } from './revocation-order';

const COLUMNS = `o.id, o.cause, o.lot_id AS "lotId", o.recorder, o.facility_id AS "facilityId",
  to_char(o.from_day, 'YYYY-MM-DD') AS "from", to_char(o.until_day, 'YYYY-MM-DD') AS "until", o.numbers, o.reason,
  o.requested_by AS "requestedBy", o.requested_at AS "requestedAt", d.approved, d.reason AS "answer", d.job_id AS "jobId",
  d.decided_at AS "decidedAt",
  (SELECT count(*)::int FROM certificate_exclusion e WHERE e.order_id = o.id) AS excluded`;
const FROM = `FROM revocation_order o LEFT JOIN revocation_decision d ON d.order_id = o.id`;

interface Stored {
  id: string;
  cause: RevocationCause;
  lotId: string | null;
  recorder: string | null;
  facilityId: string | null;
  from: string | null;
  until: string | null;
  numbers: string[] | null;
  reason: string;
  requestedBy: string;
  requestedAt: Date;
  approved: boolean | null;
  answer: string | null;
  jobId: string | null;
  decidedAt: Date | null;
  excluded: number;
}

@Injectable()
export class RevocationOrdersStore {
  async one(work: UnitOfWork, id: string): Promise<RevocationOrderRow | null> {
    if (!isId(id)) return null;
    const [row] = await work.query<Stored>(`SELECT ${COLUMNS} ${FROM} WHERE o.id = $1`, [id]);
    return row ? asRow(row) : null;
  }

  /** Newest first; one row more than the page holds. */
  async page(work: UnitOfWork, { first, after }: PageRequest): Promise<RevocationOrderRow[]> {
    const key = after ? decodeCursor(after) : '';
    const rows = await work.query<Stored>(
      `SELECT ${COLUMNS} ${FROM} WHERE $1::uuid IS NULL OR o.id < $1 ORDER BY o.id DESC LIMIT $2`,
      [isId(key) ? key : null, first + 1],
    );
    return rows.map(asRow);
  }

  async add(
    ctx: Context,
    work: UnitOfWork,
    order: { id: string; cause: RevocationCause; scope: RevocationScope; reason: string },
  ): Promise<void> {
    const { scope } = order;
    const by = scope.kind === 'recorder' ? scope : null;
    await work.query(
      `INSERT INTO revocation_order (id, cause, lot_id, recorder, facility_id, from_day, until_day, numbers, reason,
         requested_by, requested_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        order.id,
        order.cause,
        scope.kind === 'lot' ? scope.lotId : null,
        by?.recorder ?? null,
        by?.facilityId ?? null,
        by?.from ?? null,
        by?.until ?? null,
        scope.kind === 'numbers' ? scope.numbers : null,
        order.reason,
        ctx.actor.id ?? ctx.actor.kind,
        ctx.now(),
      ],
    );
  }

  /** False when somebody else has decided. */
  async decide(
    ctx: Context,
    work: UnitOfWork,
    decision: { orderId: string; approved: boolean; reason: string | null; jobId: string | null },
  ): Promise<boolean> {
    const rows = await work.query(
      `INSERT INTO revocation_decision (order_id, approved, reason, job_id, decided_by, decided_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (order_id) DO NOTHING RETURNING order_id`,
      [
        decision.orderId,
        decision.approved,
        decision.reason,
        decision.jobId,
        ctx.actor.id ?? ctx.actor.kind,
        ctx.now(),
      ],
    );
    return rows.length === 1;
  }
}

function asRow(row: Stored): RevocationOrderRow {
  const { id, cause, reason, requestedBy, requestedAt, excluded } = row;
  const decision =
    row.decidedAt === null
      ? null
      : { approved: row.approved!, reason: row.answer, jobId: row.jobId, decidedAt: row.decidedAt };
  return { id, cause, scope: scopeOf(row), reason, requestedBy, requestedAt, decision, excluded };
}

function scopeOf({ lotId, recorder, facilityId, from, until, numbers }: Stored): RevocationScope {
  if (lotId) return { kind: 'lot', lotId };
  return recorder
    ? { kind: 'recorder', recorder, facilityId: facilityId!, from: from!, until: until! }
    : { kind: 'numbers', numbers: numbers! };
}
