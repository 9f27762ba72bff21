// npm run bench:backlog [-- --rows 20000]: a register on paper from the file to the record, and what each step costs.
import { parseArgs } from 'node:util';
import { addTo, civilDayOf, newId } from '../src/common';
import type { TenantRef } from '../src/platform/context';
import { EnterPaper, type EnterPaperInput } from '../src/vaccinations/backlog/paper/enter-paper';
import { addStaff } from '../test/harness/worlds/clinic';
import { fillCountry } from '../test/harness/worlds/filled-country';
import { country } from '../test/harness/service';
import { backendNanos, loginOf, onOwnServer, type OwnServer, say } from './own-server';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '20000' },
    pack: { type: 'string', default: 'gh' }, // names-a-country: any pack would do
    product: { type: 'string', default: 'penta-10' }, // due to the children who are made up
  },
});
const ROWS = Number(values.rows);
const CODE = 'pb';

async function main(): Promise<void> {
  await onOwnServer({ settings: { shared_buffers: '512MB', max_wal_size: '4GB' } }, enter);
}

async function enter(server: OwnServer): Promise<void> {
  const { service, owner } = server;
  const tenant = await service.country(CODE, values.pack);
  await service.carryFacts();
  await service.runJobs();
  const actor = { kind: 'staff' as const, id: newId(), grants: [country('facility-admin')] };
  const ctx = service.contextOf(tenant, { actor });
  const register = await aRegister(server, tenant);
  await measured(server, 'the file is read and kept', () => service.app.get(EnterPaper).first(ctx, register));
  await owner.query('SELECT public.pg_stat_statements_reset()');
  await measured(server, 'its doses are recorded', () => service.runJobs());
  await sayWhere(server);
  const { rows: states } = await owner.query(`SELECT state, count(*)::int FROM paper_row GROUP BY 1`);
  say(`rows      ${states.map(({ state, count }) => `${count} ${state}`).join(', ')}`);
}

/** A register of one dose for each child of a country that has no other doses. */
async function aRegister({ service, owner }: OwnServer, tenant: TenantRef): Promise<EnterPaperInput> {
  const { product } = values;
  const schema = `tenant_${CODE}`;
  const sizes = { persons: ROWS, doses: 0, facilities: 10, lots: 8, dosesADay: 1_000 };
  const { rows } = await owner.query(`SELECT vaccine FROM ${schema}.product WHERE code = $1`, [product]);
  await fillCountry(owner, { schema, ...sizes, product, vaccine: rows[0].vaccine });
  // Known to be empty they would be read from end to end as they fill, until autovacuum comes by; a new one is not
  await owner.query('TRUNCATE vaccination CASCADE');
  const { rows: places } = await owner.query(`SELECT id FROM facility ORDER BY code LIMIT 1`);
  const { rows: people } = await owner.query(`SELECT person_id AS id FROM person ORDER BY person_id`);
  const day = addTo(civilDayOf(new Date(), tenant.timeZone), { months: 0, days: -60 });
  return {
    idempotencyKey: newId(),
    facilityId: places[0].id,
    register: 'Register 1',
    lateCause: 'NO_STAFF',
    vaccinatorId: await addStaff(service, tenant),
    doubleEntry: false,
    csv: ['person,product,lot,given_on', ...people.map(({ id }) => `${id},${product},L1,${day}`)].join('\n'),
  };
}

async function measured(server: OwnServer, what: string, act: () => Promise<unknown>): Promise<void> {
  const login = loginOf(server, CODE);
  const [clock, own, nanos] = [performance.now(), process.cpuUsage(), await backendNanos(server, login)];
  await act();
  const seconds = (performance.now() - clock) / 1000;
  const { user, system } = process.cpuUsage(own);
  const postgres = ((await backendNanos(server, login)) - nanos) / 1000;
  const each = (micros: number): string => (micros / ROWS).toFixed(0);
  say(
    `${what.padEnd(28)} ${Math.round(ROWS / seconds)} rows a second by the clock; processor µs a row: ${each(user + system)} of Node, ${each(postgres)} of PostgreSQL`,
  );
}

async function sayWhere(server: OwnServer): Promise<void> {
  const { rows } = await server.owner.query(
    `SELECT to_char(sum(total_exec_time) * 1000 / $2::float8, '99990.0') AS micros,
       to_char(sum(shared_blks_hit + shared_blks_read) / $2::float8, '9990.0') AS buffers,
       left(regexp_replace(query, '\\s+', ' ', 'g'), 100) AS query
     FROM public.pg_stat_statements WHERE userid = $1::regrole GROUP BY query ORDER BY sum(total_exec_time) DESC LIMIT 8`,
    [loginOf(server, CODE), ROWS],
  );
  for (const { micros, buffers, query } of rows)
    say(`  ${micros} µs by the clock ${buffers} buffers a row  ${query}`);
}

void main().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
