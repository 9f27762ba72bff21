import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { PROJECT_ROOT } from '../config';

export type Plane = 'platform' | 'tenant';

/** The numbered SQL files of one plane, oldest first: `migrations/<plane>/0001-<what>.sql`. */
function migrationFiles(plane: Plane): { number: number; what: string; sql: string }[] {
  const folder = join(PROJECT_ROOT, 'migrations', plane);
  return readdirSync(folder)
    .filter(file => file.endsWith('.sql'))
    .sort()
    .map(file => {
      const [, number, what] = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file) ?? [];
      if (!number || !what)
        throw new Error(`migrations/${plane}/${file}: the name must be 0001-what-it-does.sql`);
      return { number: Number(number), what, sql: readFileSync(join(folder, file), 'utf8') };
    });
}

/** The version this build expects of every schema of the plane. The service serves no tenant that differs. */
export const expectedVersion = (plane: Plane): number => migrationFiles(plane).at(-1)?.number ?? 0;

/**
 * Brings one schema to {@link expectedVersion} with TypeORM's runner, one transaction a file, and returns the
 * version reached. The files are plain SQL that names its own columns and never touches entity classes;
 * `{{login}}` in them stands for the login that will serve the schema. Needs the owner's login.
 */
export async function migrateSchema(
  ownerUrl: string,
  plane: Plane,
  schema: string,
  login: string,
): Promise<number> {
  const source = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    schema,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    migrations: migrationFiles(plane).map(file => asMigration(file, login)),
    extra: { max: 1, options: `-c search_path=${schema}` },
  });
  await source.initialize();
  try {
    await source.runMigrations();
    return expectedVersion(plane);
  } finally {
    await source.destroy();
  }
}

/** TypeORM orders migrations by the thirteen digits that end their names. */
const TYPEORM_EPOCH = 1_700_000_000_000;

function asMigration(file: { number: number; what: string; sql: string }, login: string) {
  return class implements MigrationInterface {
    readonly name = `${file.what}${TYPEORM_EPOCH + file.number}`;
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(file.sql.replaceAll('{{login}}', login));
    }
    async down(): Promise<void> {
      throw new Error('Migrations go forward only: restore a backup, or write the next one.');
    }
  };
}
