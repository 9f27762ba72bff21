import { Injectable } from '@nestjs/common';
import { isId } from '../../common';
import type { TextByLanguage } from '../../localisation';
import type { Context } from '../../platform/context';
import { ReplicaBehind, type UnitOfWork } from '../../platform/database';
import type { Pool, SessionCaps, StoredState } from './session-rules';

/** How many places of one sort a session has, and how many are taken. */
export interface PoolCount {
  pool: Pool;
  capacity: number;
  held: number;
  booked: number;
}

export interface SessionDetails {
  /** `YYYY-MM-DD`, the country's own day. */
  date: string;
  /** `HH:MM`, the country's own time. */
  startTime: string;
  endTime: string;
  /** Codes of products, sorted. */
  products: string[];
  /** CDSi durations (`6 weeks`): from this age … */
  minAge: string | null;
  /** … and before this one. */
  maxAge: string | null;
  opensAt: Date;
  caps: SessionCaps;
}

export interface SessionRow extends SessionDetails {
  facilityId: string;
  id: string;
  state: StoredState;
  /** Why it was closed or cancelled. */
  reason: string | null;
  pools: PoolCount[];
}

/** On which day a session is, and whether it is held. */
export interface SessionDay extends Pick<SessionRow, 'facilityId' | 'date' | 'state'> {
  sessionId: string;
}

/** Which facilities' sessions: exactly one of them. */
export type Whereabouts =
  | { facilityId: string }
  | { areaId: string }
  | { postalCode: string }
  | { near: { latitude: number; longitude: number; km: number } };

/** A session with what people need to find it. */
export interface OfferedSession extends SessionRow {
  facilityCode: string;
  facilityNames: TextByLanguage;
  address: string | null;
  /** The area of the facility and all above it. */
  areaIds: string[];
  latitude: number | null;
  longitude: number | null;
  distanceKm: number | null;
}

const COLUMNS = `s.facility_id AS "facilityId", s.id, to_char(s.date, 'YYYY-MM-DD') AS date,
  to_char(s.start_time, 'HH24:MI') AS "startTime", to_char(s.end_time, 'HH24:MI') AS "endTime", s.products,
  s.min_age AS "minAge", s.max_age AS "maxAge", s.opens_at AS "opensAt", s.state, s.reason,
  json_build_object('account', s.cap_account, 'device', s.cap_device, 'network', s.cap_network) AS caps,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('pool', p.pool, 'capacity', p.capacity, 'held', p.held, 'booked', p.booked)
                             ORDER BY p.pool), '[]')
   FROM session_places p WHERE p.facility_id = s.facility_id AND p.session_id = s.id) AS pools`;

@Injectable()
export class SessionsStore {
  /** One session with its places as they are counted now; null when there is none. */
  async session(work: UnitOfWork, facilityId: string, sessionId: string): Promise<SessionRow | null> {
    if (!isId(facilityId) || !isId(sessionId)) return null;
    const [row] = await work.query<SessionRow>(
      `SELECT ${COLUMNS} FROM session s WHERE s.facility_id = $1 AND s.id = $2`,
      [facilityId, sessionId],
    );
    return row ?? null;
  }

  /** {@link session} for many; one that there is not has no row. Ids must be ids. */
  sessions(
    work: UnitOfWork,
    keys: readonly { facilityId: string; sessionId: string }[],
  ): Promise<SessionRow[]> {
    return work.query(
      `SELECT s.* FROM (SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[]) k(facility_id, id)) k,
         LATERAL (SELECT ${COLUMNS} FROM session s WHERE s.facility_id = k.facility_id AND s.id = k.id OFFSET 0) s`,
      [keys.map(({ facilityId }) => facilityId), keys.map(({ sessionId }) => sessionId)],
    );
  }

  /** The sessions of a facility from one day until before another, in order. */
  sessionsAt(work: UnitOfWork, facilityId: string, from: string, until: string): Promise<SessionRow[]> {
    return work.query(
      `SELECT ${COLUMNS} FROM session s WHERE s.facility_id = $1 AND s.date >= $2 AND s.date < $3
       ORDER BY s.date, s.start_time, s.id`,
      [facilityId, from, until],
    );
  }

