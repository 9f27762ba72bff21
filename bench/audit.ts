// npm run bench:audit: what the trail and its seals add to what a recorded dose costs the processors of the service and of
// PostgreSQL: through the API, as doses are recorded, and at the verb alone, without what a request costs. Batches with
// entries and without take turns within each round, so that what else the machine does is in both; the collector, which comes
// when so much was made, falls to each by what it makes. Told are medians of what rounds had, and their quartiles.
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { parseArgs } from 'node:util';
import { AuditTrail, SealTrail } from '../src/audit';
import type { TenantRef } from '../src/platform/context';
import type { DoseCall } from '../src/vaccinations/recording/dose-call';
import { figure } from '../test/harness/run/figures';
import { type Filling, fillCountry } from '../test/harness/worlds/filled-country';
import { SEALED_WITHIN } from '../src/operations/keep-trails-sealed';
import { BATCH, dosesToRecord, median, randomBelow, record } from './doses-to-record';
import { backendNanos, loginOf, onOwnServer, type OwnServer, say } from './own-server';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '24' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    pack: { type: 'string', default: 'gh' }, // names-a-country: any pack would do
  },
});
const BATCHES = 10;
/** Rounds before those that count. */
const WARMING = 2;
const CODE = 'g0';
/** What the trail may cost of a recorded dose (issue 5). */
const MOST = 0.1;
/** Those that members of staff caused: here the doses of the rounds that enter them. */
const ENTRIES = `SELECT count(*)::int AS count FROM tenant_${CODE}.audit_entry WHERE actor_kind = 'staff'`;
const RECORD = `mutation ($input: RecordVaccinationInput!) { recordVaccination(input: $input) {
  __typename ... on Vaccination { id productName lotNumber givenOn } ... on Refusal { message } } }`;

/** Sends the doses of one moment. */
type Send = (calls: readonly DoseCall[]) => Promise<void>;

async function main(): Promise<void> {
  await onOwnServer({ settings: { shared_buffers: '512MB' } }, async server => {
    const { service, owner } = server;
    const tenant = await service.country(CODE, values.pack);
    await service.carryFacts();
    await service.runJobs();
    const product = `SELECT code, vaccine FROM tenant_${CODE}.product WHERE active AND unit = 'DOSE' ORDER BY code LIMIT 1`;
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
    say(
      `seed ${values.seed}, ${values.rounds} rounds of ${BATCHES * BATCH} doses each way, medians and quartiles, both processors`,
    );
    const share = await shareOf(server, tenant, filling, 'through the API', throughApi(server, tenant));
    await shareOf(server, tenant, filling, 'at the verb', calls => record(server, calls));
    figure('share of the trail', `${(share * 100).toFixed(1)} %, through the API`, share <= MOST);
  });
}

