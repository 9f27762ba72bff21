import { addTo } from '../../src/common';
import type { TenantRef } from '../../src/platform/context';
import { Database } from '../../src/platform/database';
import { addFacility, addSession, addStock, write } from '../../test/harness/worlds/clinic';
import type { TestService } from '../../test/harness/service';

/** What is given, and is due to everybody who comes. */
export const PRODUCT = 'penta-10';

/** What a sender was told is done: the person and the dose, or the booking. */
export interface Answered {
  personId: string;
  id: string;
  kind: 'dose' | 'booking';
}

/** A place with stock, a session to book, and people who come once. */
export interface Clinic {
  facilityId: string;
  lotId: string;
  sessionId: string;
  query: <Row>(sql: string, params?: unknown[]) => Promise<Row[]>;
  /** So many new people, each due her first dose; to be taken from the end. */
  people: (count: number) => Promise<string[]>;
  /** What `look` finds, once the database answers again. */
  settled: <Found>(look: () => Promise<Found>) => Promise<Found>;
  /** What was answered and is not there, or is there twice. */
  missing: (answered: readonly Answered[]) => Promise<string[]>;
}

/** How often the database is asked whether it is back, each time after a tenth of a second. */
const TRIES = 600;

export async function openClinic(service: TestService, tenant: TenantRef, today: string): Promise<Clinic> {
  const { id: facilityId } = await addFacility(service, tenant);
  const expiresOn = addTo(today, '2 years');
  const lotId = await addStock(service, tenant, {
    facilityId,
    product: PRODUCT,
    doses: 2_000_000,
    expiresOn,
  });
  const sessionId = await addSession(service, tenant, { facilityId, date: addTo(today, '1 day') });
  await write(service, tenant, `UPDATE session SET products = '{${PRODUCT}}', opens_at = '2020-01-01'`);
  await write(
    service,
    tenant,
    `INSERT INTO session_places (facility_id, session_id, pool, capacity, held, booked, closed)
     VALUES ($1, $2, 'any', 100000, 0, 0, false), ($1, $2, 'assisted', 100000, 0, 0, false)`,
    [facilityId, sessionId],
  );
  const settled: Clinic['settled'] = async look => {
    for (let tries = 1; ; tries++)
      try {
        return await look();
      } catch (error) {
        if (tries === TRIES) throw error;
        await new Promise(resolve => setTimeout(resolve, 100));
      }
  };
  const query = <Row>(sql: string, params: unknown[] = []): Promise<Row[]> =>
    service.app.get(Database).read(service.contextOf(tenant), work => work.query<Row>(sql, params));
  return {
    facilityId,
    lotId,
    sessionId,
    query,
    settled,
    people: count =>
      settled(async () => {
        const rows = await write<{ id: string }>(
          service,
          tenant,
          `INSERT INTO person (person_id, code, name, birth_date, birth_date_precision, sex, access_needs, status,
             registered_via, registered_at)
           SELECT id, id::text, 'Drill', $2::date - 70, 'day', 'female', '{}', 'active', 'assisted', now()
           FROM (SELECT uuidv7() AS id FROM generate_series(1, $1::integer)) made RETURNING person_id AS id`,
          [count, today],
        );
        return rows.map(({ id }) => id);
      }),
    missing: answered =>
      settled(async () => {
        const found = await query<{ personId: string; ids: string[] }>(
          `SELECT person_id AS "personId", array_agg(id::text) AS ids FROM (
             SELECT person_id, id FROM vaccination UNION ALL SELECT person_id, booking_id FROM appointment) a
           WHERE person_id = ANY ($1::uuid[]) GROUP BY 1`,
          [answered.map(({ personId }) => personId)],
        );
        const idsOf = new Map(found.map(({ personId, ids }) => [personId, ids]));
        return answered.flatMap(({ personId, id, kind }) => {
          const ids = idsOf.get(personId) ?? [];
          return ids.length === 1 && ids[0] === id
            ? []
            : [`${kind} ${id} was answered, and there is ${ids.join() || 'none'}`];
        });
      }),
  };
}
