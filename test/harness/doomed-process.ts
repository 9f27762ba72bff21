import { spawn } from 'node:child_process';
import { once as nextEvent } from 'node:events';
import { join } from 'node:path';
import type { TestService } from './service';

/**
 * Runs a program of the tests that opens the database of `service` in a process of its own and is to kill itself; the signal
 * by which it ended. `program` is its path in the repository, `masterKey` the one `service` was opened with.
 */
export async function runDoomed(
  service: TestService,
  masterKey: string,
  program: string,
  env: Record<string, string> = {},
): Promise<NodeJS.Signals | null> {
  const doomed = spawn(process.execPath, ['--require', './bench/register-ts.cjs', program], {
    cwd: join(__dirname, '../..'),
    env: {
      ...process.env,
      DATABASE_URL: service.database.url,
      TIKASETU_MASTER_KEY: masterKey,
      TIKASETU_LOGIN_PREFIX: service.database.name,
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [, signal] = (await nextEvent(doomed, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal;
}
