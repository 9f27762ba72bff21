import type { Client } from 'pg';

/** With how much a country is filled. The same numbers always make the same rows. */
export interface Filling {
  schema: string;
  persons: number;
  doses: number;
  facilities: number;
  lots: number;
  /** Doses recorded each day, up to now: facts and keys of the last days are not cleared away yet. */
  dosesADay: number;
  /** A product of the country, and the vaccine that it is. */
  product: string;
  vaccine: string;
}

/** How long the service keeps facts that were carried, and keys of requests. */
const [FACT_DAYS, KEY_DAYS] = [7, 30];
/** Lots in stock at each facility. */
const LOTS_A_PLACE = 8;
/** Of the facts, so many still wait to be carried. */
const WAITING = 50;
/** Doses filled in by one statement. */
const SLICE = 1_000_000;

const FILLED = [
  'person',
  'person_code_claim',
  'vaccination',
  'lot',
  'stock_on_hand',
  'stock_move',
  'facility',
  'audit_entry',
  'outbox_event',
  'idempotency_key',
];
const TABLES = FILLED.join(', ');

/**
 * How full pages of an index are, in percent, into which entries came in no order for years: ln 2 (A. Yao, On random 2–3
 * trees, 1978). Those whose entries come in the order of time are packed.
 */
const AFTER_YEARS = 70;

/**
 * The id of the n-th thing of a kind: a UUIDv7 of the instant at which it was made, so that tables and indexes lie as after
 * years of service. Kinds are told apart by the variant's digit (8, 9, a, b), which leaves the order alone.
 */
const idOf = (kind: '8' | '9' | 'a' | 'b', ms: string, hash: string): string =>
  `(lpad(to_hex(${ms}), 12, '0') || '7' || left(${hash}, 3) || '${kind}' || substr(${hash}, 4, 15))::uuid`;

/** Tables of the session that number people, places and lots, and what else is made of them later. */
const numbered = (name: string, count: number, schema: string): string => `
  DROP TABLE IF EXISTS pg_temp.${name};
  CREATE TEMP TABLE ${name} AS
    SELECT n, ${thing('n', name, schema)} AS id FROM generate_series(0, ${count}::bigint - 1) n;
  ANALYZE ${name};`;

/** The id of the n-th person, place or lot. */
const thing = (n: string, name: string, schema: string): string =>
  idOf('8', `1600000000000 + (${n}) * 10000`, `md5('${schema} ${name}' || (${n}))`);

/** Which of so many the n-th is about: all alike often, and in no order. */
const pick = (n: string, among: number): string =>
  `((${n} * 2654435761) % 4294967296) * ${among} / 4294967296`;

/**
 * Fills a country with what recording doses leaves behind, in the order in which it would have come, with statistics made
 * and vacuumed. `owner` is the database's superuser, in a session of its own: checks of foreign keys are left out, and
 * indexes are built when their tables are full.
 */
export async function fillCountry(owner: Client, filling: Filling): Promise<void> {
  const { schema, persons, doses, dosesADay, facilities, lots } = filling;
  await owner.query(
    `SET search_path = ${schema}; SET session_replication_role = replica; SET maintenance_work_mem = '512MB'`,
  );
  for (const [name, count] of Object.entries({ people: persons, places: facilities, lots_made: lots }))
    await owner.query(numbered(name, count, schema));
  await owner.query('BEGIN'); // with wal_level = minimal, what is truncated and filled in one transaction writes no log
  await owner.query(`TRUNCATE ${TABLES} CASCADE`);
  await owner.query(
    `UPDATE pg_index SET indisready = false, indisvalid = false WHERE indrelid = ANY ($1::regclass[])`,
    [FILLED],
  );
  await fillPlaces(owner, filling);
  await fillPeople(owner);
  const last = { at: Date.now() - 60_000, msADose: Math.max(1, Math.floor(86_400_000 / dosesADay)) };
  for (let from = 0; from < doses; from += SLICE)
    await fillDoses(owner, filling, last, from, Math.min(from + SLICE, doses) - 1);
  await buildIndexes(owner);
  await owner.query('COMMIT');
  await owner.query('SET session_replication_role = origin; RESET maintenance_work_mem');
  await owner.query('ANALYZE');
  await owner.query(`VACUUM ${TABLES}`);
}

