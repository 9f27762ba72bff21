import { checkPostgres } from './given-postgres.mjs';
import { keepDatabase } from './keep-database.mjs';
import { seemsToHaveEngine } from './test-databases.mjs';

/**
 * The PostgreSQL that a run of tests uses: the one it is given, else a container's where an engine answers, else the
 * embedded one. `how` says in words which it is and why.
 */
export async function openTestDatabase() {
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    const version = await checkPostgres(given, 'TEST_DATABASE_URL');
    return { url: given, how: `PostgreSQL ${version} given in TEST_DATABASE_URL`, release: async () => {} };
  }
  const container = seemsToHaveEngine()
    ? await keepDatabase({ kind: 'container' }).catch(error => error)
    : undefined;
  if (container?.url) return { ...container, how: 'PostgreSQL 18 in a container (testcontainers)' };
  const why = container ? `the container engine failed: ${container.message}` : 'no container engine';
  return { ...(await keepDatabase({ kind: 'temporary' })), how: `embedded PostgreSQL 18 (${why})` };
}
