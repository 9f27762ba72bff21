// npm run bench:forecasting -- --million: a country's children re-forecast, each once, on every core.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { forecast } from '../src/forecasting';
import { compileRelease } from '../test/conformance/schedules/schedule-cases';
import { madeUpChild, plannedDoses } from './made-up-children';

/** A part of the population, for one thread. */
interface Part {
  readonly folder: string;
  readonly seed: number;
  readonly on: string;
  readonly from: number;
  readonly count: number;
}

interface Done {
  /** Milliseconds of each forecast, without making the child up. */
  readonly times: Float32Array;
  readonly doses: number;
  readonly due: number;
  /** Processor seconds of the thread, making the children up included. */
  readonly cpuSeconds: number;
}

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Re-forecasts made-up children and says how long it took. `CHILDREN`, `SEED`, `ON` and `THREADS` may be set. */
export async function reforecastMany(folder: string): Promise<void> {
  const { env } = process;
  const count = Number(env['CHILDREN'] ?? 1_000_000);
  const seed = Number(env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const threads = Number(env['THREADS'] ?? availableParallelism());
  const on = env['ON'] ?? '2026-01-15';
  const each = Math.ceil(count / threads);
  say(`children  ${count} under five, made up with SEED=${seed}, as of ${on}, on ${threads} threads`);
  const begun = performance.now();
  const parts = await Promise.all(
    Array.from({ length: threads }, (_, i) => {
      const from = i * each;
      return inThread({ folder, seed, on, from, count: Math.max(0, Math.min(each, count - from)) });
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  report(parts, count, seconds);
}

function report(parts: readonly Done[], count: number, seconds: number): void {
  const total = (pick: (part: Done) => number) => parts.reduce((sum, part) => sum + pick(part), 0);
  const times = new Float32Array(count);
  let at = 0;
  for (const part of parts) {
    times.set(part.times, at);
    at += part.times.length;
  }
  times.sort();
  const percentile = (share: number) => times[Math.floor((count - 1) * share)]!.toFixed(3);
  say(`records   ${(total(({ doses }) => doses) / count).toFixed(1)} doses each on average`);
  say(`answer    ${total(({ due }) => due)} vaccine groups due or overdue`);
  say(`time      ${seconds.toFixed(1)} s by the clock, with reading the schedule and making up the children`);
  say(
    `speed     ${Math.round(count / seconds)} children a second, ${Math.round(count / total(({ cpuSeconds }) => cpuSeconds))} a second of processor time`,
  );
  say(`each      p50 ${percentile(0.5)} ms, p99 ${percentile(0.99)} ms`);
  const million = (spent: number) => ((spent / count) * 1_000_000).toFixed(0);
  const alone = million(total(({ cpuSeconds }) => cpuSeconds) / parts.length);
  say(
    `reckoned  ${alone} s for a million on ${parts.length} cores with nothing else to do (by processor time)`,
  );
  if (count < 1_000_000) say(`          ${million(seconds)} s by this clock; not run`);
}

function inThread(part: Part): Promise<Done> {
  return new Promise((resolve, reject) => {
    const execArgv = ['--require', join(__dirname, 'register-ts.cjs')];
    const worker = new Worker(__filename, { workerData: part, execArgv });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function work({ folder, seed, on, from, count }: Part): Done {
  const schedule = compileRelease(folder);
  const planned = plannedDoses(schedule.schedule);
  const times = new Float32Array(count);
  let [doses, due] = [0, 0];
  const before = process.threadCpuUsage();
  for (let i = 0; i < count; i++) {
    const child = madeUpChild(planned, seed, from + i, on);
    const start = performance.now();
    const { groups } = forecast(schedule, child, on);
    times[i] = performance.now() - start;
    doses += child.doses.length;
    for (const { dueStatus } of groups) if (dueStatus === 'due' || dueStatus === 'overdue') due++;
  }
  const { user, system } = process.threadCpuUsage(before);
  return { times, doses, due, cpuSeconds: (user + system) / 1e6 };
}

if (!isMainThread) parentPort!.postMessage(work(workerData as Part));