  /** When these sessions are, and whether they are held; one that there is not has no row. */
  daysOf(
    work: UnitOfWork,
    sessions: readonly { facilityId: string; sessionId: string }[],
  ): Promise<SessionDay[]> {
    return work.query(
      `SELECT s.* FROM (SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[]) k(facility_id, id)) k,
         LATERAL (SELECT facility_id AS "facilityId", id AS "sessionId", to_char(date, 'YYYY-MM-DD') AS date, state
                  FROM session WHERE facility_id = k.facility_id AND id = k.id OFFSET 0) s`,
      [sessions.map(({ facilityId }) => facilityId), sessions.map(({ sessionId }) => sessionId)],
    );
  }

  /**
   * The sessions not cancelled or closed at active facilities there, from one day until before another; with a product,
   * those that give it. By day, then distance, then facility. At most `limit`.
   */
  offered(
    work: UnitOfWork,
    where: Whereabouts,
    days: { from: string; until: string },
    products: readonly string[],
    limit: number,
  ): Promise<OfferedSession[]> {
    const place = predicateOf(where);
    if (!place) return Promise.resolve([]);
    return work.query(
      `SELECT ${COLUMNS}, f.code AS "facilityCode", f.names AS "facilityNames", f.address, a.path AS "areaIds",
              f.latitude, f.longitude, ${place.distance} AS "distanceKm"
       FROM session s JOIN facility f ON f.id = s.facility_id JOIN area a ON a.id = f.area_id
       WHERE s.date >= $1 AND s.date < $2 AND s.state = 'PLANNED' AND s.products @> $3::text[] AND f.active AND (${place.sql})
       ORDER BY s.date, ${place.distance} NULLS LAST, f.code, s.start_time, s.id LIMIT $4`,
      [days.from, days.until, products, limit, ...place.params],
    );
  }

  /**
   * The instant that what is read next in this unit of work is true at, or a later one, and how many seconds that is ago:
   * now, or on a replica that of the last change it has received. Throws ReplicaBehind when that is more than `seconds`.
   */
  async asOf(work: UnitOfWork, seconds: number): Promise<{ at: Date; behind: number }> {
    const [row] = await work.query<{ at: Date | null; behind: number }>(
      `SELECT CASE WHEN replica THEN replayed ELSE clock_timestamp() END AS at,
              CASE WHEN replica THEN greatest(0, ceil(extract(epoch FROM clock_timestamp() - replayed)))::integer ELSE 0 END AS behind
       FROM (SELECT pg_is_in_recovery() AS replica, pg_last_xact_replay_timestamp() AS replayed) server`,
    );
    const { at, behind } = row!;
    if (!at || behind > seconds) throw new ReplicaBehind();
    return { at, behind };
  }

  /** Adds a session with its counters; false when the same one is planned already. */
  async add(
    ctx: Context,
    work: UnitOfWork,
    session: SessionDetails & { facilityId: string; id: string },
    pools: readonly { pool: Pool; capacity: number }[],
  ): Promise<boolean> {
    const added = await work.query(
      `INSERT INTO session (facility_id, id, date, start_time, end_time, products, min_age, max_age, opens_at, state,
                            created_at, changed_at, cap_account, cap_device, cap_network)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'PLANNED', $10, $10, $11, $12, $13)
       ON CONFLICT (facility_id, date, start_time, products) WHERE state <> 'CANCELLED' DO NOTHING RETURNING id`,
      [
        session.facilityId,
        session.id,
        session.date,
        session.startTime,
        session.endTime,
        session.products,
        session.minAge,
        session.maxAge,
        session.opensAt,
        ctx.now(),
        session.caps.account,
        session.caps.device,
        session.caps.network,
      ],
    );
    if (added.length === 0) return false;
    for (const { pool, capacity } of pools)
      await this.resize(work, session.facilityId, session.id, pool, capacity);
    return true;
  }

  /** The session that stands where an equal one was to be planned. */
  async sameAs(work: UnitOfWork, session: SessionDetails & { facilityId: string }): Promise<string | null> {
    const [row] = await work.query<{ id: string }>(
      `SELECT id FROM session WHERE facility_id = $1 AND date = $2 AND start_time = $3 AND products = $4 AND state <> 'CANCELLED'`,
      [session.facilityId, session.date, session.startTime, session.products],
    );
    return row?.id ?? null;
  }

