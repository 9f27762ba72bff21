import { makeApp } from './app';
import { migrateAll, onboardSandbox } from './operations';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Config, readConfig } from './platform/config';
import { Relay } from './platform/events';
import { HealthPort } from './platform/health';
import { lastResort, makeLogger } from './platform/logging';
import { JobRunner } from './platform/jobs';
import { Catalogue, Rounds } from './tenancy';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Starts the service in the role that the environment gives it. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  lastResort(makeLogger(config.logLevel));
  if (config.role !== 'api') {
    const failed = await migrateAll(config, plane => say(`  bringing ${plane} up to date`));
    for (const [code, error] of failed)
      say(`  tenant ${code} was left behind and is not served: ${error.message}`);
  }
  const app = await makeApp(config);
  await app.init();
  if (config.role !== 'api') {
    const tenants = () => app.get(Catalogue).served();
    app.get(Relay).start(tenants);
    app.get(JobRunner).start(tenants);
    app.get(Rounds).start();
  }
  await app.listen(config.port, config.host);
  await app.get(HealthPort).open();
  if (config.sandbox && config.role === 'all') await openSandbox(app, config);
  say(`  serving on ${config.publicUrl}`);
}

/** The countries of a sandbox are onboarded through the API itself, then it says how to look around. */
async function openSandbox(app: NestFastifyApplication, config: Config): Promise<void> {
  const operator = await onboardSandbox(app, config, `http://127.0.0.1:${config.port}`, say);
  say(`
  TikaSetu's sandbox is open.

    GraphQL explorer     ${config.publicUrl}/explorer
    verify a certificate ${config.publicUrl}/verify
    messages to people   ${config.publicUrl}/sandbox/outbox

    platform operator    ${operator.email}
    staff of a country   admin@bd.example, vaccinator@gh.example, … (X-Tenant: bd, ar or gh)
    password for all     ${operator.password}
    citizens             sign in with a phone number; read the code in the messages
`);
}

void main().catch((error: Error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  process.exit(1);
});
