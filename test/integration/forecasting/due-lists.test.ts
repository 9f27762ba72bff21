import fc from 'fast-check';
import { addTo, civilDayOf, newId } from '../../../src/common';
import type { Grant, TenantRef } from '../../../src/platform/context';
import { UnitOfWork } from '../../../src/platform/database';
import { STAFF_ROLES } from '../../../src/platform/access';
import { addFacility, addPerson, write } from '../../harness/worlds/clinic';
import { SEED } from '../../harness/run/seed';
import { atFacility, country, inArea, testService, type TestService } from '../../harness/service';

const LIST = `query ($areaId: ID, $from: Date, $to: Date, $vaccineGroup: ID, $status: ListedStatus, $first: Int, $after: String) {
  dueList(areaId: $areaId, from: $from, to: $to, vaccineGroup: $vaccineGroup, status: $status, first: $first, after: $after) {
    to endCursor
    items { person { personId name birthDateText sexText maskedPhones } areaId areaName vaccineGroup vaccineGroupName
      doseNumber status recommended pastDue latest products { code name } }
    totals { vaccineGroup vaccineGroupName due overdue products { code name doses } } } }`;

interface Item {
  person: { personId: string; maskedPhones: string[] };
  areaId: string | null;
  areaName: string | null;
  vaccineGroup: string;
  status: string;
  recommended: string;
  products: { code: string; name: string }[];
}

let service: TestService;
let tenant: TenantRef;
let today: string;
/** Two areas at the top, the first with a facility. */
let areas: { id: string; path: string[] }[];
let facility: { id: string; areaIds: string[] };

beforeAll(async () => {
  service = await testService();
  tenant = await service.country('aa', 'gh');
  today = civilDayOf(new Date(), tenant.timeZone);
  facility = await addFacility(service, tenant);
  areas = await write(service, tenant, `SELECT id, path FROM area ORDER BY cardinality(path), code`);
  await service.carryFacts();
  await service.runJobs();
}, 120_000);
afterAll(() => service.stop());

const days = (count: number): string => addTo(today, { months: 0, days: count });

/** A person of an area with her forecast kept, as if the registry had announced her. */
async function child(age: number, areaId: string | null): Promise<string> {
  const id = await addPerson(service, tenant, days(-age));
  await write(service, tenant, `UPDATE person SET area_id = $2 WHERE person_id = $1`, [id, areaId]);
  await write(
    service,
    tenant,
    `INSERT INTO outbox_event (id, type, aggregate_id, payload, occurred_at)
     VALUES ($1, 'registry.person-changed', $2, jsonb_build_object('personId', $2::text), now())`,
    [newId(), id],
  );
  await service.carryFacts();
  return id;
}

const callAs = async (
  grants: Grant[],
  variables: Record<string, unknown>,
  purpose: string | null = 'outreach',
) => {
  const token = await service.tokenFor(tenant, grants);
  return service.graphql(LIST, variables, { tenant: 'aa', token, ...(purpose ? { purpose } : {}) });
};

const listed = async (variables: Record<string, unknown>) => {
  const answer = await callAs([country('registrar')], variables);
  expect(answer.errors).toBeUndefined();
  return answer.data.dueList as {
    items: Item[];
    endCursor: string | null;
    totals: { vaccineGroup: string }[];
  };
};

