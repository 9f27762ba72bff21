import type { AuditEvent, Bundle } from 'fhir/r4';
import { faultsByFhirSchema } from '../../harness/fhir-schema';
import { newId } from '../../../src/common';
import { AuditTrail } from '../../../src/audit';
import type { TenantRef } from '../../../src/platform/context';
import { STAFF_ROLES } from '../../../src/platform/access';
import { Database } from '../../../src/platform/database';
import { type Caller, country, inArea, testService, type TestService } from '../../harness/service';

let service: TestService;
let tenant: TenantRef;

beforeAll(async () => {
  service = await testService();
  tenant = await service.country('aa', 'bd');
}, 120_000);
afterAll(() => service.stop());

const TRAIL = `query ($filter: AuditFilter, $first: Int, $after: String) {
  auditTrail(filter: $filter, first: $first, after: $after) { endCursor items {
    id actorKind actorRoles action actionText personId facilityId purpose } } }`;

async function as(role: string): Promise<Caller> {
  const token = await service.tokenFor(tenant, [country(role)]);
  return { tenant: tenant.code, token, language: 'en' };
}

/** Acts of a vaccinator on one person, one after another. */
async function acts(personId: string, actions: readonly string[], at = new Date()): Promise<void> {
  const actor = {
    kind: 'staff' as const,
    id: newId(),
    grants: [country('vaccinator'), country('user-admin')],
  };
  const ctx = service.contextOf(tenant, { actor, purpose: 'vaccination', now: () => at });
  for (const action of actions) {
    await service.app.get(Database).write(ctx, async work => {
      service.app
        .get(AuditTrail)
        .record(ctx, work, { action, resource: { type: 'person', id: personId }, personId });
    });
  }
}

test('an auditor reads the trail newest first, page by page, with the role that allowed each act', async () => {
  const personId = newId();
  await acts(personId, ['person.find', 'person.read', 'vaccination.record']);
  const auditor = await as('auditor');
  const first = await service.graphql(TRAIL, { filter: { personId }, first: 2 }, auditor);
  const { items, endCursor } = first.data.auditTrail;
  expect(items.map((entry: { action: string }) => entry.action)).toEqual([
    'vaccination.record',
    'person.read',
  ]);
  expect(items[0]).toMatchObject({
    actorKind: 'staff',
    actorRoles: ['vaccinator'],
    actionText: 'Recorded a dose',
    purpose: 'vaccination',
  });
  const rest = await service.graphql(TRAIL, { filter: { personId }, first: 2, after: endCursor }, auditor);
  expect(rest.data.auditTrail.items.map((entry: { action: string }) => entry.action)).toEqual([
    'person.find',
  ]);
});

test('what was done about a person years ago is found with what was done today, newest first', async () => {
  const personId = newId();
  await acts(personId, ['person.find'], new Date('2023-01-01T23:59:59.999Z')); // a Sunday, the last instant of its week
  await acts(personId, ['person.read'], new Date('2023-01-02T00:00:00Z'));
  await acts(personId, ['vaccination.record', 'person.change']);
  const auditor = await as('auditor');

  const first = await service.graphql(TRAIL, { filter: { personId }, first: 3 }, auditor);
  const { items, endCursor } = first.data.auditTrail;
  const rest = await service.graphql(TRAIL, { filter: { personId }, first: 3, after: endCursor }, auditor);

  const actions = [...items, ...rest.data.auditTrail.items].map(({ action }) => action);
  expect(actions).toEqual(['person.change', 'vaccination.record', 'person.read', 'person.find']);
});

test('reading the trail is in the trail', async () => {
  const personId = newId();
  const officer = await as('data-protection-officer');
  await service.graphql(TRAIL, { filter: { personId } }, officer);
  const again = await service.graphql(TRAIL, { filter: { personId, action: 'audit.read' } }, officer);
  expect(again.data.auditTrail.items).toMatchObject([{ actorRoles: ['data-protection-officer'] }]);
});

test('only an auditor or a data protection officer for the whole country reads it', async () => {
  const others = STAFF_ROLES.filter(role => !['auditor', 'data-protection-officer'].includes(role));
  const answers = await Promise.all(others.map(async role => service.graphql(TRAIL, {}, await as(role))));
  expect(new Set(answers.map(answer => answer.errors?.[0]?.extensions.code))).toEqual(new Set(['FORBIDDEN']));
  const inOneArea = await service.tokenFor(tenant, [inArea('auditor', newId())]);
  const partial = await service.graphql(TRAIL, {}, { tenant: tenant.code, token: inOneArea });
  expect(partial.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

test('an entry is never changed or deleted by the login that wrote it', async () => {
  const write = (sql: string) =>
    service.app.get(Database).write(service.contextOf(tenant), work => work.query(sql));
  await expect(write(`UPDATE audit_entry SET purpose = 'other'`)).rejects.toThrow(/permission denied/);
  await expect(write(`DELETE FROM audit_entry`)).rejects.toThrow(/permission denied/);
});

test('a filter that is no id is refused, and nothing is searched', async () => {
  const answer = await service.graphql(TRAIL, { filter: { personId: 'x' } }, await as('auditor'));
  expect(answer.errors?.[0]?.extensions).toMatchObject({
    code: 'INVALID_INPUT',
    faults: [{ path: 'personId', key: 'validation.isUuid' }],
  });
});

/** What a FHIR search of the trail answers. */
async function search(query: string, caller: Caller): Promise<{ status: number; body: Bundle<AuditEvent> }> {
  const answer = await fetch(`${service.url}${query}`, {
    headers: { 'x-tenant': tenant.code, authorization: `Bearer ${caller.token}` },
  });
  return { status: answer.status, body: (await answer.json()) as Bundle<AuditEvent> };
}

test('an auditor’s system gathers the trail as FHIR AuditEvents, page by page', async () => {
  const personId = newId();
  await acts(personId, ['person.find', 'person.read', 'vaccination.record']);
  const auditor = await as('auditor');

  const { body: first } = await search(`/fhir/AuditEvent?patient=Patient/${personId}&_count=2`, auditor);
  const { body: rest } = await search(first.link![0]!.url, auditor);

  const events = [...first.entry!, ...rest.entry!].map(({ resource }) => resource!);
  expect(events.map(event => `${event.action} ${event.subtype![0]!.code}`)).toEqual([
    'E vaccination.record',
    'R person.read',
    'R person.find',
  ]);
  expect([faultsByFhirSchema(first), faultsByFhirSchema(rest)]).toEqual([[], []]);
});

test('a FHIR search is refused to others, and with a parameter that is not known', async () => {
  const [auditor, vaccinator] = [await as('auditor'), await as('vaccinator')];

  expect((await search('/fhir/AuditEvent', vaccinator)).status).toBe(403);
  expect((await search('/fhir/AuditEvent?person=x', auditor)).status).toBe(422);
  expect((await search('/fhir/AuditEvent?date=ge0000-00-00T00:00:00Z&date=lt', auditor)).status).toBe(422);
});
