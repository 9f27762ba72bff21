import { createHash } from 'node:crypto';
import { hostname } from 'node:os';

const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 4);
const NAME = /^tikat_([0-9a-z]{8})_([0-9a-f]{4})_(\d+)_/;
const SIX_HOURS = 6 * 60 * 60 * 1000;

/** A name (30 characters with a purpose of two) of no other worker, run or machine: when made, where, by which process. */
export const testDatabaseName = (purpose: string, now = Date.now(), pid = process.pid): string =>
  `tikat_${now.toString(36)}_${HOST}_${pid}_${purpose}`;

/** Whether the run that made a database is over: its process here is dead, or (on any machine) it is too long ago. */
export function isLeftover(name: string, now: number, isAlive: (pid: number) => boolean): boolean {
  const [, made, host, pid] = NAME.exec(name) ?? [];
  if (!made) return false;
  return now - Number.parseInt(made, 36) > SIX_HOURS || (host === HOST && !isAlive(Number(pid)));
}
