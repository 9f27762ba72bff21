import { Injectable } from '@nestjs/common';
import { decodeCursor, isId, type PageRequest } from '../common';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import type { AuditedAct } from './audit-trail';

export interface AuditRow {
  id: string;
  at: Date;
  actorKind: string;
  actorId: string | null;
  action: string;
  resourceType: string;
  resourceId: string | null;
  personId: string | null;
  facilityId: string | null;
  purpose: string | null;
}

export async function appendEntry(ctx: Context, work: UnitOfWork, act: AuditedAct): Promise<void> {
  await work.query(
    `INSERT INTO audit_entry (id, at, actor_kind, actor_id, action, resource_type, resource_id, person_id, facility_id,
                              purpose, address, trace_id, detail)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ctx.newId(),
      ctx.now(),
      ctx.actor.kind,
      ctx.actor.id,
      act.action,
      act.resource.type,
      act.resource.id,
      act.personId ?? null,
      act.facilityId ?? null,
      ctx.purpose,
      ctx.address,
      ctx.traceId,
      JSON.stringify(act.detail ?? {}),
    ],
  );
}

const COLUMNS = `id, at, actor_kind AS "actorKind", actor_id AS "actorId", action, resource_type AS "resourceType",
  resource_id AS "resourceId", person_id AS "personId", facility_id AS "facilityId", purpose`;

@Injectable()
export class AuditStore {
  /** What was done to one person's record, newest first; one row more than the page holds. */
  entriesAbout(work: UnitOfWork, personId: string, page: PageRequest): Promise<AuditRow[]> {
    return work.query(
      `SELECT ${COLUMNS} FROM audit_entry WHERE person_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [personId, startOf(page), page.first + 1],
    );
  }

  /** Everything in the trail, newest first; one row more than the page holds. */
  entries(work: UnitOfWork, page: PageRequest): Promise<AuditRow[]> {
    return work.query(
      `SELECT ${COLUMNS} FROM audit_entry WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
      [startOf(page), page.first + 1],
    );
  }
}

function startOf(page: PageRequest): string | null {
  const key = page.after ? decodeCursor(page.after) : '';
  return isId(key) ? key : null;
}
