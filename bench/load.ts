// npm run load [scenario …]: the hot paths under load, generator, API and PostgreSQL together on this machine.
// By name only: crowd (CROWD=10000, SEED=… to repeat one), memory (SECONDS=600).
import { randomInt } from 'node:crypto';
import { cpus, totalmem } from 'node:os';
import { besideLine } from './load/beside';
import { CROWD_POLICIES, crowdLine, playCrowd } from './load/crowd';
import { loneCall } from './load/alone';
import { scanBatch, scanSingle, trackParcels } from './load/delivery';
import { measureFloor } from './load/floor';
import { memoryOverTime } from './load/memory';
import type { Driven } from './load/drive';
import {
  askNothing,
  bookHotSession,
  nationalDay,
  readAvailability,
  readHistory,
  recordSingle,
  type Run,
  syncBatch,
  WARM_UP,
} from './load/scenarios';
import { makeWorld, type World } from './load/world';

const SECONDS = Number(process.env['SECONDS'] ?? 10);
/** Who ask in turn, each as soon as she has her answer; with more of them each waits longer. */
const CLIENTS = Number(process.env['CLIENTS'] ?? 32);
/** How many of the statements that cost PostgreSQL most are shown with each scenario. */
const STATEMENTS = Number(process.env['STATEMENTS'] ?? 0);

const say = (line = ''): void => void process.stdout.write(`${line}\n`);

interface Scenario {
  play: (world: World, run: Run) => Promise<Driven>;
  /** What is aimed at: so many a second and, where it is said, so long at the 99th percentile (ms). */
  asked?: { rate: number; p99?: number };
}

/** What can be asked for by name; all of it, in this order, when nothing is. */
const SCENARIOS: Record<string, Scenario> = {
  'record single': { play: (world, run) => recordSingle(world, world.places, run) },
  'record on one hot session': { play: (world, run) => recordSingle(world, world.places.slice(0, 1), run) },
  'record, one client': { play: (world, run) => recordSingle(world, world.places, { ...run, clients: 1 }) },
  'sync of 500 doses a call, in doses': { play: (world, run) => syncBatch(world, 500, run) },
  'book one hot session': { play: bookHotSession },
  'read availability': { play: readAvailability, asked: { rate: 5_000 } },
  'read a history of 20 doses': {
    play: (world, run) => readHistory(world, 20, run),
    asked: { rate: 1_200, p99: 25 },
  },
  'a query of nothing by nobody': { play: askNothing },
  'national day, four reads to a dose': { play: nationalDay },
  'delivery: scans in batches of 100': { play: (world, run) => scanBatch(world, 100, run) },
  'delivery: single scans': { play: scanSingle, asked: { rate: 500 } },
  'delivery: public tracking': { play: trackParcels, asked: { rate: 500, p99: 50 } },
};

/** Clients that an open loop may use: as many as wait for answers at a moment that is not going well. */
const OPEN_CLIENTS = 256;

/** Another clone of the repository, built there: only processor time is compared, by turns in one run. */
const BESIDE = process.env['BESIDE'];

/** Ten thousand clients for a thousand places; a smaller crowd keeps the proportion. */
const CROWD = Number(process.env['CROWD'] ?? 10_000);
/** Of the crowd: nothing else is drawn here. */
const SEED = Number(process.env['SEED'] ?? randomInt(2 ** 31));

/** By name only: it takes minutes. Each policy plays with a crowd of its own, behind the waiting room. */
async function crowd(world: World): Promise<void> {
  // People come faster than they are let in, so that everybody but the first meets the line.
  const run = {
    seed: SEED,
    clients: CROWD,
    places: CROWD / 10,
    window: CROWD / 125,
    patience: 900,
    pace: 6_000,
    burst: 20,
  };
  say(
    `${run.clients} clients, 90 % of them people who come over ${run.window} s, for ${run.places} places; ${run.pace} accounts let in a minute; seed ${SEED} (repeat with SEED=${SEED})`,
  );
  say();
  say(
    '| policy | places given | won by people | most for an account / device / network | waited | told to come later | requests | told at last |',
  );
  say('|---|---:|---:|---|---:|---:|---|---|');
  for (const policy of CROWD_POLICIES) say(crowdLine(await playCrowd(world, policy, run)));
}

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const names = Object.keys(SCENARIOS).filter(
    name => asked.length === 0 || asked.some(part => name.includes(part)),
  );
  say(
    `machine   ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
  );
  const world = await makeWorld({ facilities: 40 });
  try {
    const [{ version }] = (await world
      .query<{ version: string }>('SHOW server_version AS version')
      .catch(() =>
        world.query<{ version: string }>(`SELECT current_setting('server_version') AS version`),
      )) as [{ version: string }];
    say(`versions  Node ${process.version}, PostgreSQL ${version}, fsync and synchronous_commit on`);
    if (asked.includes('crowd')) await crowd(world);
    if (asked.includes('memory')) for await (const look of memoryOverTime(world, SECONDS)) say(look);
    if (asked.length === 0 || asked.includes('alone')) say(await loneCall(world));
    if (asked.length > 0 && names.length === 0) return;
    say(
      `run       ${SECONDS} s each after ${WARM_UP} s of warming up, ${CLIENTS} clients, in a process of their own`,
    );
    say();
    if (BESIDE) {
      const other = await world.servedFrom(BESIDE);
      const run = { clients: CLIENTS / 2, seconds: SECONDS };
      for (const name of names)
        say(await besideLine(name, [other, world], one => SCENARIOS[name]!.play(one, run)));
      return;
    }
    const floor = await measureFloor(world, { clients: CLIENTS, seconds: SECONDS, places: world.places });
    say(line('the SQL floor: one function, plain clients', floor.perSecond, floor.p50, floor.p99));
    for (const name of names) {
      const { play, asked: aim } = SCENARIOS[name]!;
      const result = await play(world, { clients: CLIENTS, seconds: SECONDS });
      const perSecond = result.perSecond * result.unitsPerCall;
      const ratio = (perSecond / floor.perSecond).toFixed(2);
      say(
        `${line(name, perSecond, result.p50, result.p99)}  ${ratio} of the floor, ${result.errors} errors; processor µs a call: API ${result.apiMicros}, PostgreSQL ${result.postgresMicros}, generator ${result.cpuMicros}; API ${world.memory()} MB`,
      );
      if (aim)
        say(askedLine(aim, await play(world, { clients: OPEN_CLIENTS, seconds: SECONDS, rate: aim.rate })));
      if (STATEMENTS > 0) for (const one of await world.costliest(STATEMENTS)) say(`    ${one}`);
      if (result.firstError) say(`    the first error: ${result.firstError}`);
    }
  } finally {
    await world.stop();
  }
}

/** At the rate that is aimed at, each request taken from the moment at which it was to begin. */
const askedLine = ({ rate, p99 }: { rate: number; p99?: number }, result: Driven): string =>
  `${line(`  begun by a clock, ${rate} a second`, result.perSecond, result.p50, result.p99)}  ${p99 ? `${p99} ms are aimed at, ` : ''}longest ${result.max.toFixed(0)} ms, ${result.errors} errors, ${result.left} never begun; processor µs a call: API ${result.apiMicros}, PostgreSQL ${result.postgresMicros}`;

const line = (name: string, perSecond: number, p50: number, p99: number): string =>
  `${name.padEnd(44)} ${perSecond.toFixed(0).padStart(7)}/s  p50 ${p50.toFixed(1).padStart(6)} ms  p99 ${p99.toFixed(1).padStart(6)} ms`;

void main().then(
  () => process.exit(0),
  (error: Error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
