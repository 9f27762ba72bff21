// A process of its own for crash.test.ts: it records what it is told to, and kills itself in the middle.
import { Client } from 'pg';
import { makeApp } from '../../../src/app';
import { readConfig } from '../../../src/platform/config';
import { systemContext } from '../../../src/platform/events';
import { Catalogue } from '../../../src/tenancy';
import { recordAll, type ToRecord } from './doses-to-record';

void (async () => {
  const told = JSON.parse(process.env['TO_RECORD']!) as ToRecord & { tenant: string; dieAt: number };
  const app = await makeApp(
    readConfig({ ...process.env, TIKASETU_SANDBOX: 'true', LOG_LEVEL: 'silent', PORT: '0' }),
  );
  await app.init();
  const ctx = systemContext(await app.get(Catalogue).byCode(told.tenant));
  const query = Client.prototype.query as (...args: unknown[]) => unknown;
  let asked = 0;
  Client.prototype.query = function (this: Client, ...args: unknown[]) {
    if (++asked === told.dieAt) process.kill(process.pid, 'SIGKILL');
    return query.apply(this, args);
  } as typeof Client.prototype.query;
  await recordAll(app, ctx, told);
  process.kill(process.pid, 'SIGKILL'); // it had less to ask than that
})();
