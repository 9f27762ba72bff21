import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { testService, type TestService } from '../test/harness/service';

/** The service on a server of its own, and a session of that server's owner. */
export interface OwnServer {
  service: TestService;
  owner: Client;
}

export const say = (line = ''): void => void process.stdout.write(`${line}\n`);

/**
 * Runs a bench on a PostgreSQL of its own that is removed afterwards: fsync and synchronous_commit are on, pg_stat_statements
 * counts. Throws when the disk has no room for `bytes` and a third more.
 */
export async function onOwnServer(
  { settings, bytes = 0 }: { settings: Record<string, string | number>; bytes?: number },
  bench: (server: OwnServer) => Promise<void>,
): Promise<void> {
  const { startPostgres, placeFor } = await import('../scripts/lib/embedded-postgres.mjs');
  const folder = mkdtempSync(placeFor(join(tmpdir(), 'tikasetu-bench-')));
  try {
    chmodSync(folder, 0o711);
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize < bytes * 1.3) throw new Error(`No room for about ${Math.ceil(bytes / 2 ** 30)} GiB`);
    const server = await startPostgres({
      folder: join(folder, 'data'),
      password: randomBytes(12).toString('hex'),
      settings: { ...settings, shared_preload_libraries: 'pg_stat_statements' },
      log: join(folder, 'postgres.log'),
    });
    process.env['TEST_DATABASE_URL'] = server.url;
    process.env['TIKASETU_TEST_TEMPLATE'] = 'template1';
    try {
      await withService(bench);
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function withService(bench: (server: OwnServer) => Promise<void>): Promise<void> {
  const service = await testService();
  const owner = new Client({ connectionString: service.database.url });
  try {
    await owner.connect();
    await owner.query('CREATE EXTENSION pg_stat_statements SCHEMA public');
    const { rows } = await owner.query(`SELECT current_setting('server_version') AS version`);
    const processors = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`;
    say(
      `machine   ${processors}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, PostgreSQL ${rows[0].version}`,
    );
    await bench({ service, owner });
  } finally {
    await owner.end();
    await service.stop();
  }
}

/** The database login of a country. */
export const loginOf = ({ service }: OwnServer, code: string): string =>
  `${service.database.name}_tenant_${code}`;

/** Nanoseconds of processor time that the living backends of a login have used. Linux only. */
export async function backendNanos({ owner }: OwnServer, login: string): Promise<number> {
  const { rows } = await owner.query(`SELECT pid FROM pg_stat_activity WHERE usename = $1`, [login]);
  return rows.reduce(
    (sum, { pid }) => sum + Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ', 1)[0]),
    0,
  );
}