  /** Sets how many places of one sort there are; false when more are taken. */
  async resize(
    work: UnitOfWork,
    facilityId: string,
    sessionId: string,
    pool: Pool,
    capacity: number,
  ): Promise<boolean> {
    const done = await work.query(
      `INSERT INTO session_places AS p (facility_id, session_id, pool, capacity, held, booked, closed)
       VALUES ($1, $2, $3, $4, 0, 0, false)
       ON CONFLICT (facility_id, session_id, pool) DO UPDATE SET capacity = excluded.capacity
         WHERE p.held + p.booked <= excluded.capacity
       RETURNING pool`,
      [facilityId, sessionId, pool, capacity],
    );
    return done.length === 1;
  }

  async reopenAt(
    ctx: Context,
    work: UnitOfWork,
    facilityId: string,
    sessionId: string,
    opensAt: Date,
  ): Promise<void> {
    await work.query(`UPDATE session SET opens_at = $3, changed_at = $4 WHERE facility_id = $1 AND id = $2`, [
      facilityId,
      sessionId,
      opensAt,
      ctx.now(),
    ]);
  }

  async capAt(
    ctx: Context,
    work: UnitOfWork,
    facilityId: string,
    sessionId: string,
    caps: SessionCaps,
  ): Promise<void> {
    await work.query(
      `UPDATE session SET cap_account = $3, cap_device = $4, cap_network = $5, changed_at = $6
       WHERE facility_id = $1 AND id = $2`,
      [facilityId, sessionId, caps.account, caps.device, caps.network, ctx.now()],
    );
  }

  /**
   * Ends a planned session; false when it has ended already. Its counters are closed in the same transaction, so that
   * whoever takes a place either did so before or never can.
   */
  async end(
    ctx: Context,
    work: UnitOfWork,
    session: { facilityId: string; id: string },
    state: 'CLOSED' | 'CANCELLED',
    reason: string | null,
  ): Promise<boolean> {
    const ended = await work.query(
      `UPDATE session SET state = $3, reason = $4, changed_at = $5
       WHERE facility_id = $1 AND id = $2 AND state <> 'CANCELLED' AND state <> $3 RETURNING id`,
      [session.facilityId, session.id, state, reason, ctx.now()],
    );
    await work.query(`UPDATE session_places SET closed = true WHERE facility_id = $1 AND session_id = $2`, [
      session.facilityId,
      session.id,
    ]);
    return ended.length === 1;
  }
}

/** Parameters from $5 on. Null when an id is none: nothing can be there. */
function predicateOf(where: Whereabouts): { sql: string; distance: string; params: unknown[] } | null {
  const distance = 'NULL::float8';
  if ('facilityId' in where)
    return isId(where.facilityId)
      ? { sql: `s.facility_id = $5`, distance, params: [where.facilityId] }
      : null;
  if ('areaId' in where)
    return isId(where.areaId) ? { sql: `a.path @> ARRAY[$5::uuid]`, distance, params: [where.areaId] } : null;
  if ('postalCode' in where)
    return { sql: POSTAL, distance, params: [where.postalCode.trim().toUpperCase()] };
  const { latitude, longitude, km } = where.near;
  const degrees = km / KM_PER_DEGREE;
  const sql = `f.latitude BETWEEN $5::float8 - $8::float8 AND $5::float8 + $8::float8 AND ${HAVERSINE} <= $7::float8`;
  return { sql, distance: HAVERSINE, params: [latitude, longitude, km, degrees] };
}

/** At facilities with the code, or in the smallest area with the longest beginning of it. */
const POSTAL = `f.postal_code = $5 OR a.path @> ARRAY[(
  SELECT area.id FROM area, unnest(area.postal_prefixes) AS prefix WHERE area.active AND starts_with($5, prefix)
  ORDER BY length(prefix) DESC, cardinality(area.path) DESC, area.code LIMIT 1)]`;

/** Mean length of a degree of latitude on WGS 84. */
const KM_PER_DEGREE = 111.2;

/** Great-circle distance in kilometres on a sphere of mean Earth radius (IUGG), good to half a per cent. */
const HAVERSINE = `2 * 6371.0088 * asin(least(1, sqrt(
  power(sin(radians(f.latitude - $5::float8) / 2), 2)
  + cos(radians($5::float8)) * cos(radians(f.latitude)) * power(sin(radians(f.longitude - $6::float8) / 2), 2))))`;
