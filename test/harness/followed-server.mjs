// A PostgreSQL server and a copy of it that follows it by streaming. Forked, since Jest cannot import the package that
// brings the server: tells its parent both addresses, stops the copy when told to, and everything when the parent is gone.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeFor, startPostgres } from '../../scripts/lib/embedded-postgres.mjs';

const folder = mkdtempSync(placeFor(join(tmpdir(), 'tikasetu-replica-')));
chmodSync(folder, 0o711);
const password = randomBytes(12).toString('hex');
const place = name => ({ folder: join(folder, name), log: join(folder, `${name}.log`), password });

const first = await startPostgres(place('own'));
await first.stop();
execFileSync('cp', ['-a', join(folder, 'own'), join(folder, 'replica')]);
writeFileSync(join(folder, 'replica', 'standby.signal'), '');
const own = await startPostgres({ ...place('own'), port: first.port });
const replica = await startPostgres({
  ...place('replica'),
  settings: { primary_conninfo: `host=127.0.0.1 port=${own.port} user=postgres password=${password}` },
});

process.on('message', () => void replica.stop().then(() => process.send('stopped')));
process.on('disconnect', () => void end());
process.send({ own: own.url, replica: replica.url });

async function end() {
  await replica.stop();
  await own.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}
