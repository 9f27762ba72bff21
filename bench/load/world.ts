import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { addTo, civilDayOf } from '../../src/common';
import type { TenantRef } from '../../src/platform/context';
import { Database } from '../../src/platform/database';
import { addFacility, addSession, addStock } from '../../test/harness/worlds/clinic';
import type { ActorKind, Grant } from '../../src/platform/context';
import { benchDatabase } from '../own-server';
import { atFacility, testService, type TestService } from '../../test/harness/service';
import { type Api, cpuSeconds, startApi } from './api';

/** A country to load: its places with stock, people who are due a dose there, and the API as a process of its own. */
export interface World {
  tenant: string;
  /** The API's address. */
  url: string;
  /** The database, as its administrator. */
  adminUrl: string;
  today: string;
  /** Facilities with a lot each and a session today. */
  places: readonly Place[];
  /** The token of a vaccinator who is a registrar too, by facility. */
  tokens: ReadonlyMap<string, string>;
  /** So many more people, each due her first dose of the product; every call gives others. */
  people: (count: number) => Promise<string[]>;
  /** A session tomorrow with so many places for anybody; its id. */
  bookableSession: (facilityId: string, places: number) => Promise<string>;
  /** People with so many doses in their history. */
  peopleWithDoses: (count: number, doses: number) => Promise<string[]>;
  query: <Row>(sql: string, params?: unknown[]) => Promise<Row[]>;
  /** A token of somebody who holds these grants there. */
  tokenOf: (grants: Grant[], kind: ActorKind, id?: string) => Promise<string>;
  /** The service in this process, for what its workers do; and the country. */
  service: TestService;
  ref: TenantRef;
  /** The API process' resident memory in MB. */
  memory: () => number;
  /** Seconds of processor time that the API and PostgreSQL have used so far. */
  cpu: () => { api: number; postgres: number };
  /** This world with the API of another clone of the repository, as it is built there, in place of this one's. */
  servedFrom: (root: string) => Promise<World>;
  /** The statements that have cost PostgreSQL most since this was last asked: a line each. */
  costliest: (count: number) => Promise<string[]>;
  stop: () => Promise<void>;
}

export interface Place {
  facilityId: string;
  lotId: string;
  sessionId: string;
}

/** What is given, and is due to {@link World.people}. */
export const PRODUCT = 'penta-10';
/** What the country has recorded before the run: so many people, with so many doses each. */
const BEFORE = { people: 40_000, doses: 5 };
/** So many of them in one statement, which must end in its time on a busy machine too. */
const AT_ONCE = 5_000;
const ROOT = join(__dirname, '../..');

/** PostgreSQL as it is meant to run: fsync and synchronous_commit are on. */
const SETTINGS = {
  shared_buffers: '512MB',
  max_wal_size: '4GB',
  max_connections: 200,
  'pg_stat_statements.track_planning': 'on',
};

