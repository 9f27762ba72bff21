import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isInstalled } from './bootstrap.mjs';

const lock = {
  packages: {
    '': { name: 'root' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/elsewhere': { version: '1.0.0', integrity: 'sha512-e', optional: true },
  },
};
const a = { version: '1.0.0', integrity: 'sha512-a' };

test('a checkout without node_modules is not installed', () => {
  assert.equal(isInstalled(lock, undefined), false);
});

test('packages for other platforms may be missing', () => {
  assert.equal(isInstalled(lock, { packages: { 'node_modules/a': a } }), true);
});

test('another version than the lockfile’s is not installed', () => {
  assert.equal(isInstalled(lock, { packages: { 'node_modules/a': { ...a, version: '0.9.0' } } }), false);
  const elsewhere = { version: '0.9.0', integrity: 'sha512-o', optional: true };
  assert.equal(
    isInstalled(lock, { packages: { 'node_modules/a': a, 'node_modules/elsewhere': elsewhere } }),
    false,
  );
});