/** Of all tables filled; with the room in them that years of service leave, which is not kept for what comes next. */
async function buildIndexes(owner: Client): Promise<void> {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT i.indexrelid::regclass::text AS name FROM pg_index i
     JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
     JOIN pg_class c ON c.oid = i.indexrelid
     WHERE i.indrelid = ANY ($1::regclass[]) AND a.attname NOT IN ('id', 'expires_at') AND c.relam = (SELECT oid FROM pg_am WHERE amname = 'btree')`,
    [FILLED],
  );
  for (const { name } of rows) await owner.query(`ALTER INDEX ${name} SET (fillfactor = ${AFTER_YEARS})`);
  for (const table of FILLED) await owner.query(`REINDEX TABLE ${table}`);
  for (const { name } of rows) await owner.query(`ALTER INDEX ${name} RESET (fillfactor)`);
}

async function fillPeople(owner: Client): Promise<void> {
  await owner.query(
    `INSERT INTO person (person_id, code, name, birth_date, birth_date_precision, sex, access_needs, status, registered_via,
       registered_at)
     SELECT id, n::text, 'Somebody', current_date - 500 - (n % 1000)::int, 'day', 'female', '{}', 'active', 'assisted', now()
     FROM people`,
  );
  await owner.query(
    `INSERT INTO person_code_claim (code, person_id) SELECT lpad(n::text, 12, '0'), id FROM people`,
  );
}

async function fillPlaces(owner: Client, { lots, product, doses }: Filling): Promise<void> {
  await owner.query(
    `INSERT INTO facility (id, code, names, area_id, category, kind, services, active, created_at, changed_at)
     SELECT p.id, 'F' || n, '{}', a.ids[1 + n % cardinality(a.ids)], 'PUBLIC', 'FIXED', '{}', true, now(), now()
     FROM places p, (SELECT array_agg(id ORDER BY code) AS ids FROM area) a`,
  );
  await owner.query(
    `INSERT INTO lot (id, product_code, lot_number, manufacturer, expires_on, created_at)
     SELECT id, $1, 'L' || n, 'M', current_date + 400, now() FROM lots_made`,
    [product],
  );
  await owner.query(
    `INSERT INTO stock_on_hand (facility_id, lot_id, doses, first_received_on)
     SELECT p.id, l.id, 1000000 + $1::int, '2020-01-01'
     FROM places p CROSS JOIN generate_series(0, ${Math.min(lots, LOTS_A_PLACE) - 1}) k JOIN lots_made l ON l.n = (p.n + k) % ${lots}`,
    [doses],
  );
}

/** Doses `from` to `to`, the youngest of all at `last.at`, and all that was written with them. */
async function fillDoses(
  owner: Client,
  { schema, persons, facilities, lots, doses, dosesADay, product, vaccine }: Filling,
  last: { at: number; msADose: number },
  from: number,
  to: number,
): Promise<void> {
  await owner.query(
    `DROP TABLE IF EXISTS pg_temp.slice;
     CREATE TEMP TABLE slice AS
       SELECT d.n, h, ms, to_timestamp(ms / 1000.0) AS at, ${idOf('8', 'ms', 'h')} AS id,
         ${thing('d.p', 'people', schema)} AS person_id, f.id AS facility_id,
         l.id AS lot_id, 'staff-' || d.f % 997 AS actor
       FROM (SELECT n, md5('${schema}' || n) AS h, (n * 7) % ${facilities} AS f, ${pick('n', persons)} AS p,
               ${last.at}::bigint - (${doses} - n) * ${last.msADose}::bigint AS ms
             FROM generate_series(${from}::bigint, ${to}::bigint) n) d
       JOIN places f ON f.n = d.f
       JOIN lots_made l ON l.n = (d.f + d.n % ${Math.min(lots, LOTS_A_PLACE)}) % ${lots} ORDER BY d.n`,
  );
  const young = (days: number): string => `WHERE n >= ${doses - days * dosesADay} ORDER BY n`;
  await owner.query(
    `INSERT INTO vaccination (person_id, id, kind, product_code, vaccine_code, lot_id, lot_number, lot_expires_on, drawn_as,
       facility_id, given_on, route, vaccinator_id, presence, counted, schedule_code, schedule_version, recorded_by,
       recorded_at, first_recorded_by, first_recorded_at)
     SELECT person_id, id, 'given', $1, $2, lot_id, 'L1', '2099-01-01', id, facility_id, at::date, 'IM', actor, 'WALK_IN',
       '[{"vaccineGroup": "A", "doseNumber": 1, "status": "valid", "reasons": []}]', 'national', '1', actor, at, actor, at
     FROM slice ORDER BY n`,
    [product, vaccine],
  );
  await owner.query(
    `INSERT INTO stock_move (facility_id, id, lot_id, from_account, to_account, doses, reason, reference_id, day, at, actor_id)
     SELECT facility_id, ${idOf('9', 'ms', 'h')}, lot_id, 'on-hand', 'given', 1, 'given', id::text, at::date, at, actor
     FROM slice ORDER BY n`,
  );
  await owner.query(
    `INSERT INTO audit_entry (id, at, actor_kind, actor_id, actor_roles, action, resource_type, resource_id, person_id,
       facility_id, address, trace_id, detail)
     SELECT ${idOf('a', 'ms', 'h')}, at, 'staff', actor, '{vaccinator}', 'vaccination.record', 'vaccination', id::text, person_id,
       facility_id, '10.0.0.1', h, '{"late": false, "presence": "WALK_IN", "againstSchedule": null}' FROM slice ORDER BY n`,
  );
  await owner.query(
    `INSERT INTO outbox_event (id, type, aggregate_id, payload, occurred_at, delivered_at)
     SELECT ${idOf('b', 'ms', 'h')}, 'vaccinations.dose-recorded', person_id::text, jsonb_build_object('personId', person_id,
       'vaccinationId', id, 'facilityId', facility_id), at, CASE WHEN n < ${doses - WAITING} THEN at END
     FROM slice ${young(FACT_DAYS)}`,
  );
  await owner.query(
    `INSERT INTO idempotency_key (actor_id, key, request_hash, result_id, created_at, expires_at)
     SELECT 'staff:' || actor, h, sha256(h::bytea), id::text, at, at + interval '${KEY_DAYS} days' FROM slice ${young(KEY_DAYS)}`,
  );
}
