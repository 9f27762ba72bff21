import { readConfig } from '../platform/config';
import { migrateAll } from './migrate-all';

/** `node dist/src/operations/migrate.js`: the migration job of a deployment. Exit code 1 when a tenant was left behind. */
async function main(): Promise<void> {
  const failed = await migrateAll(readConfig({ ...process.env, TIKASETU_ROLE: 'worker' }), plane =>
    process.stdout.write(`migrating ${plane}\n`),
  );
  for (const [code, error] of failed)
    process.stderr.write(`tenant ${code} was left behind: ${error.message}\n`);
  process.exitCode = failed.size > 0 ? 1 : 0;
}

void main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
