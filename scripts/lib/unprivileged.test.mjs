import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canEnter } from './unprivileged.mjs';

const account = { uid: 101, gid: 102 };

test('root’s private folder is closed to the account', () => {
  assert.equal(canEnter({ uid: 0, gid: 0, mode: 0o40700 }, account), false);
});

test('a folder open to all lets it through', () => {
  assert.equal(canEnter({ uid: 0, gid: 0, mode: 0o40711 }, account), true);
});

test('the owner’s and the group’s own bits decide for them', () => {
  assert.equal(canEnter({ uid: 101, gid: 0, mode: 0o40700 }, account), true);
  assert.equal(canEnter({ uid: 101, gid: 0, mode: 0o40011 }, account), false);
  assert.equal(canEnter({ uid: 0, gid: 102, mode: 0o40710 }, account), true);
});
