/** What somebody with a country’s login, and any SQL through it, could try to reach another country. */
export interface Escape {
  name: string;
  /** Statements, one after the other in one session; escaped is who gets through the last. */
  sql: readonly string[];
  /** It may well be answered, with what is one’s own. */
  ownIsShown?: boolean;
}

/** The names that an attempt needs: the victim’s schema and login, a table made there, and a large object of hers. */
export interface Victim {
  schema: string;
  login: string;
  table: string;
  largeObject: string;
}

/** Attempts that must be refused, or show and change nothing of the victim’s. */
export function escapesTo({ schema, login, table, largeObject }: Victim): Escape[] {
  const theirs = `${schema}.${table}`;
  const read = `SELECT * FROM ${theirs}`;
  const one = (name: string, ...sql: string[]): Escape => ({ name, sql });
  return [
    one('read', read),
    one('insert', `INSERT INTO ${theirs} (text) VALUES ('mine')`),
    one('update', `UPDATE ${theirs} SET text = 'mine'`),
    one('delete', `DELETE FROM ${theirs}`),
    one('truncate', `TRUNCATE ${theirs}`),
    one('drop', `DROP TABLE ${theirs}`),
    one('drop the schema', `DROP SCHEMA ${schema} CASCADE`),
    one('lock', `BEGIN`, `LOCK TABLE ${theirs} IN ACCESS SHARE MODE`),
    one('copy out', `COPY ${theirs} TO '/tmp/theirs'`),
    one('copy in from a file of the server', `COPY audit_seal FROM '/etc/passwd'`),
    one('copy from a program', `COPY audit_seal FROM PROGRAM 'cat /etc/passwd'`),
    one('another role', `SET ROLE ${login}`, read),
    one('the owner’s role', `SET ROLE postgres`, read),
    one('another session', `SET SESSION AUTHORIZATION ${login}`, read),
    one('a role by set_config', `SELECT set_config('role', '${login}', false)`, read),
    one('the way of names', `SET search_path = ${schema}`, `SELECT * FROM ${table}`),
    one(
      'the way of names by set_config',
      `SELECT set_config('search_path', '${schema}', false)`,
      `SELECT * FROM ${table}`,
    ),
    one('query_to_xml', `SELECT query_to_xml('${read}', true, true, '')`),
    one('table_to_xml', `SELECT table_to_xml('${theirs}', true, true, '')`),
    one('schema_to_xml', `SELECT schema_to_xml('${schema}', true, true, '')`),
    { name: 'database_to_xml', sql: [`SELECT database_to_xml(true, true, '')`], ownIsShown: true },
    one('a cursor', `BEGIN`, `DECLARE c CURSOR FOR ${read}`, `FETCH ALL FROM c`),
    one('a block', `DO $$ BEGIN EXECUTE 'UPDATE ${theirs} SET text = ''mine'''; END $$`),
    one('a prepared statement', `PREPARE p AS ${read}`, `EXECUTE p`),
    one(
      'a function of one’s own',
      `CREATE FUNCTION f() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT text FROM ${theirs}'`,
    ),
    one('a function in public', `CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'`),
    one('a temporary function', `CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1'`),
    one('a table of one’s own', `CREATE TABLE mine (one int)`),
    one('a temporary table', `CREATE TEMP TABLE mine (one int)`),
    one('a view', `CREATE VIEW mine AS ${read}`),
    one('a schema', `CREATE SCHEMA mine`),
    one('a rule on one’s own table', `CREATE RULE r AS ON INSERT TO audit_entry DO ALSO ${read}`),
    one(
      'a trigger on one’s own table',
      `CREATE TRIGGER t BEFORE INSERT ON audit_entry EXECUTE FUNCTION suppress_redundant_updates_trigger()`,
    ),
    one('a policy', `CREATE POLICY p ON ${theirs} USING (true)`),
    one('an extension', `CREATE EXTENSION dblink`),
    one('a foreign server', `CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw`),
    one('a language', `CREATE LANGUAGE plperlu`),
    one('a cast', `CREATE CAST (text AS int) WITH INOUT`),
    one('a publication', `CREATE PUBLICATION p FOR TABLE ${theirs}`),
    one('an event trigger', `CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION f()`),
    one('a database', `CREATE DATABASE mine`),
    one('a role', `CREATE ROLE mine`),
    one('a library', `LOAD '/tmp/mine'`),
    one('membership', `GRANT ${login} TO CURRENT_USER`),
    one('a grant', `GRANT SELECT ON ${theirs} TO CURRENT_USER`),
    one(
      'default grants',
      `ALTER DEFAULT PRIVILEGES FOR ROLE ${login} GRANT SELECT ON TABLES TO CURRENT_USER`,
    ),
    one('ownership', `REASSIGN OWNED BY ${login} TO CURRENT_USER`),
    one('what is owned', `DROP OWNED BY ${login}`),
    one('more than a user', `ALTER ROLE CURRENT_USER SUPERUSER`),
    one('inheriting', `ALTER ROLE CURRENT_USER BYPASSRLS`),
    one('another’s password', `ALTER ROLE ${login} PASSWORD 'mine'`),
    one('another’s settings', `ALTER ROLE ${login} SET search_path = public`),
    one('the server’s settings', `ALTER SYSTEM SET log_statement = 'all'`),
    one('triggers switched off', `SET session_replication_role = replica`),
    one('passwords', `SELECT rolpassword FROM pg_authid`),
    one('passwords by their view', `SELECT passwd FROM pg_shadow`),
    one('what the planner knows of values', `SELECT * FROM pg_statistic`),
    one('a file', `SELECT pg_read_file('/etc/passwd')`),
    one('a file of bytes', `SELECT pg_read_binary_file('PG_VERSION')`),
    one('a folder', `SELECT pg_ls_dir('.')`),
    one('the log', `SELECT pg_ls_logdir()`),
    one('the rules of access', `SELECT * FROM pg_hba_file_rules`),
    one('a file as a large object', `SELECT lo_import('/etc/passwd')`),
    one('another’s large object', `SELECT lo_get(${largeObject})`),
    one('another’s large object, written', `SELECT lo_put(${largeObject}, 0, 'x')`),
    one('another’s large object, gone', `SELECT lo_unlink(${largeObject})`),
    one('all large objects', `SELECT * FROM pg_largeobject`),
    one(
      'another’s session',
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${login}'`,
    ),
    one(
      'another’s statement',
      `SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename = '${login}'`,
    ),
    one('the log of changes', `SELECT pg_create_logical_replication_slot('s', 'test_decoding')`),
    one('a sequence', `SELECT nextval('${schema}.migration_id_seq')`),
    one('a sequence, set', `SELECT setval('${schema}.migration_id_seq', 1)`),
    one('a sequence, read', `SELECT * FROM ${schema}.migration_id_seq`),
    one('a foreign key', `ALTER TABLE audit_seal ADD FOREIGN KEY (last_id) REFERENCES ${theirs}`),
    one('another’s rows by a statistic', `CREATE STATISTICS s ON id, text FROM ${theirs}`),
  ];
}
