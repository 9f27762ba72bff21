// npm run bench:growth [-- --doses 20000000]: what a dose costs when so many are stored, beside a young country.
// --keep FOLDER: the filled countries stay there and are measured again by the next run, migrated to its build.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { TenantRef } from '../src/platform/context';
import { type Filling, fillCountry } from '../test/harness/worlds/filled-country';
import { BATCH, dosesToRecord, median, randomBelow, record } from './doses-to-record';
import { CLIENTS, costThroughService } from './dose-through-service';
import { startApi } from './load/api';
import { backendNanos, loginOf, onKeptServer, onOwnServer, type OwnServer, say } from './own-server';

const { values } = parseArgs({
  allowNegative: true,
  options: {
    base: { type: 'string', default: '200000' },
    doses: { type: 'string', default: '2000000' },
    'doses-a-day': { type: 'string', default: '20000' },
    'warm-up': { type: 'string', default: '2' },
    rounds: { type: 'string', default: '15' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    buffers: { type: 'string', default: '2GB' },
    keep: { type: 'string' },
    whole: { type: 'boolean', default: true },
    compression: { type: 'string', default: 'off,pglz' },
    pack: { type: 'string', default: 'gh' }, // names-a-country: any pack would do
  },
});
const ROUNDS = Number(values.rounds);
const SEED = Number(values.seed);
const DOSES_A_PERSON = 5;
const BATCHES = 10;
/** Rounds that are not counted. */
const WARMING_UP = Number(values['warm-up']);
/** Seen: what a dose and all that goes with it takes on disk, with some room. */
const BYTES_A_DOSE = 2_000;

/** One country, filled. */
interface Filled {
  name: string;
  tenant: TenantRef;
  filling: Filling;
}

/** What each round of recording in it cost, for each dose. */
interface Country extends Filled {
  micros: number[];
  buffers: number[];
  wal: number[];
  /** Pages logged whole. */
  whole: number[];
}

async function main(): Promise<void> {
  const sizes = [Number(values.base), Number(values.doses)];
  const settings = {
    shared_buffers: values.buffers,
    wal_level: 'minimal', // filling writes no log; recording writes the same one
    max_wal_senders: 0,
    max_wal_size: '8GB',
    checkpoint_timeout: '1h',
  };
  if (values.keep) return onKeptServer<readonly Filled[]>(values.keep, settings, measure);
  const bytes = sizes.reduce((sum, doses) => sum + doses * BYTES_A_DOSE, 0);
  await onOwnServer({ settings, bytes }, server => measure(server, null));
}

/** The countries of an earlier run, or new ones, measured; `keep` is told of new ones as soon as they are filled. */
async function measure(
  server: OwnServer,
  kept: readonly Filled[] | null,
  keep?: (state: readonly Filled[]) => void,
): Promise<void> {
  say(
    `run       seed ${SEED}, shared_buffers ${values.buffers}, ${ROUNDS} rounds of ${BATCHES} batches of ${BATCH} doses in each country by turns`,
  );
  const countries = kept ?? (await filledAnew(server));
  keep?.(countries);
  for (const compression of values.compression.split(',')) {
    await server.owner.query(`ALTER SYSTEM SET wal_compression = ${compression}`);
    await server.owner.query('SELECT pg_reload_conf()');
    await server.owner.query('CHECKPOINT'); // what is first touched after it goes to the log whole
    say();
    say(`wal_compression ${compression}, right after a checkpoint`);
    await compare(server, countries);
  }
  if (values.whole) await compareWhole(server, countries);
}

async function filledAnew(server: OwnServer): Promise<Filled[]> {
  const countries: Filled[] = [];
  for (const [index, doses] of [values.base, values.doses].entries())
    countries.push(await filled(server, `g${index}`, Number(doses)));
  return countries;
}

async function filled({ service, owner }: OwnServer, code: string, doses: number): Promise<Filled> {
  const tenant = await service.country(code, values.pack);
  await service.carryFacts();
  await service.runJobs();
  const { rows } = await owner.query(
    `SELECT code, vaccine FROM tenant_${code}.product WHERE active AND unit = 'DOSE' ORDER BY code LIMIT 1`,
  );
  const filling: Filling = {
    schema: `tenant_${code}`,
    persons: Math.ceil(doses / DOSES_A_PERSON),
    doses,
    facilities: 2_000,
    lots: 200,
    dosesADay: Number(values['doses-a-day']),
    product: rows[0].code,
    vaccine: rows[0].vaccine,
  };
  const begun = performance.now();
  await fillCountry(owner, filling);
  const seconds = (performance.now() - begun) / 1000;
  const size = await owner.query(
    `SELECT pg_size_pretty(sum(pg_total_relation_size(c.oid))) AS whole,
       string_agg(relname || ' ' || reltuples::bigint || ' rows ' || pg_size_pretty(pg_total_relation_size(c.oid)), ', '
         ORDER BY pg_total_relation_size(c.oid) DESC) FILTER (WHERE reltuples > 100000) AS tables
     FROM pg_class c WHERE relnamespace = $1::regnamespace AND relkind = 'r'`,
    [filling.schema],
  );
  say(
    `filled    ${doses} doses in ${seconds.toFixed(0)} s, ${size.rows[0].whole}: ${size.rows[0].tables ?? 'no large table'}`,
  );
  return { name: `${doses} doses`, tenant, filling };
}

/** Doses recorded in this process, 64 in a transaction: what they cost PostgreSQL. */
async function compare(server: OwnServer, filled: readonly Filled[]): Promise<void> {
  const random = randomBelow(SEED);
  const countries = filled.map((one): Country => ({ ...one, micros: [], buffers: [], wal: [], whole: [] }));
  for (let round = -WARMING_UP; round < ROUNDS; round++) {
    if (round === 0) await server.owner.query('SELECT public.pg_stat_statements_reset(), pg_stat_reset()');
    for (const one of countries) {
      const batches = await dosesToRecord(server, one, random, BATCHES);
      const before = await costSoFar(server, one);
      for (const calls of batches) await record(server, calls);
      const after = await costSoFar(server, one);
      if (round < 0) continue;
      const each = BATCH * BATCHES;
      one.micros.push((after.nanos - before.nanos) / 1000 / each);
      one.buffers.push((after.buffers - before.buffers) / each);
      one.wal.push((after.wal - before.wal) / each);
      one.whole.push((after.whole - before.whole) / each);
    }
  }
  const [young, old] = countries as [Country, Country];
  say(
    'a dose, medians of the rounds            processor of PostgreSQL   buffers touched   log written   pages of it',
  );
  for (const { name, micros, buffers, wal, whole } of countries)
    say(
      `${name.padEnd(40)} ${median(micros).toFixed(0).padStart(18)} µs ${median(buffers).toFixed(1).padStart(17)} ${median(wal).toFixed(0).padStart(11)} B ${median(whole).toFixed(1).padStart(13)}`,
    );
  say(
    `${'ratio of one round to the other beside it'.padEnd(41)}${ratioOf(old.micros, young.micros).padStart(18)} ${ratioOf(old.buffers, young.buffers).padStart(19)} ${ratioOf(old.wal, young.wal).padStart(12)}`,
  );
  await sayWhere(server, young, old);
  await sayReads(server, young, old);
}

/** Which tables and indexes were read from outside PostgreSQL's own memory, and how often for a dose. */
async function sayReads(server: OwnServer, young: Country, old: Country): Promise<void> {
  const { rows } = await server.owner.query(
    `SELECT relname AS name, coalesce(sum(reads) FILTER (WHERE schemaname = $1), 0)::float8 / $3 AS young,
       coalesce(sum(reads) FILTER (WHERE schemaname = $2), 0)::float8 / $3 AS old
     FROM (SELECT schemaname, relname, heap_blks_read AS reads FROM pg_statio_user_tables
           UNION ALL SELECT schemaname, indexrelname, idx_blks_read FROM pg_statio_user_indexes) read
     GROUP BY 1 ORDER BY 3 DESC LIMIT 10`,
    [young.filling.schema, old.filling.schema, ROUNDS * BATCHES * BATCH],
  );
  say();
  say('pages read from outside its memory, in the young country and in the old one');
  for (const row of rows)
    say(`${row.young.toFixed(2).padStart(6)} ${row.old.toFixed(2).padStart(6)}  ${row.name}`);
}

/** The median of what each round was to the one beside it. */
const ratioOf = (these: readonly number[], those: readonly number[]): string =>
  median(these.map((value, index) => value / those[index]!)).toFixed(2);

/** Doses sent one by one by many clients to the API in a process of its own: what they cost it, and PostgreSQL. */
async function compareWhole(server: OwnServer, filled: readonly Filled[]): Promise<void> {
  const random = randomBelow(SEED + 1);
  const costs = filled.map(() => ({ api: [] as number[], postgres: [] as number[], both: [] as number[] }));
  const api = await startApi(server.service, server.masterKey, join(__dirname, '..'));
  try {
    for (let round = -WARMING_UP; round < ROUNDS; round++)
      for (const [index, one] of filled.entries()) {
        const calls = (await dosesToRecord(server, one, random, 2 * BATCHES)).flat();
        const cost = await costThroughService(server, api, one.tenant, calls);
        if (round < 0) continue;
        costs[index]!.api.push(cost.api);
        costs[index]!.postgres.push(cost.postgres);
        costs[index]!.both.push(cost.api + cost.postgres);
      }
  } finally {
    await api.stop();
  }
  say();
  say(`a dose through the service, ${CLIENTS} clients    processor of the API   of PostgreSQL        both`);
  const [young, old] = costs as [(typeof costs)[0], (typeof costs)[0]];
  for (const [index, { api: ofApi, postgres, both }] of costs.entries())
    say(
      line(
        filled[index]!.name,
        [ofApi, postgres, both].map(all => `${median(all).toFixed(0)} µs`),
      ),
    );
  say(
    line('ratio of one round to the other beside it', [
      ratioOf(old.api, young.api),
      ratioOf(old.postgres, young.postgres),
      ratioOf(old.both, young.both),
    ]),
  );
}

const line = (name: string, [first, second, third]: string[]): string =>
  `${name.padEnd(41)}${first!.padStart(19)}${second!.padStart(16)}${third!.padStart(12)}`;

/** What the country's own login has cost the server since the beginning: processor time of its backends, buffers, log. */
async function costSoFar(server: OwnServer, { tenant }: Country) {
  const login = loginOf(server, tenant.code);
  const { rows } = await server.owner.query(
    `SELECT coalesce(sum(shared_blks_hit + shared_blks_read), 0)::float8 AS buffers, coalesce(sum(wal_bytes), 0)::float8 AS wal,
       coalesce(sum(wal_fpi), 0)::float8 AS whole
     FROM public.pg_stat_statements WHERE userid = $1::regrole`,
    [login],
  );
  return {
    nanos: await backendNanos(server, login),
    ...(rows[0] as { buffers: number; wal: number; whole: number }),
  };
}

/** The statements that touch most, and how much more they touch in the old country. */
async function sayWhere(server: OwnServer, young: Country, old: Country): Promise<void> {
  const { rows } = await server.owner.query(
    `SELECT left(regexp_replace(o.query, '\\s+', ' ', 'g'), 90) AS query, y.each AS young, o.each AS old, y.micros AS "youngMicros", o.micros AS "oldMicros"
     FROM (SELECT query, userid, sum(shared_blks_hit + shared_blks_read)::float8 / $3 AS each, sum(total_exec_time) * 1000 / $3 AS micros
           FROM public.pg_stat_statements GROUP BY 1, 2) y
     JOIN (SELECT query, userid, sum(shared_blks_hit + shared_blks_read)::float8 / $3 AS each, sum(total_exec_time) * 1000 / $3 AS micros
           FROM public.pg_stat_statements GROUP BY 1, 2) o USING (query)
     WHERE y.userid = $1::regrole AND o.userid = $2::regrole ORDER BY o.micros DESC LIMIT 10`,
    [loginOf(server, young.tenant.code), loginOf(server, old.tenant.code), ROUNDS * BATCHES * BATCH],
  );
  say();
  say('statements of a dose: buffers, µs by the clock in the young country, and in the old one');
  for (const row of rows)
    say(
      `${row.young.toFixed(1).padStart(6)} ${row.youngMicros.toFixed(1).padStart(7)}  ${row.old.toFixed(1).padStart(6)} ${row.oldMicros.toFixed(1).padStart(7)}  ${row.query}`,
    );
}

void main().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
