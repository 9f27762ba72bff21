import { Injectable } from '@nestjs/common';
import { type CivilDate, decodeCursor, isId, type PageRequest } from '../../common';
import type { TextByLanguage } from '../../localisation';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { Written } from '../../platform/tables';
import type { TemperatureClass } from './hub-rules';

/** A hub as it is entered and changed. */
export interface HubDetails {
  code: string;
  names: TextByLanguage;
  level: string;
  parentId: string | null;
  areaId: string;
  facilityId: string | null;
  latitude: number | null;
  longitude: number | null;
  handlingMinutes: number;
  openDays: readonly number[];
  /** `HH:MM`. */
  opens: string;
  closes: string;
}

export interface HubRow extends HubDetails {
  id: string;
  /** The area of the hub and every one above, from the top. */
  areaIds: string[];
}

/** One weekly departure. `departs` and `minutes` as in the timetable's legs. */
export interface LegRow {
  id: string;
  fromHubId: string;
  toHubId: string;
  departs: number;
  minutes: number;
  mode: string;
  temperature: TemperatureClass;
  capacityKg: number | null;
  active: boolean;
}

/** A run that does not happen. */
export interface CancelledRun {
  fromHubId: string;
  legId: string;
  /** The country's own day of its departure. */
  day: CivilDate;
}

const HUB = `h.id, h.code, h.names, h.level, h.parent_id AS "parentId", h.area_id AS "areaId", h.facility_id AS "facilityId",
  h.latitude, h.longitude, h.handling_minutes AS "handlingMinutes", h.open_days AS "openDays",
  to_char(h.opens, 'HH24:MI') AS opens, to_char(h.closes, 'HH24:MI') AS closes, a.path AS "areaIds"`;
const HUB_DETAILS = `names, level, parent_id, area_id, facility_id, latitude, longitude, handling_minutes, open_days, opens, closes`;

const LEG = `l.id, l.from_hub_id AS "fromHubId", l.to_hub_id AS "toHubId", l.departs, l.minutes, l.mode, l.temperature,
  l.capacity_kg AS "capacityKg", l.active`;

const prefixed = (table: string, columns: string): string =>
  columns
    .split(', ')
    .map(column => `${table}.${column}`)
    .join(', ');

@Injectable()
export class NetworkStore {
  async hub(work: UnitOfWork, id: string): Promise<HubRow | null> {
    return isId(id) ? ((await this.hubsOf(work, [id]))[0] ?? null) : null;
  }

  hubsOf(work: UnitOfWork, ids: readonly string[]): Promise<HubRow[]> {
    return work.query(
      `SELECT ${HUB} FROM hub h JOIN area a ON a.id = h.area_id WHERE h.id = ANY ($1::uuid[])`,
      [ids],
    );
  }

  async hubsByCode(work: UnitOfWork, codes: readonly string[]): Promise<Map<string, HubRow>> {
    const rows = await work.query<HubRow>(
      `SELECT ${HUB} FROM hub h JOIN area a ON a.id = h.area_id WHERE h.code = ANY ($1::text[])`,
      [codes],
    );
    return new Map(rows.map(row => [row.code, row]));
  }

  /** In the order of their codes, of an area or below it when one is given; one row more than the page holds. */
  hubs(work: UnitOfWork, areaId: string | null, page: PageRequest): Promise<HubRow[]> {
    if (areaId !== null && !isId(areaId)) return Promise.resolve([]);
    return work.query(
      `SELECT ${HUB} FROM hub h JOIN area a ON a.id = h.area_id
       WHERE h.code > $1 AND ($2::uuid IS NULL OR a.path @> ARRAY[$2::uuid]) ORDER BY h.code LIMIT $3`,
      [page.after ? decodeCursor(page.after) : '', areaId, page.first + 1],
    );
  }

  /** Which hub delivers to an area: that which serves the area itself, else the nearest area above it. */
  async hubServing(work: UnitOfWork, areaId: string): Promise<HubRow | null> {
    if (!isId(areaId)) return null;
    const [row] = await work.query<HubRow>(
      `SELECT ${HUB} FROM area wanted
       JOIN hub_service_area s ON s.area_id = ANY (wanted.path) JOIN hub h ON h.id = s.hub_id JOIN area a ON a.id = h.area_id
       WHERE wanted.id = $1 ORDER BY array_position(wanted.path, s.area_id) DESC, h.code LIMIT 1`,
      [areaId],
    );
    return row ?? null;
  }

  /** The departures of a hub that run, in the order of the week. */
  legsFrom(work: UnitOfWork, hubId: string): Promise<LegRow[]> {
    if (!isId(hubId)) return Promise.resolve([]);
    return work.query(
      `SELECT ${LEG} FROM leg l WHERE l.from_hub_id = $1 AND l.active ORDER BY l.departs, l.id`,
      [hubId],
    );
  }

  async leg(work: UnitOfWork, fromHubId: string, legId: string): Promise<LegRow | null> {
    if (!isId(fromHubId) || !isId(legId)) return null;
    const [row] = await work.query<LegRow>(
      `SELECT ${LEG} FROM leg l WHERE l.from_hub_id = $1 AND l.id = $2`,
      [fromHubId, legId],
    );
    return row ?? null;
  }

