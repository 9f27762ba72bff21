import { Injectable } from '@nestjs/common';
import { decodeCursor, isId, type PageRequest } from '../../common';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { GrievanceRow } from './grievance';

const COLUMNS = `g.person_id AS "personId", g.id, g.kind, g.facility_id AS "facilityId", g.raised_kind AS "raisedKind",
  g.raised_by AS "raisedBy", g.raised_at AS "raisedAt", g.sealed_case AS "sealedCase", d.granted,
  d.sealed_reason AS "sealedReason", d.decided_at AS "decidedAt"`;
const FROM = `FROM certificate_grievance g
  LEFT JOIN certificate_grievance_decision d ON d.person_id = g.person_id AND d.grievance_id = g.id`;

@Injectable()
export class GrievancesStore {
  /** Newest first. */
  ofPerson(work: UnitOfWork, personId: string): Promise<GrievanceRow[]> {
    return work.query(`SELECT ${COLUMNS} ${FROM} WHERE g.person_id = $1 ORDER BY g.id DESC`, [personId]);
  }

  async one(work: UnitOfWork, personId: string, id: string): Promise<GrievanceRow | null> {
    if (!isId(personId) || !isId(id)) return null;
    const [row] = await work.query<GrievanceRow>(
      `SELECT ${COLUMNS} ${FROM} WHERE g.person_id = $1 AND g.id = $2`,
      [personId, id],
    );
    return row ?? null;
  }

  /** Undecided ones of a facility, oldest first; one row more than the page holds. */
  openAt(work: UnitOfWork, facilityId: string, { first, after }: PageRequest): Promise<GrievanceRow[]> {
    const key = after ? decodeCursor(after) : '';
    return work.query(
      `SELECT ${COLUMNS} ${FROM} WHERE g.facility_id = $1 AND d.granted IS NULL AND ($2::uuid IS NULL OR g.id > $2)
       ORDER BY g.id LIMIT $3`,
      [facilityId, isId(key) ? key : null, first + 1],
    );
  }

  async add(
    ctx: Context,
    work: UnitOfWork,
    row: Pick<GrievanceRow, 'personId' | 'id' | 'kind' | 'facilityId' | 'sealedCase'>,
  ): Promise<void> {
    await work.query(
      `INSERT INTO certificate_grievance (person_id, id, kind, facility_id, sealed_case, raised_kind, raised_by, raised_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        row.personId,
        row.id,
        row.kind,
        row.facilityId,
        row.sealedCase,
        ctx.actor.kind,
        ctx.actor.id ?? ctx.actor.kind,
        ctx.now(),
      ],
    );
  }

  /** False when somebody else has decided. */
  async decide(
    ctx: Context,
    work: UnitOfWork,
    { personId, id }: Pick<GrievanceRow, 'personId' | 'id'>,
    { granted, sealedReason }: { granted: boolean; sealedReason: Buffer | null },
  ): Promise<boolean> {
    const rows = await work.query(
      `INSERT INTO certificate_grievance_decision (person_id, grievance_id, granted, sealed_reason, decided_by, decided_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (person_id, grievance_id) DO NOTHING RETURNING grievance_id`,
      [personId, id, granted, sealedReason, ctx.actor.id ?? ctx.actor.kind, ctx.now()],
    );
    return rows.length === 1;
  }
}
