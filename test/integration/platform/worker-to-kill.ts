// A worker of its own process for jobs.test.ts: it kills itself in the middle of a slice that has written already.
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
  const counting = countingKind('test.mortal');
  app.get(Jobs).on('test.mortal', {
    ...counting,
    slice: async (ctx, work, job) => {
      const next = await counting.slice(ctx, work, job);
      if (job.cursor.at === 10) process.kill(process.pid, 'SIGKILL');
      return next;
    },
  });
  app.get(JobRunner).start(() => app.get(Catalogue).served());
})();
