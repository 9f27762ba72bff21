import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { Problem } from './problem.mjs';

/** Loaded with `--import`, ends a program whose channel to its parent closes. */
export const TIE = new URL('./tie.mjs', import.meta.url).href;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const PARENT = process.ppid;

/**
 * Runs a Node program that lives no longer than we do. Our own signals are passed on through the channel between
 * the two (Windows has no signals to pass), and the channel's closing tells it when we were killed outright.
 * Resolves to its exit code (128 + n for signal n, as a shell has it) and whether we had asked it to stop; `patience`
 * (ms) is how long it may then take, and `until` a promise at whose end it is asked as well.
 */
export async function runTied(node, args, { env = process.env, patience, apart = false, until } = {}) {
  const child = spawn(node, ['--import', TIE, ...args], {
    env,
    detached: apart && process.platform !== 'win32', // apart: Ctrl-C reaches it through us alone, and once
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  let stopping = false;
  const stop = () => {
    if (!stopping && child.connected) child.send('stop', () => {});
    stopping = true;
    if (patience) setTimeout(() => child.kill('SIGKILL'), patience).unref();
  };
  SIGNALS.forEach(signal => process.on(signal, stop));
  void until?.then(stop);
  const orphaned = setInterval(() => isOrphan() && stop(), 500);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', error => reject(new Problem(`${node} cannot be run here: ${error.message}`)));
      child.once('exit', (code, signal) =>
        resolve({ code: code ?? 128 + constants.signals[signal], stopped: stopping }),
      );
    });
  } finally {
    clearInterval(orphaned);
    SIGNALS.forEach(signal => process.off(signal, stop));
  }
}

/** For a program that nobody runs tied: it ends when the npm that ran it does. */
export function endWhenOrphaned() {
  setInterval(() => isOrphan() && process.kill(process.pid, 'SIGTERM'), 500).unref();
}

/** npm runs us in a shell; told to end, it ends that shell, and the shell tells nobody. */
const isOrphan = () =>
  Boolean(process.env.npm_lifecycle_event) && !process.channel && process.ppid !== PARENT;
