// npm run bench:audit: what the trail and its seals add to what a recorded dose costs the processors of the service and of
// PostgreSQL. The same doses are recorded with and without entries by turns, so that what else goes on is in both.
import { parseArgs } from 'node:util';
import { AuditTrail, SealTrail } from '../src/audit';
import { type Filling, fillCountry } from '../test/harness/filled-country';
import { BATCH, dosesToRecord, median, randomBelow, record } from './doses-to-record';
import { backendNanos, loginOf, onOwnServer, type OwnServer, say } from './own-server';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '12' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    pack: { type: 'string', default: 'gh' }, // names-a-country: any pack would do
  },
});
const BATCHES = 10;
/** Rounds before those that count. */
const WARMING = 2;
const CODE = 'g0';
/** Those that members of staff caused: here the doses of the rounds that enter them. */
const ENTRIES = `SELECT count(*)::int AS count FROM tenant_${CODE}.audit_entry WHERE actor_kind = 'staff'`;

async function main(): Promise<void> {
  await onOwnServer({ settings: { shared_buffers: '512MB' } }, async server => {
    const { service, owner } = server;
    const tenant = await service.country(CODE, values.pack);
    await service.carryFacts();
    await service.runJobs();
    const product = `SELECT code, vaccine FROM tenant_${CODE}.product WHERE active ORDER BY code LIMIT 1`;
    const { code, vaccine } = (await owner.query(product)).rows[0];
    const filling: Filling = {
      schema: `tenant_${CODE}`,
      persons: 40_000,
      doses: 100_000,
      facilities: 2_000,
      lots: 200,
      dosesADay: 20_000,
      product: code,
      vaccine,
    };
    await fillCountry(owner, filling);
    const trail = service.app.get(AuditTrail);
    const seals = service.app.get(SealTrail);
    const enter = trail.record.bind(trail);
    const random = randomBelow(Number(values.seed));
    const ctx = service.contextOf(tenant);
    const costs = { whole: [] as number[], silent: [] as number[], seals: [] as number[] };
    await seals.run(ctx);
    const filled = (await owner.query(ENTRIES)).rows[0].count;

    const recorded = async (entering: boolean): Promise<number> => {
      const batches = await dosesToRecord(server, { tenant, filling }, random, BATCHES);
      trail.record = entering ? enter : () => undefined;
      return costOf(server, async () => {
        for (const calls of batches) await record(server, calls);
      });
    };
    for (let round = -WARMING; round < Number(values.rounds); round++) {
      // By turns which goes first: whoever is second meets warmer caches.
      const [one, other] = [await recorded(round % 2 === 0), await recorded(round % 2 !== 0)];
      const sealing = await costOf(server, () => seals.run(ctx));
      if (round < 0) continue;
      costs.whole.push(round % 2 === 0 ? one : other);
      costs.silent.push(round % 2 === 0 ? other : one);
      costs.seals.push(sealing);
    }
    const [whole, silent, sealing] = [costs.whole, costs.silent, costs.seals].map(median) as [
      number,
      number,
      number,
    ];
    say(
      `seed ${values.seed}, ${values.rounds} rounds of ${BATCHES * BATCH} doses each way, medians, both processors`,
    );
    const { rows } = await owner.query(ENTRIES);
    const entries = (rows[0].count - filled) / ((Number(values.rounds) + WARMING) * BATCHES * BATCH);
    say(`entries of a dose               ${entries.toFixed(2)}`);
    say(`a dose, with its entries        ${whole.toFixed(0)} µs`);
    say(`a dose, without                 ${silent.toFixed(0)} µs`);
    say(`sealing a dose's entries        ${sealing.toFixed(1)} µs`);
    say(
      `share of entries and seals      ${(((whole - silent + sealing) / (whole + sealing)) * 100).toFixed(1)} %`,
    );
  });
}

/** Microseconds of processor time for each dose of a round: of this process, and of the country's backends. */
async function costOf(server: OwnServer, work: () => Promise<unknown>): Promise<number> {
  const login = loginOf(server, CODE);
  const [ours, theirs] = [process.cpuUsage(), await backendNanos(server, login)];
  await work();
  const { user, system } = process.cpuUsage(ours);
  return (user + system + ((await backendNanos(server, login)) - theirs) / 1000) / (BATCH * BATCHES);
}

void main().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
