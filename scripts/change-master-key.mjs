// npx tikasetu change-master-key: runs the service's own command with the environment of the workers. In the image, where
// only the build is, `node dist/src/operations/change-master-key.js` is the same.
import { join } from 'node:path';
import { ready, ROOT } from './lib/bootstrap.mjs';
import { runTied } from './lib/tied.mjs';

/** Gives the exit code. */
export async function changeMasterKey() {
  await ready();
  const { build } = await import('./lib/build.mjs');
  await build();
  const main = join(ROOT, 'dist/src/operations/change-master-key.js');
  return (await runTied(process.execPath, ['--enable-source-maps', main], { env: process.env })).code;
}
