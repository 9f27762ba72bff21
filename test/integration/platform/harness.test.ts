import { databaseUrl, onServer, testDatabase, type TestDatabase } from '../../harness/run/database';

const databases = async (url: string): Promise<string[]> =>
  (await onServer(url, c => c.query<{ datname: string }>('SELECT datname FROM pg_database'))).rows.map(
    r => r.datname,
  );

describe('A test file’s database', () => {
  const open: TestDatabase[] = [];
  const another = async (): Promise<TestDatabase> => {
    const database = await testDatabase();
    open.push(database);
    return database;
  };
  afterAll(() => Promise.all(open.map(database => database.drop())));

  test('is its own: what one file writes another does not see', async () => {
    const [ours, theirs] = [await another(), await another()];

    await onServer(ours.url, client => client.query('CREATE TABLE written_here ()'));

    const seen = await onServer(theirs.url, client =>
      client.query("SELECT to_regclass('written_here') AS found"),
    );
    expect(seen.rows).toEqual([{ found: null }]);
  });

  test('goes with its logins, even while somebody is connected', async () => {
    const database = await another();
    const login = `${database.name}_reader`;
    await onServer(database.url, client => client.query(`CREATE ROLE ${login} LOGIN PASSWORD 'secret'`));
    const server = databaseUrl(database.url, 'postgres');

    await onServer(database.url, async client => {
      client.on('error', () => {}); // thrown out by the drop
      await database.drop();
    });

    expect(await databases(server)).not.toContain(database.name);
    const logins = await onServer(server, client =>
      client.query('SELECT FROM pg_roles WHERE rolname = $1', [login]),
    );
    expect(logins.rowCount).toBe(0);
  });
});
