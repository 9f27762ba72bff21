import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestService } from '../../test/harness/service';

/** The API as a process of its own. */
export interface Api {
  url: string;
  process: ChildProcess;
  stop: () => Promise<void>;
}

/** The service as it is built in a clone, in the role `api`, on a free port of this machine. */
export async function startApi(service: TestService, masterKey: string, root: string): Promise<Api> {
  const { freePort } = await import('../../scripts/lib/ports.mjs');
  const { HEAP_BOUND } = (await import(join(root, 'scripts/lib/heap.mjs'))) as { HEAP_BOUND: string };
  const { TIE } = await import('../../scripts/lib/tied.mjs');
  const port = await freePort();
  const program = join(root, 'dist/src/main.js');
  const api = spawn(process.execPath, ['--import', TIE, ...HEAP_BOUND.split(' '), program], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: service.database.url,
      TIKASETU_ROLE: 'api',
      TIKASETU_SANDBOX: 'true',
      TIKASETU_MASTER_KEY: masterKey,
      TIKASETU_LOGIN_PREFIX: service.database.name,
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error',
      PORT: String(port),
    },
  });
  const ended = new Promise<void>(resolve => api.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; !(await answers(url)); tries++) {
    if (tries > 1_200 || api.exitCode !== null) throw new Error('the API did not start');
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return {
    url,
    process: api,
    stop: () => {
      api.kill('SIGTERM');
      return ended;
    },
  };
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

/** Clock ticks a second, as Linux counts processor time in /proc. */
const TICKS = 100;

/** Seconds of processor time of a process that lives, its ended children included. */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0) / TICKS;
}
