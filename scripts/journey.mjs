// npm run journey [-- country [language]]: the whole story, from an invitation to a verified certificate, told against
// the running service (`npm start`) through its GraphQL alone. Without arguments: every country in two languages.
//   TIKASETU_URL, TIKASETU_SANDBOX_PASSWORD   another service than the one of this folder
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ready, ROOT } from './lib/bootstrap.mjs';
import { command, Problem } from './lib/problem.mjs';
import { runTied } from './lib/tied.mjs';

const kept = name => {
  const file = join(ROOT, '.tikasetu', name);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
};

await command(async () => {
  await ready();
  const { build } = await import('./lib/build.mjs');
  await build();
  const url = process.env.TIKASETU_URL ?? kept('service.url');
  const password = process.env.TIKASETU_SANDBOX_PASSWORD ?? kept('sandbox.password');
  if (!url || !password)
    throw new Problem('No service to tell the story against.', 'run `npm start` in another terminal first.');
  const env = { ...process.env, TIKASETU_URL: url, TIKASETU_SANDBOX_PASSWORD: password };
  const main = join(ROOT, 'dist/src/operations/journey/main.js');
  return (await runTied(process.execPath, ['--enable-source-maps', main, ...process.argv.slice(2)], { env }))
    .code;
});
