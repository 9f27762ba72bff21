import { newId } from '../../../src/common';
import type { TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import type { TestService } from '../service';

/** Opens a facility in a country's first area, without the verbs of facilities; its id and its areas from the top. */
export async function addFacility(
  service: TestService,
  tenant: TenantRef,
  area = 0,
): Promise<{ id: string; areaIds: string[] }> {
  const id = newId();
  const areaIds = await write<{ path: string[] }>(
    service,
    tenant,
    `INSERT INTO facility (id, code, names, area_id, category, kind, services, active, created_at, changed_at)
     SELECT $1::uuid, $1::text, '{}', a.id, 'PUBLIC', 'FIXED', '{}', true, now(), now()
     FROM (SELECT id FROM area WHERE parent_id IS NULL ORDER BY code OFFSET $2 LIMIT 1) a
     RETURNING (SELECT path FROM area WHERE id = area_id)`,
    [id, area],
  );
  return { id, areaIds: areaIds[0]!.path };
}

/** Adds a person who is whole enough for care; her id. */
export async function addPerson(
  service: TestService,
  tenant: TenantRef,
  birthDate: string,
  more: { sex?: string; status?: string; precision?: string; accountId?: string } = {},
): Promise<string> {
  const id = newId();
  await write(
    service,
    tenant,
    `INSERT INTO person (person_id, code, name, birth_date, birth_date_precision, sex, access_needs, status, registered_via, registered_at)
     VALUES ($1::uuid, $1::text, 'Test', $2, $3, $4, '{}', $5, 'assisted', now())`,
    [id, birthDate, more.precision ?? 'day', more.sex ?? 'female', more.status ?? 'active'],
  );
  if (more.accountId)
    await write(
      service,
      tenant,
      `INSERT INTO person_account (person_id, account_id, relation, linked_at) VALUES ($1, $2, 'child', now())`,
      [id, more.accountId],
    );
  return id;
}

/** One statement in the tenant, as the service itself. */
export function write<Row>(
  service: TestService,
  tenant: TenantRef,
  sql: string,
  params: readonly unknown[] = [],
): Promise<Row[]> {
  return service.app.get(Database).write(service.contextOf(tenant), work => work.query<Row>(sql, params));
}

/** Puts a new lot of a product on a facility's shelf, in the ledger too; its id. */
export async function addStock(
  service: TestService,
  tenant: TenantRef,
  stock: { facilityId: string; product: string; doses: number; expiresOn: string },
): Promise<string> {
  const lotId = newId();
  await write(
    service,
    tenant,
    `WITH new_lot AS (INSERT INTO lot VALUES ($1::uuid, $2, $1::text, '', $3, NULL, now()))
     INSERT INTO stock_on_hand VALUES ($4, $1::uuid, 0, '2020-01-01')`,
    [lotId, stock.product, stock.expiresOn, stock.facilityId],
  );
  if (stock.doses > 0) await addDoses(service, tenant, { ...stock, lotId });
  return lotId;
}

/** More doses of a lot that the facility knows. */
export async function addDoses(
  service: TestService,
  tenant: TenantRef,
  { facilityId, lotId, doses }: { facilityId: string; lotId: string; doses: number },
): Promise<void> {
  await write(
    service,
    tenant,
    `WITH more AS (UPDATE stock_on_hand SET doses = doses + $4::int WHERE facility_id = $1::uuid AND lot_id = $3::uuid)
     INSERT INTO stock_move VALUES ($1::uuid, $2, $3::uuid, 'outside', 'on-hand', $4::int, 'test', NULL, '2020-01-01', now(), NULL)`,
    [facilityId, newId(), lotId, doses],
  );
}

/** A session of the whole day, open to book; its id. */
export async function addSession(
  service: TestService,
  tenant: TenantRef,
  { facilityId, date }: { facilityId: string; date: string },
): Promise<string> {
  const id = newId();
  await write(
    service,
    tenant,
    `INSERT INTO session (facility_id, id, date, start_time, end_time, products, opens_at, state, created_at, changed_at)
     VALUES ($1, $2, $3, '00:00', '23:59', '{}', now(), 'PLANNED', now(), now())`,
    [facilityId, id, date],
  );
  return id;
}

/** Checks a person in to a session, as if she had come to her appointment. */
export async function checkIn(
  service: TestService,
  tenant: TenantRef,
  visit: { facilityId: string; sessionId: string; personId: string },
): Promise<void> {
  await write(
    service,
    tenant,
    `INSERT INTO appointment (facility_id, id, booking_id, session_id, pool, person_id, products, vaccines, made, state,
       checked_in_at, created_at, changed_at)
     VALUES ($1, $2::uuid, $2::uuid, $3, 'any', $4, '{}', '{}', 'OWN', 'CHECKED_IN', now(), now(), now())`,
    [visit.facilityId, newId(), visit.sessionId, visit.personId],
  );
}

/** A staff account without roles; its id. */
export async function addStaff(service: TestService, tenant: TenantRef): Promise<string> {
  const id = newId();
  await write(
    service,
    tenant,
    `INSERT INTO staff_account (id, email, name, state, created_at) VALUES ($1::uuid, $1::text || '@example.org', 'Staff', 'ACTIVE', now())`,
    [id],
  );
  return id;
}

/** A staff account with one role, at a facility or in the whole country; the address its messages go to. */
export async function addStaffWith(
  role: string,
  { service, tenant, facilityId }: { service: TestService; tenant: TenantRef; facilityId?: string },
): Promise<string> {
  const id = await addStaff(service, tenant);
  await write(
    service,
    tenant,
    `INSERT INTO role_grant (id, staff_id, role, reach_kind, reach_id, granted_at) VALUES ($1, $2, $3, $4, $5, now())`,
    [newId(), id, role, facilityId ? 'facility' : 'country', facilityId ?? null],
  );
  return `${id}@example.org`;
}

/** What an address was written, in order. */
export async function messagesTo(
  service: TestService,
  tenant: TenantRef,
  receiver: string,
): Promise<string[]> {
  const sent = await write<{ text: string }>(
    service,
    tenant,
    `SELECT text FROM sandbox_message WHERE receiver = $1 ORDER BY id`,
    [receiver],
  );
  return sent.map(({ text }) => text);
}
