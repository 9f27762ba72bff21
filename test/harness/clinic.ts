import { newId } from '../../src/common';
import type { TenantRef } from '../../src/platform/context';
import { Database } from '../../src/platform/database';
import type { TestService } from './service';

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
