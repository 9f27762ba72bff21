import fc from 'fast-check';
import type { TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { type Caller, testService, type TestService } from '../../harness/service';
import { declares, holderOf, ROLES } from '../isolation/callers';
import { Draws } from '../isolation/draws';
import { type Route, routesOf } from '../isolation/routes';

const EVERYBODY = [null, ...ROLES];
const draws = new Draws();

describe(`the routes that are not for everybody (TIKASETU_TEST_SEED=${draws.seed})`, () => {
  let service: TestService;
  let aa: TenantRef;
  let guarded: Route[];
  const holders = new Map<string | null, Caller>();

  beforeAll(async () => {
    service = await testService();
    aa = await service.country('aa');
    await service.country('bb');
    guarded = routesOf(service).filter(({ access }) => !('public' in access));
    for (const role of EVERYBODY) holders.set(role, await holderOf(service, aa, role));
  }, 120_000);
  afterAll(() => service.stop());

  const call = async ({ method, path }: Route, as: Caller): Promise<number> => {
    const answer = await fetch(`${service.url}${path}`, {
      method,
      headers: {
        ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
        ...(as.tenant ? { 'x-tenant': as.tenant } : {}),
        ...(as.token ? { authorization: `Bearer ${as.token}` } : {}),
      },
      body: method === 'POST' ? '{}' : undefined,
    });
    await answer.arrayBuffer();
    return answer.status;
  };
  const pairs = (declared: boolean) =>
    guarded.flatMap(route =>
      EVERYBODY.filter(role => declares(route.access, role) === declared).map(role => ({ route, role })),
    );

  it('are known to this test, beside those that are', () => {
    expect(guarded.map(({ path }) => path)).toContain('/fhir/$immds-forecast');
    expect(routesOf(service).length).toBeGreaterThan(guarded.length);
  });

  it('keep out everybody who holds no role that they list, before anything is read', async () => {
    await call(guarded[0]!, holders.get(null)!); // the catalogue and the country's words are read now
    const work = [
      jest.spyOn(service.app.get(Database), 'write'),
      jest.spyOn(service.app.get(Database), 'read'),
    ];

    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...pairs(false)), async ({ route, role }) => {
        expect(await call(route, holders.get(role)!)).toBe(role === null ? 401 : 403);
      }),
      { numRuns: 100, seed: draws.seed },
    );

    const ofCallers = work.flatMap(spy => spy.mock.calls).filter(([ctx]) => ctx.actor.kind !== 'system');
    work.forEach(spy => spy.mockRestore());
    expect(ofCallers).toEqual([]);
  });

  it('let in whoever holds a role that they list', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...pairs(true)), async ({ route, role }) => {
        expect([200, 400, 404, 422]).toContain(await call(route, holders.get(role)!));
      }),
      { numRuns: 50, seed: draws.seed },
    );
  });

  it('let in nobody of another country', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...pairs(true)), async ({ route, role }) => {
        expect(await call(route, { ...holders.get(role), tenant: 'bb' })).toBe(401);
      }),
      { numRuns: 50, seed: draws.seed },
    );
  });
});
