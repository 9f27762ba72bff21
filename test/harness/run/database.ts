import { Client } from 'pg';
import { testDatabaseName } from './database-names';

/** A database of one test file's own. Logins named `<name>_…` are the file's too and go with it. */
export interface TestDatabase {
  /** Address of the database for its administrator. */
  url: string;
  /** Name of the database, at most 31 characters of [a-z0-9_]; logins live outside databases, so it is their prefix too. */
  name: string;
  /** Removes the database and its logins, whoever is still connected. */
  drop: () => Promise<void>;
}

let made = 0;

/** Makes a database for the calling test file, copied from the migrated template. The caller drops it (`afterAll`). */
export async function testDatabase(): Promise<TestDatabase> {
  const admin = process.env.TEST_DATABASE_URL;
  const template = process.env.TIKASETU_TEST_TEMPLATE;
  if (!admin || !template)
    throw new Error('No test database: run the tests through `npm test` or Jest’s configuration.');
  const name = testDatabaseName(String(made++));
  await onServer(admin, client => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  return { url: databaseUrl(admin, name), name, drop: () => dropDatabase(admin, name) };
}

/** The same server and administrator, another database. */
export function databaseUrl(admin: string, name: string): string {
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return url.href;
}

/** Drops a test database and the logins made for it. */
export function dropDatabase(admin: string, name: string): Promise<void> {
  return onServer(admin, async client => {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    const logins = await client.query<{ rolname: string }>(
      'SELECT rolname FROM pg_roles WHERE starts_with(rolname, $1)',
      [`${name}_`],
    );
    for (const { rolname } of logins.rows)
      await client.query(`DROP ROLE ${client.escapeIdentifier(rolname)}`);
  });
}

/** Opens one connection to the server for a piece of work. */
export async function onServer<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
