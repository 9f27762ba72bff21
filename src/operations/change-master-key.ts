import { makeApp } from '../app';
import { LONGEST_TOKEN_SECONDS } from '../identity';
import { readConfig } from '../platform/config';
import { systemContext } from '../platform/events';
import { ChangeMasterKey, type PlaneChanged } from './master-key/change-master-key';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * `npx tikasetu change-master-key`, or `node dist/src/operations/change-master-key.js`: moves everything to
 * TIKASETU_MASTER_KEY that hangs on TIKASETU_MASTER_KEY_SECOND, while the service runs, and says when the second one can
 * go. Safe to repeat; without a second key it shows that none is needed. Exit code 1 when something is left.
 */
async function main(): Promise<void> {
  const config = readConfig({ ...process.env, TIKASETU_ROLE: 'worker' });
  const app = await makeApp(config);
  await app.init();
  try {
    await app.get(ChangeMasterKey).run(systemContext(null), plane => say(lineOf(plane)));
    say(
      config.secondMasterKey
        ? untilWhen(new Date())
        : 'Nothing hangs on another key than TIKASETU_MASTER_KEY.',
    );
  } finally {
    await app.close();
  }
}

const lineOf = ({ plane, rewrapped, loginChanged, sealKey }: PlaneChanged): string =>
  `${plane}: ${rewrapped} wrapped anew, password ${loginChanged ? 'changed' : 'was'} the new one; its seals are signed by ${sealKey}`;

function untilWhen(now: Date): string {
  const tokensEnd = new Date(now.getTime() + LONGEST_TOKEN_SECONDS * 1_000);
  return `Nothing in the database hangs on TIKASETU_MASTER_KEY_SECOND. Once no process closes with it any more, and after ${tokensEnd.toISOString()}, when the last token of its ends, it can be taken away.`;
}

void main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
