import { newId } from '../../../src/common';
import type { TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { PersonKeys } from '../../../src/registry';
import { IdentifiersStore } from '../../../src/registry/identifiers.store';
import { addFacility, addPerson, write } from '../../harness/worlds/clinic';
import { figure } from '../../harness/run/figures';
import {
  atFacility,
  type Caller,
  type GraphqlAnswer,
  testService,
  type TestService,
} from '../../harness/service';

const FIND = `mutation ($input: FindPersonsInput!) { findPersons(input: $input) { personId } }`;
/** Phones with numbers of cards that a thief has from elsewhere; `npm run conformance:security` tries 10,000. */
const TRIES = Number(process.env.TIKASETU_STOLEN_TRIES ?? 600);
/** How many of them are of people of this country. */
const KNOWN = 120;

describe('the session of a clinic that somebody stole', () => {
  let service: TestService;
  let tenant: TenantRef;
  let facilityId: string;
  let thief: Caller;
  const staffId = newId();

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa', 'bd');
    facilityId = (await addFacility(service, tenant)).id;
    const token = await service.tokenFor(tenant, [atFacility('registrar', facilityId)], 'staff', staffId);
    thief = { tenant: 'aa', token, purpose: 'registration' };
    const officer = newId();
    await write(
      service,
      tenant,
      `INSERT INTO staff_account (id, email, name, state, created_at) VALUES ($1, 'dpo@aa.example', 'Officer', 'ACTIVE', now())`,
      [officer],
    );
    await write(
      service,
      tenant,
      `INSERT INTO role_grant (id, staff_id, role, reach_kind, granted_at) VALUES ($1, $2, 'data-protection-officer', 'country', now())`,
      [newId(), officer],
    );
    for (let one = 0; one < KNOWN; one++) await known(one);
  }, 240_000);
  afterAll(() => service.stop());

  const factsOf = (number: number) => ({
    phone: `0171${String(5_000_000 + number)}`,
    identifier: { type: 'nid', value: String(6_100_000_000 + number) },
  });

  /** Somebody of the country, whose phone and card the thief has. */
  async function known(number: number): Promise<void> {
    const id = await addPerson(service, tenant, '1980-01-01');
    const ctx = service.contextOf(tenant);
    const store = service.app.get(IdentifiersStore);
    const { phone, identifier } = factsOf(number);
    const card = await store.indexed(ctx, identifier.type, identifier.value);
    const reached = await store.indexedPhone(ctx, `+88${phone}`, true);
    await service.app.get(Database).write(ctx, async work => {
      const key = await service.app.get(PersonKeys).make(ctx, work, id);
      await store.claim(work, id, [card]);
      await store.addIdentifier(ctx, work, { id, key }, card);
      await store.addPhone(ctx, work, { id, key }, reached);
    });
  }

  it(`is shown fifty people at the most for ${TRIES} phones and cards, is stopped, and is told of`, async () => {
    const answers: GraphqlAnswer[] = [];
    for (let at = 0; at < TRIES; at += 8)
      answers.push(
        ...(await Promise.all(
          Array.from({ length: Math.min(8, TRIES - at) }, (_, one) =>
            service.graphql(FIND, { input: { facilityId, ...factsOf(at + one) } }, thief),
          ),
        )),
      );
    await service.carryFacts();

    const shown = new Set(
      answers.flatMap(({ data }) =>
        ((data?.findPersons ?? []) as { personId: string }[]).map(({ personId }) => personId),
      ),
    );
    const looked = await write<{ id: string }>(
      service,
      tenant,
      `SELECT DISTINCT person_id AS id FROM audit_entry WHERE action = 'person.find' AND actor_id = $1 AND person_id IS NOT NULL`,
      [staffId],
    );
    const told = await write(
      service,
      tenant,
      `SELECT 1 FROM sandbox_message WHERE receiver = 'dpo@aa.example' AND text LIKE '%' || $1 || '%'`,
      [staffId],
    );
    const last = new Set(answers.slice(-100).map(({ errors }) => errors?.[0]?.extensions.code));
    figure(
      'a stolen session',
      `shown ${shown.size} for ${TRIES} phones and cards, ${looked.length} of them in the trail; told: ${told.length > 0}`,
      TRIES >= 10_000 && shown.size <= 50,
    );
    expect(shown.size).toBe(50);
    expect(new Set(looked.map(({ id }) => id))).toEqual(shown);
    expect([...last]).toEqual(['RATE_LIMITED']); // its searches that met nobody have ended its day
    expect(told.length).toBeGreaterThan(0);
  }, 600_000);
});
