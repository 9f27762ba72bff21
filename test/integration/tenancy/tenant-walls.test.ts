import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { Database, passwordOf, platformLogin, tenantLogin, urlAs } from '../../../src/platform/database';
import { CONFIG, type Config, PROJECT_ROOT } from '../../../src/platform/config';
import { KeyManagement } from '../../../src/platform/keys';
import { Catalogue } from '../../../src/tenancy';
import { onServer } from '../../harness/run/database';
import { testService, type TestService } from '../../harness/service';

/** Everything in the database that could be read, by schema, as the catalogue lists it: new tables are in by existing. */
const RELATIONS = `SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND (n.nspname = 'platform' OR n.nspname LIKE 'tenant%') ORDER BY 1, 2`;
const DENIED = '42501';

const COLUMNS = `SELECT CASE table_schema WHEN 'platform' THEN 'platform' ELSE 'country' END AS plane,
    table_name AS table, column_name AS column
  FROM information_schema.columns WHERE table_schema IN ('platform', 'tenant_aa')
    AND table_name NOT IN ('migration', 'migration_lock')`;
const CLASSES = ['public', 'operational', 'staff', 'trail', 'personal', 'health', 'sealed', 'secret'];

/** What docs/data-classes.md says. */
function classesTold(): { plane: string; table: string; class: string; columns: string[] }[] {
  const [, platform, country] = readFileSync(join(PROJECT_ROOT, 'docs/data-classes.md'), 'utf8').split(
    /^## .*$/m,
  );
  const told = (plane: string, text: string) =>
    [...text.matchAll(/^\| ([a-z_]+) +\| ([a-z]+) +\| ([a-z_0-9 ]+?) +\|$/gm)].map(
      ([, table, of, columns]) => ({
        plane,
        table: table!,
        class: of!,
        columns: columns!.split(' '),
      }),
    );
  return [...told('platform', platform!), ...told('country', country!)];
}

