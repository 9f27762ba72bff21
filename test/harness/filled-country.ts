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
const SLICE = 500_000;

const TABLES = [
  'person',
  'person_code_claim',
  'dose_history',
  'vaccination',
  'lot',
  'stock_on_hand',
  'stock_move',
  'facility',
  'audit_entry',
  'outbox_event',
  'idempotency_key',
].join(', ');

/**
 * An id is a UUIDv7 of the instant at which its row was made, so that tables and indexes lie as after years of service; and
 * it follows from a number, so that nothing need be joined to find it again.
 */
const functions = (schema: string): string => `
  CREATE OR REPLACE FUNCTION pg_temp.id_of(what text, n bigint, ms bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex(ms), 12, '0') || '7' || substr(md5('${schema}' || what || n), 1, 3)
      || '8' || substr(md5('${schema}' || what || n), 4, 15))::uuid $$;
  CREATE OR REPLACE FUNCTION pg_temp.person_of(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT pg_temp.id_of('person', n, 1600000000000 + n * 10000) $$;
  CREATE OR REPLACE FUNCTION pg_temp.facility_of(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT pg_temp.id_of('facility', n, 1600000000000 + n) $$;
  CREATE OR REPLACE FUNCTION pg_temp.lot_of(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT pg_temp.id_of('lot', n, 1600000000000 + n) $$;
  -- Which of so many the n-th is about: all alike often, and in no order.
  CREATE OR REPLACE FUNCTION pg_temp.pick(n bigint, among bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT ((n * 2654435761) % 4294967296) * among / 4294967296 $$;`;

/**
 * Fills a country with what recording doses leaves behind, in the order in which it would have come, with statistics made.
 * `owner` is the database's owner, in a session of its own: the checks of foreign keys are left out.
 */
export async function fillCountry(owner: Client, filling: Filling): Promise<void> {
  const { schema, persons, doses, dosesADay } = filling;
  await owner.query(`SET search_path = ${schema}; SET session_replication_role = replica`);
  await owner.query(functions(schema));
  await owner.query('BEGIN'); // with wal_level = minimal, what is truncated and filled in one transaction writes no log
  await owner.query(`TRUNCATE ${TABLES} CASCADE`);
  await fillPlaces(owner, filling);
  await owner.query(
    `INSERT INTO person (person_id, code, name, birth_date, birth_date_precision, sex, access_needs, status, registered_via,
       registered_at)
     SELECT pg_temp.person_of(n), n::text, 'Somebody', current_date - 500 - (n % 1000)::int, 'day', 'female', '{}', 'active',
       'assisted', now() FROM generate_series(0, $1::bigint - 1) n`,
    [persons],
  );
  await owner.query(
    `INSERT INTO person_code_claim (code, person_id)
     SELECT lpad(n::text, 12, '0'), pg_temp.person_of(n) FROM generate_series(0, $1::bigint - 1) n`,
    [persons],
  );
  await owner.query(
    `INSERT INTO dose_history (person_id, facts)
     SELECT pg_temp.person_of(p), facts FROM (SELECT pg_temp.pick(n, $1) AS p, count(*) AS facts
       FROM generate_series(0, $2::bigint - 1) n GROUP BY 1) d ORDER BY p`,
    [persons, doses],
  );
  const last = { at: Date.now() - 60_000, msADose: Math.max(1, Math.floor(86_400_000 / dosesADay)) };
  for (let from = 0; from < doses; from += SLICE)
    await fillDoses(owner, filling, last, from, Math.min(from + SLICE, doses) - 1);
  await owner.query('COMMIT');
  await owner.query('SET session_replication_role = origin');
  await owner.query('ANALYZE');
}

