import { makeApp } from '../app';
import { NameUserAdmin } from '../facilities';
import { readConfig } from '../platform/config';
import { AppError } from '../platform/errors';
import { systemContext } from '../platform/events';
import { Catalogue } from '../tenancy';

const USAGE = 'open-admin.js <country code> <e-mail> <name>';

/**
 * `node dist/src/operations/open-admin.js <country code> <e-mail> <name>`: invites somebody who answers for a country's
 * users when fewer than two can sign in, as its signatory asked. It is in the country's trail.
 */
async function main([code, email, name]: string[]): Promise<void> {
  if (!code || !email?.includes('@') || !name) throw new Error(USAGE);
  const app = await makeApp(readConfig(process.env));
  await app.init();
  try {
    const tenant = await app.get(Catalogue).byCode(code);
    if (!tenant) throw new Error(`No country ${code} is served here.`);
    const ctx = { ...systemContext(tenant), languages: tenant.languages };
    await app.get(NameUserAdmin).run(ctx, { email, name });
  } catch (error) {
    const hasTwo = error instanceof AppError && error.code === 'CONFLICT';
    throw hasTwo ? new Error('Two who answer for its users can sign in: they invite others.') : error;
  } finally {
    await app.close();
  }
}

void main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
