// npm run bench:growth [-- --doses 20000000]: what a dose costs PostgreSQL when so many are stored, beside a young country.
import { parseArgs } from 'node:util';
import type { TenantRef } from '../src/platform/context';
import { type Filling, fillCountry } from '../test/harness/filled-country';
import { BATCH, dosesToRecord, median, randomBelow, record } from './doses-to-record';
import { backendNanos, loginOf, onOwnServer, type OwnServer, say } from './own-server';

const { values } = parseArgs({
  options: {
    base: { type: 'string', default: '200000' },
    doses: { type: 'string', default: '2000000' },
    'doses-a-day': { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '15' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    buffers: { type: 'string', default: '2GB' },
    pack: { type: 'string', default: 'gh' }, // names-a-country: any pack would do
  },
});
const ROUNDS = Number(values.rounds);
const SEED = Number(values.seed);
const DOSES_A_PERSON = 5;
const BATCHES = 10;
/** Seen: what a dose and all that goes with it takes on disk, with some room. */
const BYTES_A_DOSE = 2_000;

/** One country, filled, with what one round of recording in it cost, for each dose. */
interface Country {
  name: string;
  tenant: TenantRef;
  filling: Filling;
  micros: number[];
  buffers: number[];
  wal: number[];
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
  const bytes = sizes.reduce((sum, doses) => sum + doses * BYTES_A_DOSE, 0);
  await onOwnServer({ settings, bytes }, async server => {
    say(
      `run       seed ${SEED}, shared_buffers ${values.buffers}, ${ROUNDS} rounds of ${BATCHES} batches of ${BATCH} doses in each country by turns`,
    );
    const countries: Country[] = [];
    for (const [index, doses] of sizes.entries()) countries.push(await filled(server, `g${index}`, doses));
    for (const compression of ['off', 'on']) {
      await server.owner.query(`ALTER SYSTEM SET wal_compression = ${compression}`);
      await server.owner.query('SELECT pg_reload_conf()');
      await server.owner.query('CHECKPOINT'); // what is first touched after it goes to the log whole
      say();
      say(`wal_compression ${compression}, right after a checkpoint`);
      await compare(server, countries);
    }
  });
}

async function filled({ service, owner }: OwnServer, code: string, doses: number): Promise<Country> {
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
  return { name: `${doses} doses`, tenant, filling, micros: [], buffers: [], wal: [] };
}

async function compare(server: OwnServer, countries: readonly Country[]): Promise<void> {
  const random = randomBelow(SEED);
  for (const one of countries) [one.micros, one.buffers, one.wal] = [[], [], []];
  for (let round = -2; round < ROUNDS; round++) {
    if (round === 0) await server.owner.query('SELECT public.pg_stat_statements_reset()'); // what came before was warming up
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
    }
  }
  const [young, old] = countries as [Country, Country];
  say('a dose, medians of the rounds            processor of PostgreSQL   buffers touched   log written');
  for (const { name, micros, buffers, wal } of countries)
    say(
      `${name.padEnd(40)} ${median(micros).toFixed(0).padStart(18)} µs ${median(buffers).toFixed(1).padStart(17)} ${median(wal).toFixed(0).padStart(11)} B`,
    );
  const ratio = (pick: (one: Country) => number[]): string =>
    median(pick(old).map((value, index) => value / pick(young)[index]!)).toFixed(2);
  say(
    `${'ratio of one round to the other beside it'.padEnd(41)}${ratio(one => one.micros).padStart(18)} ${ratio(one => one.buffers).padStart(19)} ${ratio(one => one.wal).padStart(12)}`,
  );
  await sayWhere(server, young, old);
}

/** What the country's own login has cost the server since the beginning: processor time of its backends, buffers, log. */
async function costSoFar(server: OwnServer, { tenant }: Country) {
  const login = loginOf(server, tenant.code);
  const { rows } = await server.owner.query(
    `SELECT coalesce(sum(shared_blks_hit + shared_blks_read), 0)::float8 AS buffers, coalesce(sum(wal_bytes), 0)::float8 AS wal
     FROM public.pg_stat_statements WHERE userid = $1::regrole`,
    [login],
  );
  return { nanos: await backendNanos(server, login), ...(rows[0] as { buffers: number; wal: number }) };
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
