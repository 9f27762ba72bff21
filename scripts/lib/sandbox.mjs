// What `npm start` keeps between two starts, in one folder: the keys, the database and where it listens.
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { commandOf, isAlive, placeFor } from './embedded-postgres.mjs';
import { checkPostgres } from './given-postgres.mjs';
import { keepDatabase } from './keep-database.mjs';
import { freePort } from './ports.mjs';
import { Problem } from './problem.mjs';
import { step } from './progress.mjs';

const DATABASE = 'tikasetu';
const PORT = 4000;

/** Takes the folder for this process alone until disposed of; makes it at the first start. */
export function openHome(folder) {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o711); // PostgreSQL may run as another account, and passes through; the files are closed to it
  const lock = claim(join(folder, 'running.pid'));
  return {
    folder,
    secrets: () => secrets(folder),
    remember: (name, text) => writeFileSync(join(folder, name), text),
    [Symbol.dispose]: () => rmSync(lock, { force: true }),
  };
}

function claim(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' }); // of two at once, one only
    return lock;
  } catch {
    const other = Number(readFileSync(lock, 'utf8'));
    if (isAlive(other) && commandOf(other).includes('start.mjs'))
      throw new Problem(
        `TikaSetu already runs from this folder (process ${other}).`,
        `use that one, or stop it (Ctrl-C where it runs). If it is not there any more, remove ${lock}.`,
      );
    rmSync(lock, { force: true }); // of a start that was killed
    return claim(lock);
  }
}

/** The service's secrets, as its environment; made at the first start (before there are data) and kept. */
function secrets(folder) {
  return {
    TIKASETU_MASTER_KEY: kept(join(folder, 'master.key'), () => masterKey(folder)),
    TIKASETU_SANDBOX_PASSWORD: kept(join(folder, 'sandbox.password'), () =>
      randomBytes(9).toString('base64url'),
    ),
  };
}

function masterKey(folder) {
  if (existsSync(join(folder, 'postgres.json')))
    throw new Problem(
      'The master key is gone, and the data cannot be read without it.',
      `put it back (${join(folder, 'master.key')}), or remove ${folder} to begin anew.`,
    );
  return randomBytes(32).toString('base64');
}

function kept(file, make) {
  if (!existsSync(file)) writeFileSync(file, make(), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** The database that the service runs on: the one given in DATABASE_URL, else the embedded one with its kept data. */
export async function openDatabase({ folder }) {
  const given = process.env.DATABASE_URL;
  if (given) {
    await step('reaching the database', () => checkPostgres(given, 'DATABASE_URL'));
    return { url: given, [Symbol.asyncDispose]: async () => {} };
  }
  const file = join(folder, 'postgres.json');
  const keep = state => writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
  if (!existsSync(file))
    keep({ folder: placeFor(join(folder, 'postgres')), password: randomBytes(18).toString('base64url') });
  const state = JSON.parse(readFileSync(file, 'utf8'));
  const log = join(folder, 'postgres.log');
  const server = await step('starting PostgreSQL', () => keepDatabase({ kind: 'embedded', ...state, log }));
  if (state.port && state.port !== server.port)
    console.log(`Port ${state.port} was taken; PostgreSQL is on ${server.port}.`);
  keep({ ...state, port: server.port });
  return { ...server, url: await databaseOn(server.url), log, [Symbol.asyncDispose]: server.release };
}

async function databaseOn(server) {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
  const url = new URL(server);
  url.pathname = `/${DATABASE}`;
  return url.href;
}

/** The port to serve on: PORT where given, else the first free one from 4000 upwards. */
export async function servicePort() {
  const given = Number(process.env.PORT ?? 0);
  const port = await freePort(given || PORT);
  if (given && port !== given)
    throw new Problem(`Port ${given} is taken.`, `choose another: PORT=${port} npm start`);
  if (!given && port !== PORT) console.log(`Port ${PORT} is taken; TikaSetu will be on ${port}.`);
  return port;
}
