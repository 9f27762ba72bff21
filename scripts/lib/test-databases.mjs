// The PostgreSQLs that tests may use when none is given: a container's, or the embedded one in a temporary folder.
import { randomUUID } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { endLeftBehind, isAlive, placeFor, startPostgres } from './embedded-postgres.mjs';

/** Test data is worth nothing after the run: speed instead of durability. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: 300,
  // one test searches what another's checkpoint would throw away
  wal_keep_size: '1GB',
};
const FOLDER = 'tikasetu-test-';
const LABEL = 'tikasetu.test.keeper';

/**
 * The embedded PostgreSQL in a temporary folder that is removed afterwards: quick and not durable, unless `settings` say
 * otherwise. Throws when the disk has no `room` (bytes).
 */
export async function startTemporary({ settings = SETTINGS, room = 0 } = {}) {
  const place = placeFor(join(tmpdir(), FOLDER));
  await removeLeftBehind(dirname(place));
  const folder = mkdtempSync(`${place}${process.pid}-`);
  chmodSync(folder, 0o711); // the account that PostgreSQL runs as passes through
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize < room) throw new Error(`No room for about ${Math.ceil(room / 2 ** 30)} GiB`);
    const server = await startPostgres({
      folder: join(folder, 'data'),
      password: randomUUID(),
      settings,
      log: join(folder, 'postgres.log'),
    });
    return { ...server, stop: () => server.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A keeper that was killed itself leaves its server and its folder, which is named by its process. */
async function removeLeftBehind(parent) {
  const keeperOf = name => Number(name.slice(FOLDER.length).split('-')[0]);
  const left = readdirSync(parent).filter(
    name => name.startsWith(FOLDER) && isOurs(join(parent, name)) && !isAlive(keeperOf(name)),
  );
  for (const name of left) {
    await endLeftBehind(join(parent, name, 'data'));
    rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isOurs(folder) {
  try {
    accessSync(join(folder, 'data'), constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether there is a socket to ask a container engine on; whether it answers shows when it is asked. */
export const seemsToHaveEngine = () =>
  Boolean(process.env.DOCKER_HOST) ||
  [
    '/var/run/docker.sock',
    join(homedir(), '.docker/run/docker.sock'),
    join(homedir(), '.testcontainers.properties'),
  ].some(path => existsSync(path));

/** PostgreSQL 18 in a container. The keeper itself sees to its end, so no second container is needed for that. */
export async function startContainer() {
  process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true';
  const { getContainerRuntimeClient } = await import('testcontainers');
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const { container: engine } = await getContainerRuntimeClient();
  const left = await engine.dockerode.listContainers({ all: true, filters: { label: [LABEL] } });
  const dead = left.filter(found => !isAlive(Number(found.Labels[LABEL])));
  await Promise.all(
    dead.map(found => engine.dockerode.getContainer(found.Id).remove({ force: true, v: true })),
  );
  const container = await new PostgreSqlContainer('postgres:18')
    .withLabels({ [LABEL]: String(process.pid) })
    .withCommand([
      'postgres',
      ...Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ])
    .start();
  return {
    url: container.getConnectionUri(),
    port: container.getPort(),
    ended: new Promise(() => {}),
    stop: () => container.stop({ removeVolumes: true }),
  };
}
