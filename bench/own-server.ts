import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { Client } from 'pg';
import { testService, type TestService } from '../test/harness/service';

/** The service on a server of its own, and a session of that server's owner. */
export interface OwnServer {
  service: TestService;
  owner: Client;
}

export const say = (line = ''): void => void process.stdout.write(`${line}\n`);

/** A PostgreSQL of a bench's own, and how to end it. */
export interface BenchDatabase {
  url: string;
  stop: () => Promise<void>;
}

/**
 * A PostgreSQL that is removed when this program ends, in whatever way: fsync and synchronous_commit are on,
 * pg_stat_statements counts. What the test harness opens from now on is on it. Throws when the disk has no `room` (bytes).
 */
export async function benchDatabase(
  settings: Record<string, string | number>,
  room = 0,
): Promise<BenchDatabase> {
  const { keepDatabase } = await import('../scripts/lib/keep-database.mjs');
  const { endWhenOrphaned } = await import('../scripts/lib/tied.mjs');
  endWhenOrphaned();
  const all = { ...settings, shared_preload_libraries: 'pg_stat_statements' };
  const { url, release } = await keepDatabase({ kind: 'temporary', settings: all, room });
  process.env['TEST_DATABASE_URL'] = url;
  process.env['TIKASETU_TEST_TEMPLATE'] = 'template1';
  return { url, stop: release };
}

/** Runs a bench on a {@link benchDatabase} with room for `bytes` and a third more. */
export async function onOwnServer(
  { settings, bytes = 0 }: { settings: Record<string, string | number>; bytes?: number },
  bench: (server: OwnServer) => Promise<void>,
): Promise<void> {
  const database = await benchDatabase(settings, bytes * 1.3);
  try {
    await withService(bench);
  } finally {
    await database.stop();
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
