import { spawnSync } from 'node:child_process';
import { PROJECT_ROOT } from '../config';

/** A process that would go on for ever, but for what it does first. */
const ended = (does: string) =>
  spawnSync(
    process.execPath,
    [
      '--require',
      './bench/register-ts.cjs',
      '--eval',
      `const { lastResort } = require('./src/platform/logging/last-resort.ts');
       const { makeLogger } = require('./src/platform/logging/logger.ts');
       lastResort(makeLogger('error'));
       setInterval(() => undefined, 1_000);
       const fault = Object.assign(new Error('Key (phone)=(0171) exists'), { driverError: { code: '23505' } });
       ${does}`,
    ],
    { cwd: PROJECT_ROOT, encoding: 'utf8', timeout: 60_000 },
  );

describe('what nobody caught', () => {
  it.each([
    ['thrown later', 'setTimeout(() => { throw fault; });'],
    ['a promise that nobody waits for', 'void Promise.reject(fault);'],
  ])('is one line of the log and the end of the process: %s', (_what, does) => {
    const { status, stderr } = ended(does);

    expect(status).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({
      level: 60,
      err: { sqlState: '23505' },
      msg: 'nobody caught this: the process ends',
    });
    expect(stderr).not.toContain('0171');
  });

  it('is a line of the log and no more when it is the error of a field, in a list that was answered with another', () => {
    const { status, stderr } = ended(`
      const { buildSchema, graphql } = require('graphql');
      const schema = buildSchema('type Query { doses: [Dose!]! } type Dose { lot: Int! }');
      const rootValue = { doses: [{ lot: async () => null }, { lot: null }] };
      void graphql({ schema, source: '{ doses { lot } }', rootValue }).then(() => setImmediate(() => process.exit(0)));`);

    expect(status).toBe(0);
    expect(JSON.parse(stderr)).toMatchObject({
      level: 50,
      msg: 'another error of the same list was answered before this one',
    });
  });
});
