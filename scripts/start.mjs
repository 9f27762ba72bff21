// npm start: the whole service on this machine, sandbox countries included. What it keeps is in .tikasetu/.
import { ready } from './lib/bootstrap.mjs';
import { command } from './lib/problem.mjs';

await command(async () => {
  await ready();
  const { serve } = await import('./lib/serve.mjs');
  return serve();
});
