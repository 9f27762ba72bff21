import { Client } from 'pg';
import { CONFIG, type Config } from '../../../src/platform/config';
import { passwordOf, platformLogin, tenantLogin, urlAs } from '../../../src/platform/database';
import { KeyManagement } from '../../../src/platform/keys';
import { figure } from '../../harness/run/figures';
import { onServer } from '../../harness/run/database';
import { testService, type TestService } from '../../harness/service';
import { escapesTo, type Victim } from '../isolation/escapes';

/** In the rows of a table that was made in bb while the test ran, and nowhere else. */
const MARKER = 'Quibbledon';
const TABLE = 'made_meanwhile';

describe('a login that any SQL can be sent through', () => {
  let service: TestService;
  let logins: { login: string; schema: string }[];
  let victim: Victim;

  beforeAll(async () => {
    service = await testService();
    for (const code of ['aa', 'bb', 'cc']) await service.provision(code); // cc: a country like any that comes later
    const { loginPrefix } = service.app.get<Config>(CONFIG);
    logins = ['aa', 'bb', 'cc'].map(code => ({
      login: tenantLogin(loginPrefix, code),
      schema: `tenant_${code}`,
    }));
    logins.push({ login: platformLogin(loginPrefix), schema: 'platform' });
    const theirs = logins[1]!;
    const largeObject = await onServer(service.database.url, async owner => {
      for (const { schema } of logins) {
        await owner.query(
          `CREATE TABLE ${schema}.${TABLE} (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), text text NOT NULL)`,
        );
        await owner.query(`INSERT INTO ${schema}.${TABLE} (text) VALUES ('${schema} ${MARKER}')`);
      }
      await owner.query(
        `GRANT SELECT, INSERT, UPDATE, DELETE ON ${theirs.schema}.${TABLE} TO ${theirs.login}`,
      );
      const made = await owner.query(`SELECT lo_from_bytea(0, '${MARKER}') AS oid`);
      await owner.query(`GRANT SELECT, UPDATE ON LARGE OBJECT ${made.rows[0].oid} TO ${theirs.login}`);
      return String(made.rows[0].oid);
    });
    victim = { ...theirs, table: TABLE, largeObject };
  }, 120_000);
  afterAll(() => service.stop());

  const urlOf = (login: string): string =>
    urlAs(service.database.url, login, passwordOf(service.app.get(KeyManagement), login));
  const theirRows = () =>
    onServer(service.database.url, async owner => {
      const rows = await owner.query(`SELECT id, text FROM ${victim.schema}.${TABLE} ORDER BY id`);
      const objects = await owner.query(`SELECT encode(lo_get(${victim.largeObject}), 'escape') AS bytes`);
      return [...rows.rows, ...objects.rows];
    });

  /** What came of some statements: the last one's error, or that it went through, with what it showed. */
  async function tried(client: Client, sql: readonly string[]): Promise<{ refused: boolean; shown: string }> {
    try {
      let shown = '';
      for (const statement of sql) shown += JSON.stringify((await client.query(statement)).rows);
      return { refused: false, shown };
    } catch (error) {
      return { refused: true, shown: (error as Error).message };
    }
  }

  /** Rows that `pg_cancel_backend` and its like would give where there was nobody to stop. */
  const NOBODY = /^(\[\])+$/;

  it.each([
    ['another country', 0],
    ['a country that came later', 2],
    ['the platform', 3],
  ])('of %s reaches nothing of a country', async (_whose, which) => {
    const before = await theirRows();
    const reached: string[] = [];
    const attempts = escapesTo(victim);

    for (const { name, sql, ownIsShown } of attempts)
      await onServer(urlOf(logins[which]!.login), async client => {
        const { refused, shown } = await tried(client, sql);
        if (shown.includes(MARKER) || (!refused && !ownIsShown && !NOBODY.test(shown)))
          reached.push(`${name}: ${shown.slice(0, 200)}`);
      });

    expect(reached).toEqual([]);
    expect(await theirRows()).toEqual(before);
    figure(`SQL escapes as the login of ${_whose}`, `0 of ${attempts.length}`, attempts.length >= 30);
  });

  it('of the country itself does read it, so that the attempts above mean something', async () => {
    const { shown } = await onServer(urlOf(victim.login), client =>
      tried(client, [`SELECT * FROM ${TABLE}`]),
    );

    expect(shown).toContain(MARKER);
  });

  it('holds no right on anything that is not in its own schema, whatever is there', async () => {
    const held = await onServer(service.database.url, async owner => {
      const found: unknown[] = [];
      for (const { login, schema } of logins)
        for (const sql of Object.values(RIGHTS))
          found.push(...(await owner.query(sql, [login, schema])).rows);
      return found;
    });
    const seen = await onServer(service.database.url, owner =>
      owner.query(`SELECT count(*)::int AS count FROM pg_class`),
    );

    expect(held).toEqual([]);
    expect(seen.rows[0].count).toBeGreaterThan(400);
  });

  it('runs nothing with the rights of somebody else: no function of ours is SECURITY DEFINER', async () => {
    const { rows } = await onServer(service.database.url, owner =>
      owner.query(
        `SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
         WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')`,
      ),
    );

    expect(rows).toEqual([]);
  });

  it('sees no statement of another’s session', async () => {
    const [aa, bb] = [logins[0]!, logins[1]!];
    const seen = await onServer(urlOf(bb.login), async theirs => {
      await theirs.query(`SELECT '${MARKER}'`);
      return onServer(urlOf(aa.login), client =>
        client.query(`SELECT query, application_name FROM pg_stat_activity`),
      );
    });

    expect(JSON.stringify(seen.rows)).not.toContain(MARKER);
  });

  it('finds no lock to hold against others, and nothing to listen to', async () => {
    const aa = logins[0]!;
    const told: unknown[] = [];
    await onServer(urlOf(aa.login), async client => {
      client.on('notification', notice => told.push(notice));
      for (const channel of ['outbox', 'outbox_event', 'jobs', 'job', 'facts', 'events', 'tenant', 'cache'])
        await client.query(`LISTEN ${channel}`);
      await client.query(`SELECT pg_advisory_lock(key) FROM generate_series(0, 1000) AS key`);
      await client.query(
        `SELECT pg_advisory_lock(hashtext(name)) FROM unnest(ARRAY['tenant_bb', 'bb', 'migration', 'outbox']) AS name`,
      );
      const another = await service.provision('dd'); // migrates, carries facts and does rounds beside the held locks
      await service.carryFacts();
      expect(another.code).toBe('dd');
      const ours = await client.query(
        `SELECT count(*)::int AS count FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      expect(ours.rows[0].count).toBe(0);
    });

    expect(told).toEqual([]);
  });
});

/** What login $1 may do to things outside schema $2, as the server itself says; one row for each right. */
const OUTSIDE = `n.nspname NOT IN ($2::name, 'information_schema') AND n.nspname !~ '^pg_'`;
const RIGHTS = {
  relations: `SELECT $1::name AS login, c.oid::regclass::text AS thing, may FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
      unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS may
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${OUTSIDE} AND has_table_privilege($1::name, c.oid, may)`,
  columns: `SELECT $1::name AS login, c.oid::regclass::text AS thing, may FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
      unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) AS may
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${OUTSIDE} AND has_any_column_privilege($1::name, c.oid, may)`,
  sequences: `SELECT $1::name AS login, c.oid::regclass::text AS thing, may FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
      unnest(ARRAY['USAGE', 'SELECT', 'UPDATE']) AS may
    WHERE c.relkind = 'S' AND ${OUTSIDE} AND has_sequence_privilege($1::name, c.oid, may)`,
  functions: `SELECT $1::name AS login, p.oid::regprocedure::text AS thing, 'EXECUTE' AS may FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE ${OUTSIDE} AND has_schema_privilege($1::name, n.oid, 'USAGE') AND has_function_privilege($1::name, p.oid, 'EXECUTE')`,
  schemas: `SELECT $1::name AS login, n.nspname::text AS thing, may FROM pg_namespace n, unnest(ARRAY['USAGE', 'CREATE']) AS may
    WHERE ${OUTSIDE} AND has_schema_privilege($1::name, n.oid, may) AND NOT (n.nspname = 'public' AND may = 'USAGE')`,
  'creating in its own': `SELECT $1::name AS login, $2::name AS thing, 'CREATE' AS may WHERE has_schema_privilege($1::name, $2::text, 'CREATE')`,
  database: `SELECT $1::name AS login, current_database()::text AS thing, may FROM unnest(ARRAY['CREATE', 'TEMPORARY']) AS may
    WHERE has_database_privilege($1::name, current_database(), may) AND $2::name <> ''`,
  'large objects': `SELECT $1::name AS login, l.oid::text AS thing, a.privilege_type AS may FROM pg_largeobject_metadata l, aclexplode(l.lomacl) a
    WHERE a.grantee IN (0, $1::name::text::regrole) AND $2::name <> 'tenant_bb'`,
  'foreign servers': `SELECT $1::name AS login, srvname::text AS thing, 'USAGE' AS may FROM pg_foreign_server WHERE has_server_privilege($1::name, oid, 'USAGE') AND $2::name <> ''`,
  'being more than a login': `SELECT $1::name AS login, rolname::text AS thing, 'is more' AS may FROM pg_roles WHERE rolname = $1::name AND $2::name <> ''
    AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls OR rolinherit)`,
  memberships: `SELECT $1::name AS login, roleid::regrole::text AS thing, 'member' AS may FROM pg_auth_members WHERE member = $1::name::text::regrole AND $2::name <> ''`,
  ownership: `SELECT $1::name AS login, classid::regclass::text AS thing, 'owns' AS may FROM pg_shdepend
    WHERE refobjid = $1::name::text::regrole AND deptype = 'o' AND $2::name <> '' AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())`,
};
