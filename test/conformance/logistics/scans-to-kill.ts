// A process of its own for scans-service.test.ts: eight devices send to it, and half-way it kills itself.
import { makeApp } from '../../../src/app';
import { TakeScans } from '../../../src/delivery/scans/take-scans';
import { readConfig } from '../../../src/platform/config';
import { systemContext } from '../../../src/platform/events';
import { Catalogue } from '../../../src/tenancy';
import { givenBatches } from './scan-simulation';
import { told } from './scans-told';

const DEVICES = 8;

void (async () => {
  const app = await makeApp(
    readConfig({ ...process.env, TIKASETU_SANDBOX: 'true', LOG_LEVEL: 'silent', PORT: '0' }),
  );
  await app.init();
  const ctx = systemContext(await app.get(Catalogue).byCode('aa'));
  const scans = givenBatches().flat();
  let taken = 0;
  await Promise.all(
    Array.from({ length: DEVICES }, async (_, device) => {
      for (const scan of scans.filter((_scan, at) => at % DEVICES === device)) {
        await app.get(TakeScans).run(ctx, [told(scan)], async () => undefined);
        if (++taken >= scans.length / 2) process.kill(process.pid, 'SIGKILL'); // the others are in the middle of theirs
      }
    }),
  );
})().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exit(1);
});
