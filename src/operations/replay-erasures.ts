import { makeApp } from '../app';
import { readConfig } from '../platform/config';
import { systemContext } from '../platform/events';
import { ReplayErasures } from '../registry';
import { Catalogue } from '../tenancy';

/**
 * `node dist/src/operations/replay-erasures.js`: after a database was restored and before its doors open, erases again
 * everybody on the lists (`TIKASETU_ERASURE_LIST_DIR`). A line for each country; safe to repeat.
 */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  if (!config.erasureListFolder) throw new Error('TIKASETU_ERASURE_LIST_DIR says where the lists are');
  const app = await makeApp(config);
  await app.init();
  try {
    for (const tenant of await app.get(Catalogue).served()) {
      const { erased, listed } = await app.get(ReplayErasures).run(systemContext(tenant));
      process.stdout.write(`${tenant.code}: ${erased} erased again, ${listed} added to the list\n`);
    }
  } finally {
    await app.close();
  }
}

void main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
