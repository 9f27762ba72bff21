import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Problem } from './problem.mjs';

const KEEPER = fileURLToPath(new URL('./keeper.mjs', import.meta.url));

/**
 * Opens a database in a process of its own that lives exactly as long as this one needs it: until `release`, or until
 * this process ends in whatever way. Apart from our terminal, so Ctrl-C lets the service finish before its database.
 * @param {{kind: 'embedded' | 'temporary' | 'container'}} wish and what that kind asks for
 * @returns {Promise<{url: string, port: number, ended: Promise<unknown>,
 *   hasEnded: () => boolean, release: () => Promise<void>}>}
 */
export async function keepDatabase(wish) {
  const keeper = spawn(process.execPath, [KEEPER], {
    detached: true,
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(keeper, 'exit');
  keeper.stdin.on('error', () => {});
  keeper.stdin.write(`${JSON.stringify(wish)}\n`);
  const lines = createInterface({ input: keeper.stdout });
  const [line] = await Promise.race([
    once(lines, 'line'),
    ended.then(() => ['{"error":"the keeper ended"}']),
  ]);
  const { error, next, ...database } = JSON.parse(line);
  if (error) throw new Problem(error, next);
  [keeper, keeper.stdin, keeper.stdout].forEach(part => part.unref()); // does not keep us alive
  const release = async () => {
    keeper.ref();
    keeper.stdin.end();
    await ended;
  };
  return { ...database, ended, hasEnded: () => keeper.exitCode !== null, release };
}
