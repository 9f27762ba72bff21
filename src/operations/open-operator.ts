import { text } from 'node:stream/consumers';
import { makeApp } from '../app';
import { OpenOperatorAccount, PASSWORD_LENGTH, PasswordCheck } from '../identity';
import { readConfig } from '../platform/config';
import { systemContext } from '../platform/events';

const USAGE = `open-operator.js <e-mail> <name>, with the password (${PASSWORD_LENGTH.min} to ${PASSWORD_LENGTH.max} characters, not too common, in no list of breached ones and without the address) on standard input`;

/**
 * `node dist/src/operations/open-operator.js <e-mail> <name>`: opens the account of a platform operator, or gives it a
 * new password. It is how an installation gets its first one. The password comes on standard input, so that it stands
 * in no list of processes and no shell's history.
 */
async function main([email, name]: string[]): Promise<void> {
  const password = (await text(process.stdin)).replace(/\r?\n$/, '');
  if (!email?.includes('@') || !name) throw new Error(USAGE);
  const app = await makeApp(readConfig(process.env));
  await app.init();
  const ctx = systemContext(null);
  try {
    await app
      .get(PasswordCheck)
      .run(ctx, 'password', password, email)
      .catch(() => {
        throw new Error(USAGE);
      });
    await app.get(OpenOperatorAccount).run(ctx, { email, name, password });
  } finally {
    await app.close();
  }
}

void main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