describe('a due list', () => {
  it('names everybody of an area and below who is to have a dose, and nobody of elsewhere', async () => {
    const below = areas.find(({ path }) => path.length > 1 && path[0] === areas[0]!.id) ?? areas[0]!;
    const [here, deeper, elsewhere] = [
      await child(50, areas[0]!.id),
      await child(50, below.id),
      await child(50, areas[1]!.id),
    ];

    const { items } = await listed({ areaId: areas[0]!.id, first: 100 });

    const people = new Set(items.map(({ person }) => person.personId));
    expect([here, deeper, elsewhere].map(id => people.has(id))).toEqual([true, true, false]);
    expect(items.every(({ recommended, areaName }) => recommended <= today && areaName)).toBe(true);
    expect(items[0]!.products.length).toBeGreaterThan(0);
  });

  it('of next month has those whose day comes then, and tells due from overdue on its last day', async () => {
    const area = areas[2]!.id;
    const personId = await child(10, area); // six weeks old in 32 days
    const period = { areaId: area, from: days(30), to: days(40), vaccineGroup: 'PENTA' };

    const now = await listed({ areaId: area, vaccineGroup: 'PENTA' });
    const nextMonth = await listed(period);
    const overdue = await listed({ ...period, status: 'OVERDUE' });
    const muchLater = await listed({ ...period, to: days(300) });

    expect(now.items).toEqual([]);
    expect(nextMonth.items).toMatchObject([
      { person: { personId }, recommended: days(32), status: 'DUE', doseNumber: 1 },
    ]);
    expect(overdue.items).toEqual([]);
    expect(muchLater.items[0]!.status).toBe('OVERDUE');
  });

  it('gives each dose once over all of its pages, in one order, and counts them all', async () => {
    const area = areas[3]!.id;
    for (const age of [45, 80, 300, 310, 400]) await child(age, area);

    const whole = await listed({ areaId: area, first: 100 });
    const pages: Item[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page: Awaited<ReturnType<typeof listed>> = await listed({ areaId: area, first: 3, after });
      pages.push(...page.items);
      after = page.endCursor;
      more = after !== null;
    }

    expect(whole.endCursor).toBeNull();
    expect(pages).toEqual(whole.items);
    expect(whole.items.length).toBeGreaterThan(10);
    const counted = (whole.totals as unknown as { due: number; overdue: number }[]).reduce(
      (sum, { due, overdue }) => sum + due + overdue,
      0,
    );
    expect(counted).toBe(whole.items.length);
  });

  it('counts by group and product how many doses it will take', async () => {
    const area = areas[4]!.id;
    await Promise.all([child(43, area), child(44, area), child(200, area)]);

    const { totals } = await listed({ areaId: area });

    expect(totals.find(({ vaccineGroup }) => vaccineGroup === 'PENTA')).toMatchObject({
      vaccineGroupName: 'Pentavalent (DTP-HepB-Hib)',
      products: [{ code: 'penta-10', doses: 3 }],
    });
  });

  it('of the whole country has those too of whom nobody knows where they live', async () => {
    const nowhere = await child(50, null);

    const { items } = await listed({ first: 100, vaccineGroup: 'PENTA' });

    expect(items.find(({ person }) => person.personId === nowhere)).toMatchObject({
      areaId: null,
      areaName: null,
    });
  });

  it('says how to reach whoever cares for a child with the number masked, and audits everybody shown', async () => {
    const area = areas[5]!.id;
    const personId = await child(50, area);
    const { IdentifiersStore } = await import('../../../src/registry/identifiers.store');
    const { Database } = await import('../../../src/platform/database');
    const ctx = service.contextOf(tenant);
    const phones = service.app.get(IdentifiersStore);
    const { PersonKeys } = await import('../../../src/registry');
    const phone = await phones.indexedPhone(ctx, '+233244000042', true);
    await service.app.get(Database).write(ctx, async work => {
      const key = await service.app.get(PersonKeys).make(ctx, work, personId);
      await phones.addPhone(ctx, work, { id: personId, key }, phone);
    });

    const { items } = await listed({ areaId: area });

    expect(items[0]!.person.maskedPhones).toEqual(['•••••••••••42']);
    const trail = await write(
      service,
      tenant,
      `SELECT DISTINCT action, purpose FROM audit_entry WHERE person_id = $1`,
      [personId],
    );
    expect(trail).toEqual([{ action: 'due-list.read', purpose: 'outreach' }]);
  });

  it('asks for a purpose, a period that is one, and an area of the country', async () => {
    const as = [country('registrar')];
    const codes = await Promise.all([
      callAs(as, { areaId: areas[0]!.id }, null),
      callAs(as, { areaId: areas[0]!.id, from: days(2), to: days(1) }),
      callAs(as, { areaId: areas[0]!.id, to: days(400) }),
      callAs(as, { areaId: newId() }),
    ]);

    expect(codes.map(answer => answer.errors![0]!.extensions.code)).toEqual([
      'INVALID_INPUT',
      'INVALID_INPUT',
      'INVALID_INPUT',
      'NOT_FOUND',
    ]);
  });

  it('begins anew with a cursor that was made up', async () => {
    const forged = ['x', '["a","b"]', '["\\u0000","2026-01-01","x","y","z"]', '[1,2,3,4,5]'].map(text =>
      Buffer.from(text).toString('base64url'),
    );

    const answers = await Promise.all(forged.map(after => listed({ areaId: areas[3]!.id, first: 2, after })));

    const first = await listed({ areaId: areas[3]!.id, first: 2 });
    expect(answers.map(({ items }) => items)).toEqual(forged.map(() => first.items));
  });
});