describe('the walls between tenants in the database', () => {
  let service: TestService;
  let relations: { schema: string; name: string }[];

  beforeAll(async () => {
    service = await testService();
    await service.provision('aa');
    await service.provision('bb');
    relations = await onServer(service.database.url, async owner => (await owner.query(RELATIONS)).rows);
  }, 120_000);
  afterAll(() => service.stop());

  const urlOf = (login: string): string =>
    urlAs(service.database.url, login, passwordOf(service.app.get(KeyManagement), login));
  const loginOf = (code: string): string => tenantLogin(service.app.get<Config>(CONFIG).loginPrefix, code);

  /** The relations of other schemas that a login reads without being refused; and how many it was refused. */
  const sweep = async (login: string, own: string): Promise<{ read: string[]; refused: number }> => {
    const others = relations.filter(({ schema }) => schema !== own);
    const read: string[] = [];
    await onServer(urlOf(login), async client => {
      for (const { schema, name } of others) {
        const code = await codeOf(client, `SELECT * FROM ${schema}."${name}" LIMIT 1`);
        if (code !== DENIED) read.push(`${schema}.${name}`);
      }
    });
    return { read, refused: others.length - read.length };
  };

  it('keep a tenant’s login from every relation of the other tenants and of the platform', async () => {
    const { read, refused } = await sweep(loginOf('aa'), 'tenant_aa');

    expect(read).toEqual([]);
    expect(refused).toBeGreaterThan(20);
  });

  it('keep the platform’s login from every relation of every tenant', async () => {
    const login = platformLogin(service.app.get<Config>(CONFIG).loginPrefix);

    const { read, refused } = await sweep(login, 'platform');

    expect(read).toEqual([]);
    expect(refused).toBeGreaterThan(20);
  });

  it('have no column in them of which nobody said how far it is to be protected', async () => {
    const columns = await onServer(service.database.url, async owner => {
      const { rows } = await owner.query<{ plane: string; table: string; column: string }>(COLUMNS);
      return rows.map(({ plane, table, column }) => `${plane} ${table}.${column}`);
    });
    const classed = classesTold().flatMap(({ plane, table, columns: told }) =>
      told.map(column => `${plane} ${table}.${column}`),
    );

    expect(classed.sort()).toEqual(columns.sort()); // each once
  });

  it('keep what is sealed or secret in columns of such a class, and what a person is known by in none below', () => {
    const told = classesTold().flatMap(({ table, class: of, columns }) =>
      columns.map(column => ({ name: `${table}.${column}`, column, of })),
    );
    const wrong = told.filter(
      ({ column, of }) =>
        (/(^|_)sealed(?!_in)|wrapped|^secret|password|(token|code|handle)_hash/.test(column) &&
          !['sealed', 'secret'].includes(of)) ||
        (/^person_ids?$|^birth|^account_id$/.test(column) && ['public', 'operational'].includes(of)),
    );

    expect(wrong).toEqual([]);
    expect(new Set(told.map(({ of }) => of))).toEqual(new Set(CLASSES));
  });

  it.each([
    ['another role', (other: string) => `SET ROLE ${other}`],
    ['another session', (other: string) => `SET SESSION AUTHORIZATION ${other}`],
    ['another search path', () => `SET search_path = tenant_bb; SELECT * FROM tenant_bb.audit_entry`],
    [
      'a nested query',
      () =>
        `SELECT set_config('role', 'postgres', false), query_to_xml('SELECT * FROM tenant_bb.audit_entry', true, true, '')`,
    ],
    ['a table of its own', () => `CREATE TABLE tenant_aa.mine (one integer)`],
    [
      'a function of its own',
      () => `CREATE FUNCTION tenant_aa.f() RETURNS integer LANGUAGE sql AS 'SELECT 1'`,
    ],
    ['the files of the server', () => `SELECT pg_read_file('PG_VERSION')`],
    ['a program of the server', () => `COPY (SELECT 1) TO PROGRAM 'cat'`],
    ['passwords', () => `SELECT rolpassword FROM pg_authid`],
  ])('refuse a tenant’s login %s', async (_what, attack) => {
    const code = await onServer(urlOf(loginOf('aa')), client => codeOf(client, attack(loginOf('bb'))));

    expect(code).toMatch(/^(42501|42704|22023)$/);
  });

  it('let nothing be written by what only reads, whatever it asks', async () => {
    const ctx = service.contextOf(await service.app.get(Catalogue).byCode('aa'));
    const database = service.app.get(Database);
    const attempts = [
      `INSERT INTO idempotency_key (actor_id, key, request_hash, created_at) VALUES ('a', 'key', '', now())`,
      `SELECT set_config('transaction_read_only', 'off', false)`,
      `SELECT FROM idempotency_key FOR UPDATE`,
    ];

    const refused = await Promise.all(
      attempts.map(attempt => database.read(ctx, work => work.query(attempt)).catch(sqlStateOf)),
    );

    expect(refused).toEqual(['25006', '25001', '25006']);
  });

  it('give each its own answer, when something asked beside it on the same connection has failed', async () => {
    const ctx = service.contextOf(await service.app.get(Catalogue).byCode('aa'));
    const database = service.app.get(Database);
    const failing = (): Promise<unknown> =>
      database.read(ctx, work =>
        Promise.all([work.query(`SELECT 1 / 0`), work.query(`SELECT 'another''s' AS said`)]),
      );
    const telling = (number: number): Promise<{ said: number }[]> =>
      database.read(ctx, work => work.query(`SELECT $1::int AS said`, [number]));

    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, number) => (number % 2 ? failing().catch(sqlStateOf) : telling(number))),
    );

    expect(answers).toEqual(
      Array.from({ length: 40 }, (_, number) => (number % 2 ? '22012' : [{ said: number }])),
    );
  });

  it('keep facts from being changed or deleted by the login that writes them', async () => {
    const attempts = await onServer(urlOf(loginOf('aa')), async client => [
      await codeOf(client, `UPDATE audit_entry SET action = 'nothing'`),
      await codeOf(client, `DELETE FROM audit_entry`),
      await codeOf(client, `TRUNCATE audit_entry`),
    ]);

    expect(attempts).toEqual([DENIED, DENIED, DENIED]);
  });

  it('follow the rules that keep the way to more than one server open', async () => {
    const faults = await onServer(
      service.database.url,
      async owner => (await owner.query(DISTRIBUTION_FAULTS)).rows,
    );

    expect(faults).toEqual([]);
  });
});

/** ARCHITECTURE, "Beyond one machine", rules 1 and 4: what no table of a tenant may have, or be without. */
const DISTRIBUTION_FAULTS = `
  SELECT 'no primary key' AS fault, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'tenant_aa' AND c.relkind = 'r' AND c.relname <> 'migration'
      AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p')
  UNION ALL
  SELECT 'sequence', c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'tenant_aa' AND c.relkind = 'S' AND c.relname <> 'migration_id_seq'
  UNION ALL
  SELECT 'trigger', t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'tenant_aa' AND NOT t.tgisinternal
  UNION ALL
  SELECT 'deferrable constraint', k.conname FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
    WHERE n.nspname = 'tenant_aa' AND k.condeferrable
  UNION ALL
  SELECT 'unnamed constraint', k.conname FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
    WHERE n.nspname = 'tenant_aa' AND k.contype IN ('f', 'u') AND k.conname ~ '_(fkey|key)[0-9]*$'`;

const sqlStateOf = (error: { driverError?: { code?: string } }): string =>
  error.driverError?.code ?? String(error);

/** SQLSTATE of what a statement failed with; null when it did not. */
async function codeOf(client: Client, sql: string): Promise<string | null> {
  try {
    await client.query(sql);
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? 'unknown';
  }
}
