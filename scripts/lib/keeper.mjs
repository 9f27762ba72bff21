// Keeps a database for the process that started this one (see `keep-database.mjs`): opens it, says where it is, and
// closes it when its standard input ends. That happens however the other process ends, kill -9 included.
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const OPEN = {
  embedded: async wish => (await import('./embedded-postgres.mjs')).startPostgres(wish),
  temporary: async wish => (await import('./test-databases.mjs')).startTemporary(wish),
  container: async wish => (await import('./test-databases.mjs')).startContainer(wish),
};

const input = createInterface({ input: process.stdin });
const released = Promise.race([once(input, 'close'), once(process, 'SIGTERM')]);
const say = answer => process.stdout.write(`${JSON.stringify(answer)}\n`);
process.stdout.on('error', () => {}); // the other process is gone; `released` says so too

try {
  const [line] = await once(input, 'line');
  const { kind, ...wish } = JSON.parse(line);
  const database = await OPEN[kind](wish);
  say({ url: database.url, port: database.port });
  await Promise.race([released, database.ended]);
  await database.stop();
} catch (error) {
  say({ error: error.message, next: error.next });
}
process.exit();
