import type { Context } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { FactListeners, factType, Outbox } from '../../../src/platform/events';
import { Catalogue } from '../../../src/tenancy';
import { onServer } from '../../harness/run/database';
import { testService, type TestService } from '../../harness/service';

const slow = factType<object>('test.slow');
let service: TestService;
let ctx: Context;

beforeAll(async () => {
  service = await testService();
  ctx = service.contextOf(await service.provision('aa'));
}, 120_000);
afterAll(() => service.stop());

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

const announceSlow = (): Promise<string> =>
  service.app
    .get(Database)
    .write(ctx, async work => service.app.get(Outbox).announce(ctx, work, slow, 'something', {}));

const undelivered = (): Promise<object[]> =>
  service.app
    .get(Database)
    .read(ctx, work => work.query(`SELECT id FROM outbox_event WHERE delivered_at IS NULL`));

const asOwner = (sql: string): Promise<Record<string, unknown>[]> =>
  onServer(service.database.url, client => client.query(sql).then(answer => answer.rows));

describe('facts on their way', () => {
  it('waits for a listener that takes longer than a transaction may idle, and tells it once', async () => {
    const login = `${service.database.name}_tenant_aa`;
    await asOwner(
      `ALTER ROLE ${login} IN DATABASE ${service.database.name} SET idle_in_transaction_session_timeout = '4s'`,
    );
    await asOwner(`SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE usename = '${login}'`);
    await pause(500); // the pool notices that its connections are gone,
    await asOwner('SELECT 1'); // also when this process stood still meanwhile
    let told = 0;
    service.app.get(FactListeners).on(slow, async () => {
      told++;
      await pause(6_000);
    });
    await announceSlow();

    await service.carryFacts();

    expect(await undelivered()).toEqual([]);
    expect(told).toBe(1);
  }, 120_000);

  it('carries the facts of the countries even when those of the platform cannot be carried', async () => {
    let told = 0;
    service.app.get(FactListeners).on(factType('test.other'), async () => void told++);
    await service.app.get(Catalogue).served();
    const broken = jest
      .spyOn(service.app.get(Database), 'writePlatform')
      .mockRejectedValue(new Error('the platform is away'));
    await service.app
      .get(Database)
      .write(ctx, async work =>
        service.app.get(Outbox).announce(ctx, work, factType('test.other'), 'else', {}),
      );

    await service.carryFacts();

    broken.mockRestore();
    expect(told).toBe(1);
  });

  it('stay where they are in a process that was not asked to carry them', async () => {
    const waiting = factType('test.waiting');
    let told = 0;
    service.app.get(FactListeners).on(waiting, async () => void told++);

    await service.app
      .get(Database)
      .write(ctx, async work => service.app.get(Outbox).announce(ctx, work, waiting, 'patience', {}));
    await pause(300); // the nudge came, and nobody who carries facts heard it
    const before = told;
    await service.carryFacts();

    expect(before).toBe(0);
    expect(told).toBe(1);
  });
});
