import { isLeftover, testDatabaseName } from '../../harness/run/database-names';

const HOUR = 60 * 60 * 1000;
const now = Date.UTC(2026, 0, 1);
const name = testDatabaseName('1', now, 4242);
const alive = () => true;
const dead = () => false;

describe('A test database left by a killed run', () => {
  test('is known by its dead process', () => {
    expect(isLeftover(name, now, dead)).toBe(true);
  });

  test('is not taken for one whose run goes on', () => {
    expect(isLeftover(name, now, alive)).toBe(false);
  });

  test('of another machine is known by its age', () => {
    const elsewhere = name.replace(/_[0-9a-f]{4}_/, '_0000_');
    expect(isLeftover(elsewhere, now + HOUR, dead)).toBe(false);
    expect(isLeftover(elsewhere, now + 7 * HOUR, alive)).toBe(true);
  });

  test('is never a database of somebody else', () => {
    expect(isLeftover('tikasetu_production', now, dead)).toBe(false);
  });
});
