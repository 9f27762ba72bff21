import { makeApp } from './app';
import { migrateAll } from './operations';
import { readConfig } from './platform/config';
import { Relay } from './platform/events';
import { Catalogue } from './tenancy';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Starts the service in the role that the environment gives it. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  if (config.role !== 'api') {
    const failed = await migrateAll(config, plane => say(`  bringing ${plane} up to date`));
    for (const [code, error] of failed)
      say(`  tenant ${code} was left behind and is not served: ${error.message}`);
  }
  const app = await makeApp(config);
  await app.init();
  if (config.role !== 'api') app.get(Relay).start(() => app.get(Catalogue).served());
  await app.listen(config.port, config.host);
  say(`  serving on ${config.publicUrl}`);
}

void main().catch((error: Error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  process.exit(1);
});