/** What share of a dose's cost its entries and their seals are, measured in one way of sending. */
async function shareOf(
  server: OwnServer,
  tenant: TenantRef,
  filling: Filling,
  how: string,
  send: Send,
): Promise<number> {
  const { service, owner } = server;
  const trail = service.app.get(AuditTrail);
  const seals = service.app.get(SealTrail);
  const enter = trail.record.bind(trail);
  const random = randomBelow(Number(values.seed));
  const ctx = service.contextOf(tenant);
  const rounds: Round[] = [];
  const sealing = { micros: 0, at: performance.now() };
  const seal = async (): Promise<void> => {
    sealing.micros += await costOf(server, () => seals.run(ctx));
    sealing.at = performance.now();
  };
  await seals.run(ctx);
  await owner.query('SELECT public.pg_stat_statements_reset()');
  const before = (await owner.query(ENTRIES)).rows[0].count;
  const recorded = async (calls: readonly DoseCall[], entering: boolean): Promise<number> => {
    trail.record = entering ? enter : () => undefined;
    try {
      return await costOf(server, () => send(calls));
    } finally {
      trail.record = enter;
    }
  };
  for (let round = -WARMING; round < Number(values.rounds); round++) {
    const batches = await dosesToRecord(server, { tenant, filling }, random, 2 * BATCHES);
    const cost = { whole: 0, silent: 0 };
    for (const [turn, calls] of batches.entries()) {
      // By turns which of a pair goes first: whoever is second meets warmer caches.
      const entering = (turn + (turn >> 1)) % 2 === 0;
      cost[entering ? 'whole' : 'silent'] += (await recorded(calls, entering)) / (BATCH * BATCHES);
    }
    if (round >= 0) rounds.push(cost);
    if (performance.now() - sealing.at > SEALED_WITHIN * 1000) await seal(); // as the worker does
  }
  await seal();
  const entered = (await owner.query(ENTRIES)).rows[0].count - before;
  const sealed = sealing.micros / entered;
  const entries = entered / ((Number(values.rounds) + WARMING) * BATCHES * BATCH);
  const { rows } = await owner.query(
    `SELECT sum(rows)::float8 / sum(calls) AS together FROM public.pg_stat_statements WHERE query LIKE 'INSERT INTO audit_entry%'`,
  );
  const together: number = rows[0].together;
  const shares = rounds.map(({ whole, silent }) => (whole - silent + sealed) / (whole + sealed));
  const micros = (of: (round: Round) => number): string => spread(rounds.map(of), 0, 'µs');
  say(`a dose ${how}`);
  say(`  entries                       ${entries.toFixed(2)}, ${together.toFixed(1)} in a statement`);
  say(`  with its entries              ${micros(({ whole }) => whole)}`);
  say(`  without                       ${micros(({ silent }) => silent)}`);
  say(`  entering, of each round       ${micros(({ whole, silent }) => whole - silent)}`);
  say(`  sealing them                  ${sealed.toFixed(1)} µs`);
  say(
    `  share of entries and seals    ${spread(
      shares.map(share => share * 100),
      1,
      '%',
    )}`,
  );
  return median(shares);
}

/** The median, and the quartiles beside it. */
function spread(figures: readonly number[], decimals: number, unit: string): string {
  const sorted = figures.toSorted((a, b) => a - b);
  const [low, middle, high] = [1, 2, 3].map(quarter =>
    sorted[Math.floor((sorted.length * quarter) / 4)]!.toFixed(decimals),
  );
  return `${middle} ${unit} (${low} to ${high})`;
}

/** Microseconds of a dose in one round, with its entries and without. */
interface Round {
  whole: number;
  silent: number;
}

/** As requests to the API, without sockets; everybody has a token, which the service has seen before. */
function throughApi({ service }: OwnServer, tenant: TenantRef): Send {
  const api = service.app.get(HttpAdapterHost).httpAdapter.getInstance<FastifyInstance>();
  const tokens = new Map<string, string>();
  return async calls => {
    const answers = await Promise.all(
      calls.map(async ({ ctx: { actor }, input }, at) => {
        const name = `vaccinator ${at}`;
        if (!tokens.has(name)) tokens.set(name, await service.tokenFor(tenant, [...actor.grants]));
        const headers = {
          'content-type': 'application/json',
          'x-tenant': CODE,
          authorization: `Bearer ${tokens.get(name)}`,
        };
        const payload = JSON.stringify({ query: RECORD, variables: { input } });
        return api.inject({ method: 'POST', url: '/graphql', headers, payload });
      }),
    );
    for (const { body } of answers)
      if (!body.includes('"__typename":"Vaccination"')) throw new Error(`Not recorded: ${body}`);
  };
}

/** Microseconds of processor time: of this process, and of the country's backends. */
async function costOf(server: OwnServer, work: () => Promise<unknown>): Promise<number> {
  const login = loginOf(server, CODE);
  const [ours, theirs] = [process.cpuUsage(), await backendNanos(server, login)];
  await work();
  const { user, system } = process.cpuUsage(ours);
  return user + system + ((await backendNanos(server, login)) - theirs) / 1000;
}

void main().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
