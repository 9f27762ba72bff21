import { globSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { ROOT } from './bootstrap.mjs';

/**
 * Runs the tests of the scripts themselves (`scripts/**\/*.test.mjs`, by Node's own runner: they are plain modules).
 * Says only what fails. A run that is narrowed by arguments is about something else and leaves them out.
 */
export async function testScripts(args) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  if (args.length > 0) return counts;
  const tests = run({
    files: globSync('scripts/**/*.test.mjs', { cwd: ROOT }).map(file => join(ROOT, file)),
  });
  for await (const { type, data } of tests) {
    if (data.details?.type === 'suite') continue;
    if (type === 'test:pass') counts[data.skip || data.todo ? 'skipped' : 'passed']++;
    if (type === 'test:fail') {
      counts.failed++;
      console.error(
        `FAIL ${data.file}\n  ${data.name}\n${data.details.error?.cause?.stack ?? data.details.error}\n`,
      );
    }
  }
  return counts;
}

/**
 * The end of a run, in words: the database used, what was left out and why, what repeats its random draws, and the counts
 * on a line of their own.
 * Without counts from Jest (it could not start, or was stopped) the run counts as one failure more.
 * @param {string} jestCounts JSON  @param {string} notes lines of JSON (test/harness/run/notes.ts)  @param {string} seed
 */
export function summary(scripts, jestCounts, notes, seed) {
  const jest = jestCounts ? JSON.parse(jestCounts) : { passed: 0, failed: 1, skipped: 0 };
  const told = [...new Set(notes.trim().split('\n').filter(Boolean))].map(line => JSON.parse(line));
  const total = kind => scripts[kind] + jest[kind];
  return [
    '',
    ...told.filter(({ about }) => about === 'database').map(({ text }) => `Database: ${text}.`),
    ...told.filter(({ about }) => about === 'skipped').map(({ text }) => `Skipped: ${text}.`),
    `Seed: ${seed} (TIKASETU_TEST_SEED=${seed} repeats the random draws).`,
    `${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`,
  ].join('\n');
}
