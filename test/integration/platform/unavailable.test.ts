import type { TenantRef } from '../../../src/platform/context';
import { Database, UnitOfWork } from '../../../src/platform/database';
import { AppError, ConnectionLost, Unavailable } from '../../../src/platform/errors';
import { onServer } from '../../harness/run/database';
import { testService, type TestService } from '../../harness/service';

const FACILITIES = `{ facilities { items { id } } }`;
let service: TestService;
let tenant: TenantRef;

beforeAll(async () => {
  service = await testService();
  await service.provision('aa');
  tenant = await service.provision('ab');
}, 120_000);
afterAll(() => service.stop());

/** Shuts a country's login out, or lets it in again, as a server does that has no connection left for it. */
async function limit(connections: number): Promise<void> {
  const login = `${service.database.name}_tenant_aa`;
  await onServer(service.database.url, async client => {
    await client.query(`ALTER ROLE ${login} CONNECTION LIMIT ${connections}`);
    await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${login}'`);
  });
}
const ask = (tenant: string) => service.graphql(FACILITIES, {}, { tenant });
const codeOf = async (tenant: string) => (await ask(tenant)).errors?.[0]?.extensions.code;

describe('while the database has no connection for a country', () => {
  beforeAll(async () => {
    await limit(0);
    while ((await codeOf('aa')) !== 'UNAVAILABLE'); // until the pool has noticed that its connections are gone
  });
  afterAll(() => limit(-1));

  it('its callers are told when to come back, in their language', async () => {
    const answer = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-tenant': 'aa', 'accept-language': 'es' },
      body: JSON.stringify({ query: FACILITIES }),
    });

    const { errors } = (await answer.json()) as Awaited<ReturnType<typeof ask>>;
    expect(errors![0]!.extensions).toMatchObject({ code: 'UNAVAILABLE', retryAfter: 5 });
    expect(errors![0]!.message).toContain('dentro de 5 segundos');
    expect(answer.headers.get('retry-after')).toBe('5');
  });

  it('all who come at one moment are told so', async () => {
    const codes = await Promise.all(Array.from({ length: 40 }, () => codeOf('aa')));

    expect(new Set(codes)).toEqual(new Set(['UNAVAILABLE']));
  });

  it.each([
    ['availability', '/availability?facilityId=x'],
    ['the list of signers', '/aa/trust/dsc.json'],
  ])('%s answers 503 with Retry-After', async (_, path) => {
    const answer = await fetch(`${service.url}${path}`, { headers: { 'x-tenant': 'aa' } });

    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  });

  it('other countries are served', async () => {
    expect((await ask('ab')).errors).toBeUndefined();
  });
});

describe('a connection that is lost', () => {
  const loseIt = 'SELECT pg_terminate_backend(pg_backend_pid())';
  const endOf = (work: (unit: UnitOfWork) => Promise<unknown>, mode: 'read' | 'write' = 'write') =>
    service.app
      .get(Database)
      [mode](service.contextOf(tenant), work)
      .then(
        () => 'committed',
        (error: unknown) => error,
      );

  it.each(['read', 'write'] as const)('before the commit has changed nothing: %s', async mode => {
    expect(await endOf(unit => unit.query(loseIt), mode)).toBeInstanceOf(ConnectionLost);
  });

  it('takes nothing from what was decided before', async () => {
    const decided = async (unit: UnitOfWork) => {
      await unit.query(loseIt).catch(() => undefined);
      throw new AppError('CONFLICT');
    };

    expect(await endOf(decided)).toMatchObject({ code: 'CONFLICT' });
  });

  it('with the commit under way leaves open what became of it', async () => {
    const written = jest.spyOn(UnitOfWork.prototype, 'writeGathered').mockImplementationOnce(async function (
      this: UnitOfWork,
    ) {
      await this.query(loseIt);
    });

    const end = await endOf(unit => unit.query('SELECT 1'));

    written.mockRestore();
    expect(end).toBeInstanceOf(Error);
    expect(end).not.toBeInstanceOf(Unavailable);
  });

  it('lets who was answered together with others be answered alone', async () => {
    const lost = new Set<number>();
    const find = async (unit: UnitOfWork, keys: readonly number[]) => {
      if (keys.length > 1) await unit.query(loseIt).finally(() => keys.forEach(key => lost.add(key)));
      return new Map(keys.map(key => [key, key]));
    };
    const ask = (key: number) =>
      service.app.get(Database).readTogether(service.contextOf(tenant), { find, key }, (_, found) => found);

    const answers = await Promise.all([1, 2, 3, 4].map(ask));

    expect(answers).toEqual([1, 2, 3, 4]);
    expect(lost.size).toBeGreaterThan(1);
  });
});

it('is served again as soon as there is one', async () => {
  const { errors } = await ask('aa');

  expect(errors).toBeUndefined();
});
