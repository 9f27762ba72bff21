import { Client } from 'pg';
import { newId } from '../../src/common';
import type { Place, World } from './world';

/** What one transaction of a dose costs PostgreSQL itself: the same rows by one SQL function, called by plain clients. */
export interface Floor {
  perSecond: number;
  p50: number;
  p99: number;
}

// The same gates and the same rows as `recordVaccination`; nothing is evaluated, checked or read besides.
const FUNCTION = `
CREATE FUNCTION floor_record(person uuid, dose uuid, facility uuid, lot uuid, own uuid, key text) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO idempotency_key (actor_id, key, request_hash, result_id, created_at)
    VALUES ('floor', key, sha256(key::bytea), dose::text, now()) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM FROM person p WHERE p.person_id = person FOR NO KEY UPDATE;
  PERFORM FROM vaccination WHERE person_id = person;
  IF FOUND THEN RETURN false; END IF;
  UPDATE stock_on_hand SET doses = doses - 1 WHERE facility_id = facility AND lot_id = lot AND doses >= 1;
  IF NOT FOUND THEN RAISE 'no stock'; END IF;
  INSERT INTO vaccination (person_id, id, kind, product_code, vaccine_code, lot_id, lot_number, lot_expires_on, drawn_as,
      facility_id, given_on, route, vaccinator_id, presence, counted, schedule_code, schedule_version, recorded_by,
      recorded_at, first_recorded_by, first_recorded_at)
    SELECT person, dose, 'given', l.product_code, 'DTWPHIBHEPB', lot, l.lot_number, l.expires_on, dose, facility,
      current_date, 'intramuscular', 'floor', 'WALK_IN',
      '[{"status":"valid","reasons":[],"doseNumber":1,"vaccineGroup":"PENTA"}]', 'floor', '1', 'floor', now(), 'floor', now()
    FROM lot l WHERE l.id = lot;
  INSERT INTO stock_move (facility_id, id, lot_id, from_account, to_account, doses, reason, reference_id, day, at, actor_id)
    VALUES (facility, own, lot, 'on-hand', 'given', 1, 'given', dose::text, current_date, now(), 'floor');
  INSERT INTO audit_entry (id, at, actor_kind, actor_id, actor_roles, action, resource_type, resource_id, person_id,
      facility_id, trace_id, detail)
    VALUES (own, now(), 'staff', 'floor', '{vaccinator}', 'vaccination.record', 'vaccination', dose::text, person, facility,
      '00000000000000000000000000000000', '{"late":false,"presence":"WALK_IN","againstSchedule":null}');
  INSERT INTO outbox_event (id, type, aggregate_id, payload, occurred_at)
    VALUES (own, 'bench.floor', person::text,
      jsonb_build_object('personId', person, 'vaccinationId', dose, 'facilityId', facility), now());
  RETURN true;
END $$`;

/** As many transactions as so many connections make in so many seconds, each acknowledged by its own commit. */
export async function measureFloor(
  world: World,
  { clients, seconds, places }: { clients: number; seconds: number; places: readonly Place[] },
): Promise<Floor> {
  const connections = await Promise.all(Array.from({ length: clients }, () => connect(world)));
  try {
    await connections[0]!.query(FUNCTION);
    const people = await world.people(60_000);
    const times: number[] = [];
    const begun = performance.now();
    const until = begun + seconds * 1000;
    let next = 0;
    const one = async (connection: Client): Promise<void> => {
      for (let now = performance.now(); now < until && next < people.length;) {
        const place = places[next % places.length]!;
        const person = people[next++]!;
        await connection.query({
          name: 'floor',
          text: 'SELECT floor_record($1, $2, $3, $4, $5, $6)',
          values: [person, newId(), place.facilityId, place.lotId, newId(), newId()],
        });
        const after = performance.now();
        times.push(after - now);
        now = after;
      }
    };
    await Promise.all(connections.map(one));
    const took = (performance.now() - begun) / 1000;
    await connections[0]!.query('DROP FUNCTION floor_record');
    const sorted = Float64Array.from(times).sort();
    const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
    return { perSecond: times.length / took, p50: at(0.5), p99: at(0.99) };
  } finally {
    await Promise.all(connections.map(connection => connection.end()));
  }
}

/** In the country's schema, as the administrator: the country's own login may make no function. */
async function connect(world: World): Promise<Client> {
  const connection = new Client({
    connectionString: world.adminUrl,
    options: `-c search_path=tenant_${world.tenant}`,
  });
  await connection.connect();
  return connection;
}
