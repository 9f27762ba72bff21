import type { Client } from 'pg';
import { type Filling, fillCountry } from './filled-country';

/** Days with sessions at each facility, from today on. */
const SESSION_DAYS = 150;

/**
 * {@link fillCountry}, and what else people of a country have: identifiers, phones, forecasts, appointments, codes by which
 * they signed in. For tests of plans: enough that no index is passed over because its table is small.
 */
export async function fillCare(owner: Client, filling: Filling): Promise<void> {
  const { schema, persons, facilities, product, vaccine } = filling;
  await fillCountry(owner, filling);
  await owner.query(`SET search_path = ${schema}; SET session_replication_role = replica`);
  const people = (from: number, to: number): string =>
    `(SELECT n, id AS person_id FROM people WHERE n >= ${from} AND n < ${to}) p`;
  const sessionOf = (day: string): string =>
    `('01700000-0000-7000-8000-' || lpad((f.n * ${SESSION_DAYS} + ${day})::text, 12, '0'))::uuid`;
  const everybody = people(0, persons);
  // What is sealed cannot be made up: one half of the people has something sealed, and the other half is read.
  const [plain, sealed] = [people(0, persons / 2), people(persons / 2, persons)];
  await owner.query(`
    INSERT INTO identifier_claim SELECT sha256(n::text::bytea), person_id FROM ${everybody};
    INSERT INTO person_identifier SELECT person_id, person_id, 'NATIONAL', sha256(n::text::bytea), '', now() FROM ${sealed};
    INSERT INTO person_contact SELECT person_id, person_id, sha256(('phone' || n / 2)::bytea), '', false, now() FROM ${sealed};
    INSERT INTO person_match_key SELECT person_id, k || md5((n % 5000)::text) FROM ${everybody}, unnest('{a,b,c}'::text[]) k;
    INSERT INTO person_account SELECT person_id, person_id, 'child', now() FROM ${everybody};
    INSERT INTO person_forecast SELECT person_id, NULL, current_date, now(), current_date + (n % 300)::int, NULL FROM ${everybody};
    INSERT INTO vaccine_group_forecast
      SELECT person_id, g, g, 'not-complete', 1, current_date - 30, current_date - 20 + (n % 90)::int, current_date + 40 + (n % 90)::int, NULL,
        ARRAY['${vaccine}'], a.ids[1 + n % cardinality(a.ids)]
      FROM ${plain}, unnest('{A,B}'::text[]) g, (SELECT array_agg(id ORDER BY code) AS ids FROM area) a;
    INSERT INTO session (facility_id, id, date, start_time, end_time, products, opens_at, state, created_at, changed_at)
      SELECT f.id, ${sessionOf('d')}, current_date + d::int, '08:00', '16:00',
        ARRAY['${product}'], now() - interval '1 day', 'PLANNED', now(), now()
      FROM places f, generate_series(0, ${SESSION_DAYS} - 1) d;
    INSERT INTO session_places SELECT facility_id, id, 'any', 1000, 0, 100, false FROM session;
    INSERT INTO appointment (facility_id, id, booking_id, session_id, pool, person_id, products, vaccines, made, state, created_at, changed_at)
      SELECT f.id, person_id, person_id,
        ${sessionOf(`p.n % ${SESSION_DAYS}`)}, 'any', person_id,
        ARRAY['${product}'], ARRAY['${vaccine}'], 'OWN', CASE p.n % 4 WHEN 0 THEN 'CANCELLED' ELSE 'BOOKED' END, now(), now()
      FROM ${everybody} JOIN places f ON f.n = p.n % ${facilities};
    INSERT INTO appointment_claim
      SELECT person_id, id, '${vaccine}', facility_id, current_date, CASE state WHEN 'CANCELLED' THEN now() END FROM appointment;
    INSERT INTO sign_in_code
      SELECT ('01800000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, sha256(n::text::bytea), '', '10.0.0.1', '', 0, now(), now(), NULL
      FROM generate_series(0, ${persons} - 1) n;
    SET session_replication_role = origin;
    ANALYZE`);
}
