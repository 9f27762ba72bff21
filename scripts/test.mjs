// npm test [-- arguments for Jest]: every test that needs nothing but this machine.
import { randomInt } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ready, ROOT } from './lib/bootstrap.mjs';
import { command } from './lib/problem.mjs';
import { runTied } from './lib/tied.mjs';

await command(async () => {
  await ready();
  const { summary, testScripts } = await import('./lib/test-report.mjs');
  const folder = mkdtempSync(join(tmpdir(), 'tikasetu-report-'));
  const [counts, notes] = [join(folder, 'counts.json'), join(folder, 'notes.jsonl')];
  try {
    const args = process.argv.slice(2);
    const scripts = await testScripts(args);
    const seed = process.env.TIKASETU_TEST_SEED ?? String(randomInt(2 ** 31));
    const { code } = await runTied(
      process.execPath,
      [join(ROOT, 'node_modules/jest/bin/jest.js'), ...args, ...reporters()],
      {
        // As it runs: graphql, for one, looks twice at every value anywhere else.
        env: {
          ...process.env,
          NODE_ENV: 'production',
          PATH: path(),
          TIKASETU_TEST_COUNTS: counts,
          TIKASETU_TEST_NOTES: notes,
          TIKASETU_TEST_SEED: seed,
        },
      },
    );
    console.log(summary(scripts, read(counts), read(notes), seed));
    return code || (scripts.failed ? 1 : 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function reporters() {
  return ['--reporters=default', `--reporters=${join(ROOT, 'test/harness/run/counts-reporter.mjs')}`];
}

/** What tests start as `node` is the pinned one too. */
function path() {
  return [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter);
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