/** Makes the country `ld` from a pack, with so many facilities. */
export async function makeWorld({ facilities }: { facilities: number }): Promise<World> {
  const server = await benchDatabase(SETTINGS);
  const masterKey = randomBytes(32).toString('base64');
  const service = await testService({ TIKASETU_MASTER_KEY: masterKey });
  const tenant = await service.country('ld', 'gh');
  const today = civilDayOf(new Date(), tenant.timeZone);
  const places: Place[] = [];
  const tokens = new Map<string, string>();
  for (let number = 0; number < facilities; number++) {
    const place = await openPlace(service, tenant, today);
    places.push(place);
    tokens.set(
      place.facilityId,
      await service.tokenFor(tenant, [
        atFacility('vaccinator', place.facilityId),
        atFacility('registrar', place.facilityId),
      ]),
    );
  }
  const api = await startApi(service, masterKey, ROOT);
  const others: Api[] = [];
  const query = <Row>(sql: string, params: unknown[] = []): Promise<Row[]> =>
    service.app.get(Database).write(service.contextOf(tenant), work => work.query<Row>(sql, params));
  // One token reads more histories here than a pair of hands does in a day
  await query(`INSERT INTO registry_rules (id, rules, changed_at) VALUES ('current', $1, now())`, [
    JSON.stringify({ looks: { day: 1_000_000, dayAfterStepUp: 1_000_000 } }),
  ]);
  const [{ dataFolder }] = (await asAdmin(service.database.url, admin =>
    admin.query(`SELECT current_setting('data_directory') AS "dataFolder"`),
  ).then(({ rows }) => rows)) as [{ dataFolder: string }];
  let bookable = 0;
  const world: World = {
    tenant: tenant.code,
    adminUrl: service.database.url,
    today,
    places,
    tokens,
    query,
    service,
    ref: tenant,
    tokenOf: (grants, kind, id) => service.tokenFor(tenant, grants, kind, id),
    people: async count => {
      if (count > 20_000) return [...(await world.people(20_000)), ...(await world.people(count - 20_000))];
      const rows = await query<{ id: string }>(
        `INSERT INTO person (person_id, code, name, birth_date, birth_date_precision, sex, access_needs, status,
           registered_via, registered_at)
         SELECT id, id::text, 'Load', $2::date - 70, 'day', 'female', '{}', 'active', 'assisted', now()
         FROM (SELECT uuidv7() AS id FROM generate_series(1, $1::integer)) made RETURNING person_id AS id`,
        [count, today],
      );
      return rows.map(({ id }) => id);
    },
    bookableSession: async (facilityId, capacity) => {
      const date = addTo(today, '1 day');
      const sessionId = await addSession(service, tenant, { facilityId, date });
      await query(
        `UPDATE session SET products = ARRAY[$3], opens_at = '2020-01-01', start_time = make_interval(mins => $4)::time
         WHERE facility_id = $1 AND id = $2`,
        [facilityId, sessionId, PRODUCT, bookable++], // no two of a day begin at one minute
      );
      await query(
        `INSERT INTO session_places (facility_id, session_id, pool, capacity, held, booked, closed)
         VALUES ($1, $2, 'any', $3, 0, 0, false), ($1, $2, 'assisted', $3, 0, 0, false)`,
        [facilityId, sessionId, capacity],
      );
      return sessionId;
    },
    peopleWithDoses: async (count, doses) => {
      const rows = await query<{ id: string }>(
        `WITH made AS (
           INSERT INTO person (person_id, code, name, birth_date, birth_date_precision, sex, access_needs, status,
             registered_via, registered_at)
           SELECT id, id::text, 'Load', $2::date - 4000, 'day', 'female', '{}', 'active', 'assisted', now()
           FROM (SELECT uuidv7() AS id FROM generate_series(1, $1::integer)) ids RETURNING person_id),
         given AS (
           INSERT INTO vaccination (person_id, id, kind, product_code, vaccine_code, lot_id, lot_number, lot_expires_on,
             drawn_as, facility_id, given_on, route, vaccinator_id, presence, counted, schedule_code, schedule_version,
             recorded_by, recorded_at, first_recorded_by, first_recorded_at)
           SELECT person_id, uuidv7(), 'given', l.product_code, 'DTWPHIBHEPB', l.id, l.lot_number, l.expires_on, uuidv7(),
             $4::uuid, $2::date - 4000 + dose * 100, 'intramuscular', 'load', 'WALK_IN',
             '[{"status":"valid","reasons":[],"doseNumber":1,"vaccineGroup":"PENTA"}]', 'load', '1', 'load', now(), 'load', now()
           FROM made, generate_series(1, $3::integer) dose, lot l WHERE l.id = $5::uuid)
         SELECT person_id AS id FROM made`,
        [count, today, doses, places[0]!.facilityId, places[0]!.lotId],
      );
      return rows.map(({ id }) => id);
    },
    costliest: count => costliest(service.database.url, count),
    ...seenOf(api, dataFolder),
    servedFrom: async root => {
      const other = await startApi(service, masterKey, root);
      others.push(other);
      return { ...world, ...seenOf(other, dataFolder), stop: other.stop };
    },
    stop: async () => {
      await Promise.all([api, ...others].map(one => one.stop()));
      await service.stop();
      await server.stop();
    },
  };
  await fill(world);
  return world;
}

/** What a world says of its API, and of the database beside it. */
const seenOf = (
  { url, process: { pid } }: Api,
  dataFolder: string,
): Pick<World, 'url' | 'memory' | 'cpu'> => ({
  url,
  memory: () => residentMb(pid!),
  cpu: () => ({ api: cpuSeconds(pid!), postgres: cpuOfServer(dataFolder) }),
});

