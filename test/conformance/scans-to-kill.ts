// A process of its own for logistics-scans-service.test.ts, which kills it in the middle of its work.
import { makeApp } from '../../src/app';
import { TakeScans } from '../../src/delivery/scans/take-scans';
import { readConfig } from '../../src/platform/config';
import { systemContext } from '../../src/platform/events';
import { Catalogue } from '../../src/tenancy';
import { givenBatches } from './scan-simulation';
import { told } from './scans-told';

void (async () => {
  const app = await makeApp(
    readConfig({ ...process.env, TIKASETU_SANDBOX: 'true', LOG_LEVEL: 'silent', PORT: '0' }),
  );
  await app.init();
  const ctx = systemContext(await app.get(Catalogue).byCode('aa'));
  process.stdout.write('begun\n');
  for (const scan of givenBatches().flat())
    await app.get(TakeScans).run(ctx, [told(scan)], async () => undefined);
})().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exit(1);
});
