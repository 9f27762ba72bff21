import pg from 'pg';
import { Problem } from './problem.mjs';

const OLDEST = 16;

/** Checks that the PostgreSQL at an address answers and is recent enough. `name`: the variable it was given in. */
export async function checkPostgres(url, name) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {}); // a connection lost while idle shows at the next query
  try {
    await client.connect();
    const { rows } = await client.query('SHOW server_version_num');
    const version = Math.floor(Number(rows[0].server_version_num) / 10_000);
    if (version < OLDEST)
      throw new Problem(
        `${name} is PostgreSQL ${version}; ${OLDEST} or newer is needed.`,
        'upgrade it, or unset the variable to use the embedded PostgreSQL.',
      );
    return version;
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(
      `${name} does not lead to a PostgreSQL that answers: ${error.message || error.code}`,
      'check host, port, name and password in it, or unset it to use the embedded PostgreSQL.',
    );
  } finally {
    await client.end().catch(() => {});
  }
}
