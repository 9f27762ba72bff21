import { openTestDatabase } from '../../../scripts/lib/open-test-database.mjs';
import { bundleVerifier } from '../../../scripts/lib/bundle.mjs';
import { databaseUrl, dropDatabase, onServer } from './database';
import { isLeftover, testDatabaseName } from './database-names';
import { note } from './notes';
import { prepareTemplate } from './template';

declare global {
  /** Set by the run's beginning for its end (Jest gives the two no other way to share). */
  var endTestDatabases: (() => Promise<void>) | undefined;
}

/** Once a run, and only where a test needs a database: opens one, clears what killed runs left, makes the template. */
export default async function openDatabases(): Promise<void> {
  await bundleVerifier(); // the pages' tests serve it
  const database = await openTestDatabase();
  note({ about: 'database', text: database.how });
  const template = testDatabaseName('template');
  globalThis.endTestDatabases = async () => {
    await dropDatabase(database.url, template);
    await database.release();
  };
  await dropLeftovers(database.url);
  await onServer(database.url, client => client.query(`CREATE DATABASE ${template}`));
  await prepareTemplate(databaseUrl(database.url, template));
  process.env.TEST_DATABASE_URL = database.url;
  process.env.TIKASETU_TEST_TEMPLATE = template;
}

async function dropLeftovers(admin: string): Promise<void> {
  const databases = await onServer(admin, client =>
    client.query<{ datname: string }>('SELECT datname FROM pg_database'),
  );
  const left = databases.rows.filter(({ datname }) => isLeftover(datname, Date.now(), isAlive));
  for (const { datname } of left) await dropDatabase(admin, datname);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