async function fillPlaces(owner: Client, { facilities, lots, product, doses }: Filling): Promise<void> {
  await owner.query(
    `INSERT INTO facility (id, code, names, area_id, category, kind, services, active, created_at, changed_at)
     SELECT pg_temp.facility_of(n), 'F' || n, '{}', a.ids[1 + n % cardinality(a.ids)], 'PUBLIC', 'FIXED', '{}', true, now(), now()
     FROM generate_series(0, $1::bigint - 1) n, (SELECT array_agg(id ORDER BY code) AS ids FROM area) a`,
    [facilities],
  );
  await owner.query(
    `INSERT INTO lot (id, product_code, lot_number, manufacturer, expires_on, created_at)
     SELECT pg_temp.lot_of(n), $2, 'L' || n, 'M', current_date + 400, now() FROM generate_series(0, $1::bigint - 1) n`,
    [lots, product],
  );
  await owner.query(
    `INSERT INTO stock_on_hand (facility_id, lot_id, doses, first_received_on)
     SELECT pg_temp.facility_of(f), pg_temp.lot_of((f + l) % $2), 1000000 + $3::int, '2020-01-01'
     FROM generate_series(0, $1::bigint - 1) f, generate_series(0, least($2, ${LOTS_A_PLACE}) - 1) l`,
    [facilities, lots, doses],
  );
}

/** Doses `from` to `to`, the youngest of all at `last.at`, and all that was written with them. */
async function fillDoses(
  owner: Client,
  { persons, facilities, lots, doses, dosesADay, product, vaccine }: Filling,
  last: { at: number; msADose: number },
  from: number,
  to: number,
): Promise<void> {
  const each = `FROM (SELECT n, ms, to_timestamp(ms / 1000.0) AS at, pg_temp.id_of('dose', n, ms) AS id,
      pg_temp.person_of(pg_temp.pick(n, ${persons})) AS person_id, pg_temp.facility_of(f) AS facility_id,
      pg_temp.lot_of((f + n % ${Math.min(lots, LOTS_A_PLACE)}) % ${lots}) AS lot_id, 'staff-' || f % 997 AS actor
    FROM (SELECT n, (n * 7) % ${facilities} AS f, ${last.at}::bigint - (${doses} - n) * ${last.msADose}::bigint AS ms
          FROM generate_series(greatest($1::bigint, $3::bigint), $2::bigint) n) x OFFSET 0) d`;
  const all = [from, to, 0];
  const young = (days: number): number[] => [from, to, Math.max(0, doses - days * dosesADay)];
  await owner.query(
    `INSERT INTO vaccination (person_id, id, kind, product_code, vaccine_code, lot_id, lot_number, lot_expires_on, drawn_as,
       facility_id, given_on, route, vaccinator_id, presence, counted, schedule_code, schedule_version, recorded_by,
       recorded_at, first_recorded_by, first_recorded_at)
     SELECT person_id, id, 'given', '${product}', '${vaccine}', lot_id, 'L1', '2099-01-01', id, facility_id, at::date, 'IM', actor,
       'WALK_IN', '[{"vaccineGroup": "A", "doseNumber": 1, "status": "valid", "reasons": []}]', 'national', '1', actor, at,
       actor, at ${each}`,
    all,
  );
  await owner.query(
    `INSERT INTO stock_move (facility_id, id, lot_id, from_account, to_account, doses, reason, reference_id, day, at, actor_id)
     SELECT facility_id, pg_temp.id_of('move', n, ms), lot_id, 'on-hand', 'given', 1, 'given', id::text, at::date, at, actor ${each}`,
    all,
  );
  await owner.query(
    `INSERT INTO audit_entry (id, at, actor_kind, actor_id, actor_roles, action, resource_type, resource_id, person_id,
       facility_id, address, trace_id, detail)
     SELECT pg_temp.id_of('audit', n, ms), at, 'staff', actor, '{vaccinator}', 'vaccination.record', 'vaccination', id::text,
       person_id, facility_id, '10.0.0.1', md5(n::text), '{"late": false, "presence": "WALK_IN", "againstSchedule": null}'
     ${each}`,
    all,
  );
  await owner.query(
    `INSERT INTO outbox_event (id, type, aggregate_id, payload, occurred_at, delivered_at)
     SELECT pg_temp.id_of('fact', n, ms), 'vaccinations.dose-recorded', person_id::text, jsonb_build_object('personId', person_id,
       'vaccinationId', id, 'facilityId', facility_id), at, CASE WHEN n < ${doses - WAITING} THEN at END ${each}`,
    young(FACT_DAYS),
  );
  await owner.query(
    `INSERT INTO idempotency_key (actor_id, key, request_hash, result_id, created_at, expires_at)
     SELECT 'staff:' || actor, md5('key' || n), sha256(id::text::bytea), id::text, at, at + interval '${KEY_DAYS} days' ${each}`,
    young(KEY_DAYS),
  );
}
