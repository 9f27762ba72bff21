import { Database } from '../../../src/platform/database';
import { FactListeners, factType, Outbox } from '../../../src/platform/events';
import { onServer } from '../../harness/run/database';
import { testService } from '../../harness/service';

it('lets the listener at work finish, and leaves no connection behind, when the service stops', async () => {
  const service = await testService();
  const ctx = service.contextOf(await service.provision('aa'));
  const database = service.app.get(Database);
  const slow = factType<object>('test.slow');
  const begun = new Promise<void>(resolve => {
    service.app.get(FactListeners).on(slow, async () => {
      resolve();
      await new Promise(later => setTimeout(later, 1_000));
      await database.read(ctx, work => work.query('SELECT 1'));
    });
  });
  await database.write(ctx, async work => service.app.get(Outbox).announce(ctx, work, slow, 'something', {}));
  service.live();
  await begun;

  await service.app.close();

  const ask = (sql: string): Promise<object[]> =>
    onServer(service.database.url, client => client.query(sql).then(answer => answer.rows));
  const login = `${service.database.name}_tenant_aa`;
  const left = await ask(`SELECT pid FROM pg_stat_activity WHERE usename = '${login}'`);
  const open = await ask(`SELECT id FROM tenant_aa.outbox_event WHERE delivered_at IS NULL`);
  await service.database.drop();
  expect({ left, open }).toEqual({ left: [], open: [] });
}, 120_000);
