import { spawn } from 'node:child_process';
import { Problem } from './problem.mjs';

const TIE = new URL('./tie.mjs', import.meta.url).href;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a Node program that lives no longer than we do. Our own signals are passed on through the channel between
 * the two (Windows has no signals to pass), and the channel's closing tells it when we were killed outright.
 * Resolves to its exit code; being stopped by us counts as 0. `patience` (ms) is how long it may take to stop.
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
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', error => reject(new Problem(`${node} cannot be run here: ${error.message}`)));
      child.once('exit', (code, signal) => resolve(code ?? (stopping && signal !== 'SIGKILL' ? 0 : 1)));
    });
  } finally {
    SIGNALS.forEach(signal => process.off(signal, stop));
  }
}
