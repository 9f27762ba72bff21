// docs/cryptography.md says which algorithms are used where: it must say what the source does.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { inventory, table, written } from './crypto-inventory.mjs';

test('the page has what the source uses (node scripts/crypto-inventory.mjs --write)', () => {
  const { rows, strange } = inventory();

  assert.deepEqual(strange, []);
  assert.ok(rows.every(({ folders }) => folders.length > 0));
  assert.equal(written(), table(rows));
});

test('a use of an algorithm that nobody wrote down is found', () => {
  const root = mkdtempSync(join(tmpdir(), 'tikasetu-inventory-'));
  const put = (name, text) => writeFileSync(join(root, 'src/some', name), text);
  try {
    mkdirSync(join(root, 'src/some'), { recursive: true });
    put('known.ts', `import { createHash } from 'node:crypto';\ncreateHash('sha256');`);
    put('strange.ts', `import { createHash } from 'node:crypto';\ncreateHash('whirlpool');`);
    put('strange.spec.ts', `import { createHash } from 'node:crypto';\ncreateHash('md5');`);

    const { rows, strange } = inventory(root);

    assert.deepEqual(strange, ['src/some/strange.ts']);
    assert.deepEqual(rows.find(({ name }) => name === 'SHA-256').folders, ['src/some']);
  } finally {
    rmSync(root, { recursive: true });
  }
});
