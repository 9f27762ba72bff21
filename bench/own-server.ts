import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { databaseUrl, onServer } from '../test/harness/run/database';
import { serviceOn, testService, type TestService } from '../test/harness/service';

/** The service on a server of its own, and a session of that server's owner. */
export interface OwnServer {
  service: TestService;
  /** What another process of the service needs to open what this one closed. */
  masterKey: string;
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

/** Runs a bench on a {@link benchDatabase} with room for `bytes` and a third more; `env` is the service's own. */
export async function onOwnServer(
  {
    settings,
    bytes = 0,
    env = {},
  }: { settings: Record<string, string | number>; bytes?: number; env?: Record<string, string> },
  bench: (server: OwnServer) => Promise<void>,
): Promise<void> {
  const database = await benchDatabase(settings, bytes * 1.3);
  try {
    const masterKey = newMasterKey();
    await withService(await testService({ TIKASETU_MASTER_KEY: masterKey, ...env }), masterKey, bench);
  } finally {
    await database.stop();
  }
}

/** What one run leaves in the folder of a server that is kept for the next. */
interface Kept<State> {
  password: string;
  masterKey: string;
  database: string;
  /** What the bench itself wants to know again; null until it has said so. */
  state: State | null;
}

/**
 * {@link onOwnServer} whose server stays in `folder` with all that is stored: what took an hour to fill is measured again,
 * with the build and the migrations of then. The bench is given what it kept last, and says what to keep.
 */
export async function onKeptServer<State>(
  folder: string,
  settings: Record<string, string | number>,
  bench: (server: OwnServer, state: State | null, keep: (state: State) => void) => Promise<void>,
): Promise<void> {
  const { keepDatabase } = await import('../scripts/lib/keep-database.mjs');
  const file = join(folder, 'kept.json');
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o711); // the account that PostgreSQL runs as passes through
  const kept: Kept<State> = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : {
        password: randomBytes(32).toString('hex'),
        masterKey: newMasterKey(),
        database: 'kept',
        state: null,
      };
  const write = (): void => writeFileSync(file, JSON.stringify(kept), { mode: 0o600 });
  write();
  const { url, release } = await keepDatabase({
    kind: 'embedded',
    folder: join(folder, 'data'),
    password: kept.password,
    log: join(folder, 'postgres.log'),
    settings: { ...settings, shared_preload_libraries: 'pg_stat_statements' },
  });
  try {
    const database = { url: databaseUrl(url, kept.database), name: kept.database, drop: async () => {} };
    await onServer(url, async client => {
      const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [kept.database]);
      if (rowCount === 0) await client.query(`CREATE DATABASE ${kept.database}`);
    });
    const service = await serviceOn(database, { TIKASETU_MASTER_KEY: kept.masterKey });
    await withService(service, kept.masterKey, server =>
      bench(server, kept.state, state => {
        kept.state = state;
        write();
      }),
    );
  } finally {
    await release();
  }
}

const newMasterKey = (): string => randomBytes(32).toString('base64');

async function withService(
  service: TestService,
  masterKey: string,
  bench: (server: OwnServer) => Promise<void>,
): Promise<void> {
  const owner = new Client({ connectionString: service.database.url });
  try {
    await owner.connect();
    await owner.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements SCHEMA public');
    const { rows } = await owner.query(`SELECT current_setting('server_version') AS version`);
    const processors = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`;
    say(
      `machine   ${processors}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, PostgreSQL ${rows[0].version}`,
    );
    await bench({ service, masterKey, owner });
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
