import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ROOT } from './bootstrap.mjs';
import { build } from './build.mjs';

const root = mkdtempSync(join(tmpdir(), 'tikasetu-build-'));
const file = path => join(root, path);
after(() => rmSync(root, { recursive: true, force: true }));

test('only what has changed is made again, and what is gone goes', async () => {
  mkdirSync(file('src'));
  writeFileSync(file('.swcrc'), readFileSync(join(ROOT, '.swcrc')));
  writeFileSync(file('src/dose.ts'), 'export const ml: number = 0.5;');
  writeFileSync(file('src/dose.spec.ts'), 'test.todo');
  writeFileSync(file('src/page.html'), '<p>');

  assert.deepEqual(await build(root), { compiled: 2, total: 2 });
  assert.match(readFileSync(file('dist/src/dose.js'), 'utf8'), /0\.5/);
  assert.equal(existsSync(file('dist/src/dose.spec.js')), false);

  writeFileSync(file('src/page.html'), '<p>changed');
  assert.deepEqual(await build(root), { compiled: 1, total: 2 });
  assert.equal(readFileSync(file('dist/src/page.html'), 'utf8'), '<p>changed');

  rmSync(file('src/dose.ts'));
  await build(root);
  assert.equal(existsSync(file('dist/src/dose.js')), false);
});
