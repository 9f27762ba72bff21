import { Injectable } from '@nestjs/common';
import { decodeCursor, isId, type PageRequest } from '../common';
import { PERMISSIONS } from '../platform/access';
import type { Actor, Context } from '../platform/context';
import { type Copied, MANY, textArray, type UnitOfWork } from '../platform/database';
import type { AuditedAct } from './audited-act';

export interface AuditRow {
  id: string;
  at: Date;
  actorKind: string;
  actorId: string | null;
  /** The roles by which the actor was allowed to; all she holds where the action has no permission of its own. */
  actorRoles: string[];
  action: string;
  resourceType: string;
  resourceId: string | null;
  personId: string | null;
  facilityId: string | null;
  purpose: string | null;
  /** The network address that the act came from. */
  address: string | null;
  traceId: string;
}

/** Which entries are asked for; what is left out is not asked. */
export interface AuditFilter {
  personId?: string | null;
  facilityId?: string | null;
  actorId?: string | null;
  action?: string | null;
  from?: Date | null;
  to?: Date | null;
}

/** An entry as it is stored, named by its columns. */
interface StoredEntry {
  id: string;
  at: Date;
  actor_kind: string;
  actor_id: string | null;
  actor_roles: string[];
  action: string;
  resource_type: string;
  resource_id: string | null;
  person_id: string | null;
  facility_id: string | null;
  purpose: string | null;
  address: string | null;
  trace_id: string;
  detail: object;
}

/** What is stored of an act: who, when, why and from where. */
export function entryOf(ctx: Context, act: AuditedAct): StoredEntry {
  return {
    id: ctx.newId(),
    at: ctx.now(),
    actor_kind: ctx.actor.kind,
    actor_id: ctx.actor.id,
    actor_roles: rolesFor(ctx.actor, act.action),
    action: act.action,
    resource_type: act.resource.type,
    resource_id: act.resource.id,
    person_id: act.personId ?? null,
    facility_id: act.facilityId ?? null,
    purpose: ctx.purpose,
    address: ctx.address,
    trace_id: ctx.traceId,
    detail: act.detail ?? {},
  };
}

const STORED = [
  'id',
  'at',
  'actor_kind',
  'actor_id',
  'actor_roles',
  'action',
  'resource_type',
  'resource_id',
  'person_id',
  'facility_id',
  'purpose',
  'address',
  'trace_id',
  'detail',
] as const satisfies (keyof StoredEntry)[];

export async function appendEntries(work: UnitOfWork, entries: readonly StoredEntry[]): Promise<void> {
  if (entries.length >= MANY) return work.copy(`audit_entry (${STORED.join(', ')})`, entries.map(asCopied));
  await work.query(
    `INSERT INTO audit_entry (${STORED.join(', ')}) SELECT ${STORED.join(', ')}
     FROM json_to_recordset($1::json) AS e(id uuid, at timestamptz, actor_kind text, actor_id text, actor_roles text[],
       action text, resource_type text, resource_id text, person_id uuid, facility_id uuid, purpose text, address text,
       trace_id text, detail jsonb)`,
    [JSON.stringify(entries)],
  );
}

/** In the order of `STORED`. */
const asCopied = (entry: StoredEntry): Copied[] => [
  entry.id,
  entry.at,
  entry.actor_kind,
  entry.actor_id,
  textArray(entry.actor_roles),
  entry.action,
  entry.resource_type,
  entry.resource_id,
  entry.person_id,
  entry.facility_id,
  entry.purpose,
  entry.address,
  entry.trace_id,
  entry.detail,
];

const COLUMNS = `id, at, actor_kind AS "actorKind", actor_id AS "actorId", actor_roles AS "actorRoles", action, resource_type AS "resourceType",
  resource_id AS "resourceId", person_id AS "personId", facility_id AS "facilityId", purpose, address, trace_id AS "traceId"`;

/** What each part of a filter asks for; `?` stands for its value. */
const ASKED: readonly (readonly [keyof AuditFilter, string])[] = [
  ['personId', 'person_id = ?::uuid'],
  ['facilityId', 'facility_id = ?::uuid'],
  ['actorId', 'actor_id = ?'],
  ['action', 'action = ?'],
  ['from', 'at >= ?::timestamptz'],
  ['to', 'at < ?::timestamptz'],
];
/** The week of an entry, as the index by person has it. */
const WEEK = `date_trunc('week', at AT TIME ZONE 'UTC')`;
/**
 * All weeks of the trail. What is written of people lies together by week, so that each entry goes to a page that others go
 * to as well and not to one of its person (decision 0061); whoever asks for a person looks into each week.
 */
const WEEKS = `generate_series(
  (SELECT min(${WEEK}) FROM audit_entry WHERE person_id IS NOT NULL),
  (SELECT max(${WEEK}) FROM audit_entry WHERE person_id IS NOT NULL), interval '7 days') weeks(week)`;
/** No id is larger. */
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

@Injectable()
export class AuditStore {
  /** What was done to one person's record, newest first; one row more than the page holds. */
  entriesAbout(work: UnitOfWork, personId: string, page: PageRequest): Promise<AuditRow[]> {
    return this.entries(work, { personId }, page);
  }

  /**
   * The trail, newest first; one row more than the page holds. Only what is asked stands in the statement: one that also
   * served whoever asks nothing could not be planned for an index.
   */
  entries(work: UnitOfWork, filter: AuditFilter, page: PageRequest): Promise<AuditRow[]> {
    const asked = ASKED.filter(([part]) => (filter[part] ?? null) !== null);
    const conditions = asked.map(([, condition], index) => `AND ${condition.replace('?', `$${index + 3}`)} `);
    const newest = `id < $1::uuid ${conditions.join('')}ORDER BY id DESC LIMIT $2`;
    return work.query(
      filter.personId
        ? `SELECT ${COLUMNS} FROM ${WEEKS}, LATERAL (
             SELECT * FROM audit_entry e WHERE ${WEEK} = weeks.week AND ${newest}) e
           ORDER BY id DESC LIMIT $2`
        : `SELECT ${COLUMNS} FROM audit_entry WHERE ${newest}`,
      [startOf(page) ?? LAST, page.first + 1, ...asked.map(([part]) => filter[part])],
    );
  }
}

/** By which of her roles an actor was allowed to; found once for the many entries of one request. */
const rolesByAct = new WeakMap<Actor, Map<string, string[]>>();

function rolesFor(actor: Actor, action: string): string[] {
  const known = rolesByAct.get(actor) ?? new Map<string, string[]>();
  const roles = known.get(action) ?? rolesUsed(actor, action);
  rolesByAct.set(actor, known.set(action, roles));
  return roles;
}

function rolesUsed(actor: Actor, action: string): string[] {
  const held = [...new Set(actor.grants.map(grant => grant.role))];
  const needed: readonly string[] | undefined = (PERMISSIONS as Record<string, readonly string[]>)[action];
  const used = held.filter(role => needed?.includes(role));
  return used.length > 0 ? used : held; // an act named otherwise than its permission: every role she holds
}

function startOf(page: PageRequest): string | null {
  const key = page.after ? decodeCursor(page.after) : '';
  return isId(key) ? key : null;
}