  /** Adds and changes hubs by code in one statement. What differs in nothing is not written. */
  async upsertHubs(
    work: UnitOfWork,
    rows: readonly (HubDetails & { id: string })[],
    now: Date,
  ): Promise<Written> {
    const written = await work.query<{ known: boolean }>(
      `WITH known AS (SELECT code FROM hub WHERE code = ANY ($3::text[])), written AS (
         INSERT INTO hub (id, code, ${HUB_DETAILS}, changed_at)
         SELECT id, code, names, level, "parentId", "areaId", "facilityId", latitude, longitude, "handlingMinutes",
           ARRAY(SELECT jsonb_array_elements_text("openDays")::smallint), opens, closes, $2::timestamptz
         FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, code text, names jsonb, level text, "parentId" uuid, "areaId" uuid,
           "facilityId" uuid, latitude float8, longitude float8, "handlingMinutes" integer, "openDays" jsonb, opens time, closes time)
         ON CONFLICT (code) DO UPDATE SET (${HUB_DETAILS}) = ROW (${prefixed('excluded', HUB_DETAILS)}), changed_at = excluded.changed_at
           WHERE (${prefixed('hub', HUB_DETAILS)}) IS DISTINCT FROM (${prefixed('excluded', HUB_DETAILS)})
         RETURNING code)
       SELECT code IN (SELECT code FROM known) AS known FROM written`,
      [JSON.stringify(rows), now, rows.map(row => row.code)],
    );
    return counted(written);
  }

  /** Sets which areas these hubs serve, and no others. How many of them that changed. */
  async setServices(
    work: UnitOfWork,
    services: readonly { hubId: string; areaIds: readonly string[] }[],
  ): Promise<string[]> {
    const pairs = services.flatMap(({ hubId, areaIds }) => areaIds.map(areaId => ({ hubId, areaId })));
    const changed = await work.query<{ hubId: string }>(
      `WITH wanted AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS w("hubId" uuid, "areaId" uuid)),
       gone AS (DELETE FROM hub_service_area s WHERE s.hub_id = ANY ($2::uuid[])
         AND NOT EXISTS (SELECT FROM wanted w WHERE w."hubId" = s.hub_id AND w."areaId" = s.area_id) RETURNING s.hub_id),
       come AS (INSERT INTO hub_service_area SELECT "hubId", "areaId" FROM wanted ON CONFLICT DO NOTHING RETURNING hub_id)
       SELECT hub_id AS "hubId" FROM gone UNION SELECT hub_id FROM come`,
      [JSON.stringify(pairs), services.map(({ hubId }) => hubId)],
    );
    return changed.map(({ hubId }) => hubId);
  }

  /** Adds and changes departures, known by their hubs, minute, mode and class. What differs in nothing is not written. */
  async upsertLegs(work: UnitOfWork, rows: readonly LegRow[], now: Date): Promise<Written> {
    const written = await work.query<{ known: boolean }>(
      `INSERT INTO leg (id, from_hub_id, to_hub_id, departs, minutes, mode, temperature, capacity_kg, active, changed_at)
       SELECT id, "fromHubId", "toHubId", departs, minutes, mode, temperature, "capacityKg", active, $2::timestamptz
       FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, "fromHubId" uuid, "toHubId" uuid, departs integer, minutes integer,
         mode text, temperature text, "capacityKg" integer, active boolean)
       ON CONFLICT ON CONSTRAINT leg_departure_unique DO UPDATE SET minutes = excluded.minutes,
         capacity_kg = excluded.capacity_kg, active = excluded.active, changed_at = excluded.changed_at
         WHERE (leg.minutes, leg.capacity_kg, leg.active) IS DISTINCT FROM (excluded.minutes, excluded.capacity_kg, excluded.active)
       RETURNING id <> ALL ($3::uuid[]) AS known`,
      [JSON.stringify(rows), now, rows.map(row => row.id)],
    );
    return counted(written);
  }

  /** False when it was cancelled before. */
  async cancelRun(ctx: Context, work: UnitOfWork, run: CancelledRun, reason: string): Promise<boolean> {
    const cancelled = await work.query(
      `INSERT INTO leg_cancellation (from_hub_id, leg_id, day, reason, at, actor_id) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (from_hub_id, leg_id, day) DO NOTHING RETURNING leg_id`,
      [run.fromHubId, run.legId, run.day, reason, ctx.now(), ctx.actor.id],
    );
    return cancelled.length > 0;
  }

  /** 0 while the country has no network. */
  async version(work: UnitOfWork): Promise<number> {
    const [row] = await work.query<{ version: number }>(`SELECT version FROM delivery_network`);
    return row?.version ?? 0;
  }

  /** Whoever else changes the network waits until this unit of work is over. */
  async lock(work: UnitOfWork, now: Date): Promise<void> {
    await work.query(
      `INSERT INTO delivery_network (name, version, changed_at) VALUES ('delivery', 1, $1)
       ON CONFLICT (name) DO UPDATE SET name = excluded.name`,
      [now],
    );
  }

  /** Says that the network has changed; it is locked. */
  async raiseVersion(work: UnitOfWork, now: Date): Promise<void> {
    await work.query(`UPDATE delivery_network SET version = version + 1, changed_at = $1`, [now]);
  }

  allHubs(work: UnitOfWork): Promise<HubRow[]> {
    return work.query(`SELECT ${HUB} FROM hub h JOIN area a ON a.id = h.area_id ORDER BY h.id`);
  }

  /** Every departure that runs. */
  allLegs(work: UnitOfWork): Promise<LegRow[]> {
    return work.query(`SELECT ${LEG} FROM leg l WHERE l.active ORDER BY l.from_hub_id, l.id`);
  }

  runsCancelledSince(work: UnitOfWork, day: CivilDate): Promise<CancelledRun[]> {
    return work.query(
      `SELECT from_hub_id AS "fromHubId", leg_id AS "legId", to_char(day, 'YYYY-MM-DD') AS day
       FROM leg_cancellation WHERE day >= $1::date`,
      [day],
    );
  }
}

function counted(written: readonly { known: boolean }[]): Written {
  const changed = written.filter(row => row.known).length;
  return { added: written.length - changed, changed };
}
