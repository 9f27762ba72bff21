// npm run build: src/ compiled into dist/src/, as little as has changed.
import { ready } from './lib/bootstrap.mjs';
import { command } from './lib/problem.mjs';

await command(async () => {
  await ready();
  const { build } = await import('./lib/build.mjs');
  const { compiled, total } = await build();
  console.log(`Built: ${compiled} of ${total} files had changed.`);
});
