import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summary } from './test-report.mjs';

const scripts = { passed: 1, failed: 0, skipped: 0 };

test('the counts of both runners stand on the last line', () => {
  const text = summary(scripts, JSON.stringify({ passed: 2, failed: 1, skipped: 3 }), '');

  assert.equal(text.split('\n').at(-1), '3 passed, 1 failed, 3 skipped');
});

test('a run that never came to an end is a failure', () => {
  assert.match(summary(scripts, '', ''), /^1 passed, 1 failed, 0 skipped$/m);
});

test('a reason is told once, however many files it touched', () => {
  const line = `${JSON.stringify({ about: 'skipped', text: 'helm is not installed' })}\n`;

  assert.equal(summary(scripts, '', line.repeat(3)).split('helm is not installed').length - 1, 1);
});

test('the number that repeats a run is told', () => {
  assert.match(summary(scripts, '', '', '7'), /^Seed: 7 \(TIKASETU_TEST_SEED=7 /m);
});
