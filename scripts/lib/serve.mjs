import { join } from 'node:path';
import { ROOT } from './bootstrap.mjs';
import { build } from './build.mjs';
import { HEAP_BOUND } from './heap.mjs';
import { Problem } from './problem.mjs';
import { openDatabase, openHome, servicePort } from './sandbox.mjs';
import { runTied } from './tied.mjs';

const KILLED = 137; // it would not stop by itself

/** Builds and runs the service until it ends or we are told to stop it. Resolves to the exit code. */
export async function serve() {
  await build();
  using home = openHome(join(ROOT, '.tikasetu'));
  const secrets = home.secrets();
  await using database = await openDatabase(home);
  const env = { ...secrets, NODE_ENV: 'production', TIKASETU_SANDBOX: 'true', ...process.env };
  const port = String(await servicePort());
  home.remember('service.url', `http://localhost:${port}`);
  const { code, stopped } = await runTied(
    process.execPath,
    ['--enable-source-maps', ...HEAP_BOUND.split(' '), join(ROOT, 'dist/src/main.js')],
    {
      env: { ...env, DATABASE_URL: database.url, PORT: port },
      apart: true,
      patience: 20_000,
      until: database.ended,
    },
  );
  if (database.hasEnded?.())
    throw new Problem(
      'PostgreSQL has stopped, and the service with it.',
      `see ${database.log}, then start again.`,
    );
  return stopped && code !== KILLED ? 0 : code;
}
