import { createHash } from 'node:crypto';
import { hostname } from 'node:os';

const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 6);
const NAME = /^tikasetu_test_([0-9a-z]+)_([0-9a-f]{6})_(\d+)_/;
const SIX_HOURS = 6 * 60 * 60 * 1000;

/** A name that no other worker, run or machine uses, and that tells when it was made, where, and by which process. */
export const testDatabaseName = (purpose: string, now = Date.now(), pid = process.pid): string =>
  `tikasetu_test_${now.toString(36)}_${HOST}_${pid}_${purpose}`;

/** Whether the run that made a database is over: its process here is dead, or (on any machine) it is too long ago. */
export function isLeftover(name: string, now: number, isAlive: (pid: number) => boolean): boolean {
  const [, made, host, pid] = NAME.exec(name) ?? [];
  if (!made) return false;
  return now - Number.parseInt(made, 36) > SIX_HOURS || (host === HOST && !isAlive(Number(pid)));
}