describe('who may read a due list', () => {
  it(`is a registrar or vaccinator, of her area, or of her facility’s (TIKASETU_TEST_SEED=${SEED})`, async () => {
    const facilities = [facility, await addFacility(service, tenant, 1)];
    const mayRead = ({ role, reach }: Grant, asked: { path: string[] } | null): boolean => {
      if (!['registrar', 'vaccinator'].includes(role)) return false;
      if (reach.kind === 'country') return true;
      if (!asked) return false;
      const area =
        reach.kind === 'area' ? reach.id : facilities.find(({ id }) => id === reach.id)!.areaIds.at(-1)!;
      return asked.path.includes(area);
    };
    const role = fc.oneof(fc.constantFrom('registrar', 'vaccinator'), fc.constantFrom(...STAFF_ROLES));
    const grant = fc
      .tuple(role, fc.nat(), fc.nat())
      .map(
        ([held, kind, which]) =>
          [
            country(held),
            inArea(held, areas[which % 8]!.id),
            atFacility(held, facilities[which % facilities.length]!.id),
          ][kind % 3]!,
      );
    let [allowed, refused] = [0, 0];

    await fc.assert(
      fc.asyncProperty(grant, fc.option(fc.nat({ max: 7 }), { freq: 8 }), async (held, which) => {
        const asked = which === null ? null : areas[which]!;
        const answer = await callAs([held], { areaId: asked?.id ?? null, first: 1 });
        const expected = mayRead(held, asked);
        if (expected) allowed++;
        else refused++;
        expect(answer.errors?.[0]?.extensions.code ?? null).toBe(expected ? null : 'FORBIDDEN');
      }),
      { numRuns: 220 },
    );

    expect(Math.min(allowed, refused)).toBeGreaterThan(20);
  }, 60_000);
});

describe('the plan of a due list', () => {
  it('reads the rows of its page in the order of the index, of however many there are', async () => {
    await write(
      service,
      tenant,
      `WITH people AS (
         INSERT INTO person (person_id, code, name, birth_date, birth_date_precision, sex, access_needs, status,
           registered_via, registered_at)
         SELECT uuidv7(), n::text, 'Many', current_date, 'day', 'female', '{}', 'active', 'assisted', now()
         FROM generate_series(1, 60000) n RETURNING person_id, code::int AS n)
       INSERT INTO vaccine_group_forecast (person_id, vaccine_group, series_group, status, dose_number, earliest,
         recommended, past_due, latest, vaccines, area_id)
       SELECT person_id, 'PENTA', '1', 'not-complete', 1, d, d, d + 28, NULL, '{PENTA}', a.id
       FROM people, LATERAL (SELECT current_date - n % 700 AS d) day,
            LATERAL (SELECT id FROM area ORDER BY code OFFSET n % 12 LIMIT 1) a`,
    );
    await onOwner(`ANALYZE tenant_aa.vaccine_group_forecast`);
    const asked = jest.spyOn(UnitOfWork.prototype, 'query');

    const first = await callAs([country('registrar')], { first: 100 });
    await callAs([country('registrar')], { first: 100, after: first.data.dueList.endCursor });
    const statements = asked.mock.calls.filter(([sql]) => sql.includes('ORDER BY f.area_id'));
    asked.mockRestore();

    expect(statements).toHaveLength(2);
    for (const [sql, params] of statements) {
      const plan = await write<{ 'QUERY PLAN': string }>(
        service,
        tenant,
        `EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) ${sql}`,
        params,
      );
      const text = plan.map(line => line['QUERY PLAN']).join('\n');
      expect(text).toContain('Index Scan using vaccine_group_forecast_due_index');
      expect(text).not.toContain('Sort');
      expect(Number(/rows=([\d.]+)/.exec(text)![1])).toBeLessThanOrEqual(101);
    }
  }, 60_000);
});

const onOwner = async (sql: string): Promise<void> => {
  const { onServer } = await import('../../harness/run/database');
  await onServer(service.database.url, owner => owner.query(sql));
};