/**
 * People who have doses already, and what the planner knows of them: no country's day begins with empty tables. Tables
 * that are empty are left alone: known to be empty, they would be read from end to end as they fill.
 */
async function fill(world: World): Promise<void> {
  for (let people = 0; people < BEFORE.people; people += AT_ONCE)
    await world.peopleWithDoses(AT_ONCE, BEFORE.doses);
  const { facilityId, sessionId } = world.places[0]!;
  await world.query(CAME, [facilityId, sessionId, await world.people(AT_ONCE)]);
  const filled = ['person', 'vaccination', 'appointment', 'appointment_claim'];
  await asAdmin(world.adminUrl, admin =>
    admin.query(`VACUUM ANALYZE ${filled.map(table => `tenant_${world.tenant}.${table}`).join(', ')}`),
  );
}

/** People ($3) who had a place of a session and came. */
const CAME = `
  WITH came AS (
    INSERT INTO appointment (facility_id, id, booking_id, session_id, pool, person_id, products, vaccines, made, state,
      created_at, changed_at)
    SELECT $1::uuid, uuidv7(), uuidv7(), $2::uuid, 'any', person, '{${PRODUCT}}', '{DTWPHIBHEPB}', 'ASSISTED', 'COMPLETED',
      now(), now() FROM unnest($3::uuid[]) person RETURNING person_id, id, facility_id)
  INSERT INTO appointment_claim (person_id, appointment_id, vaccine, facility_id, session_date, ended_at)
  SELECT person_id, id, 'DTWPHIBHEPB', facility_id, current_date, now() FROM came`;

/** With a session of the database's administrator. */
async function asAdmin<T>(url: string, use: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: url });
  await admin.connect();
  try {
    return await use(admin);
  } finally {
    await admin.end();
  }
}

async function openPlace(service: TestService, tenant: TenantRef, today: string): Promise<Place> {
  const { id: facilityId } = await addFacility(service, tenant);
  const sessionId = await addSession(service, tenant, { facilityId, date: today });
  const lotId = await addStock(service, tenant, {
    facilityId,
    product: PRODUCT,
    doses: 2_000_000,
    expiresOn: addTo(today, '2 years'),
  });
  return { facilityId, lotId, sessionId };
}

function costliest(url: string, count: number): Promise<string[]> {
  return asAdmin(url, async admin => {
    await admin.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
    const { rows } = await admin.query<{
      ms: number;
      planning: number;
      calls: number;
      rows: number;
      buffers: number;
      wal: number;
      query: string;
    }>(
      `SELECT total_exec_time AS ms, total_plan_time AS planning, calls::integer AS calls, rows::integer AS rows,
         ((shared_blks_hit + shared_blks_read) / greatest(calls, 1))::integer AS buffers, (wal_bytes / greatest(calls, 1))::integer AS wal, query
       FROM pg_stat_statements ORDER BY total_exec_time + total_plan_time DESC LIMIT $1`,
      [count],
    );
    await admin.query('SELECT pg_stat_statements_reset()');
    return rows.map(({ ms, planning, calls, rows: given, buffers, wal, query }) => {
      const text = query.replaceAll(/\s+/g, ' ').slice(0, 90);
      return `${ms.toFixed(0).padStart(6)} ms + ${planning.toFixed(0).padStart(5)} ms of planning ${String(calls).padStart(6)} calls ${String(given).padStart(7)} rows, a call ${String(buffers).padStart(5)} buffers ${String(wal).padStart(6)} B of log  ${text}`;
    });
  });
}

function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

/** Of a PostgreSQL server: the postmaster, the backends that ended, and those that live. */
function cpuOfServer(dataFolder: string): number {
  const postmaster = Number(readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n', 1)[0]);
  const children = readdirSync('/proc').filter(name => /^\d+$/.test(name) && parentOf(name) === postmaster);
  return [postmaster, ...children.map(Number)].reduce((sum, pid) => sum + cpuSeconds(pid), 0);
}

function parentOf(pid: string): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[1]);
  } catch {
    return null; // it has just ended
  }
}
