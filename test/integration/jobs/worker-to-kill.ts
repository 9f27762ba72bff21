// A worker of its own process for jobs.test.ts, which kills it in the middle of its work.
import { makeApp } from '../../../src/app';
import { readConfig } from '../../../src/platform/config';
import { JobRunner, Jobs } from '../../../src/platform/jobs';
import { Catalogue } from '../../../src/tenancy';
import { countingKind } from './counting-kind';

void (async () => {
  const app = await makeApp(
    readConfig({ ...process.env, TIKASETU_SANDBOX: 'true', LOG_LEVEL: 'silent', PORT: '0' }),
  );
  await app.init();
  app.get(Jobs).on('test.mortal', countingKind('test.mortal'));
  app.get(JobRunner).start(() => app.get(Catalogue).served());
  process.stdout.write('begun\n');
})();
