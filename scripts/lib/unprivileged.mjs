// PostgreSQL refuses to run as root. In a container or on a fresh server we often are: it then runs as another
// account, which must be able to reach its programs and its data.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ROOT } from './bootstrap.mjs';

/** The account (`{uid, gid}`) that runs PostgreSQL over this folder, or undefined where we are not root. */
export function serverAccount(folder) {
  if (process.getuid?.() !== 0) return undefined;
  const made = statSync(folder, { throwIfNoEntry: false });
  if (made && made.uid !== 0) return { uid: made.uid, gid: made.gid };
  return lookUp('postgres') ?? lookUp('tikasetu') ?? create('tikasetu') ?? lookUp('nobody');
}

function lookUp(name) {
  const id = flag => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

function create(name) {
  try {
    execFileSync('useradd', ['--system', '--no-create-home', '--shell', '/bin/false', name], {
      stdio: 'ignore',
    });
    return lookUp(name);
  } catch {
    return undefined;
  }
}

/** Where the account can have this folder: as wished, or, below a folder that it may not enter, in /var/lib. */
export function reachablePlace(account, wished) {
  if (!account || ancestors(wished).every(folder => canEnter(statSync(folder), account))) return wished;
  const checkout = createHash('sha256').update(ROOT).digest('hex').slice(0, 8);
  const home = join('/var/lib', `tikasetu-${checkout}`);
  mkdirSync(home, { recursive: true });
  chmodSync(home, 0o755); // whatever the umask of root
  return join(home, basename(wished));
}

/** Whether a folder's mode lets the account pass through it. `stats`: mode, uid, gid. */
export function canEnter(stats, account) {
  const shift = stats.uid === account.uid ? 6 : stats.gid === account.gid ? 3 : 0;
  return ((stats.mode >> shift) & 1) === 1;
}

function ancestors(path) {
  const parent = dirname(path);
  return parent === path ? [] : [...ancestors(parent), parent];
}
