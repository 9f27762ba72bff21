import { createHmac, randomBytes } from 'node:crypto';
import { blindIndexOf, type IndexKey, KNOWN_EVERYWHERE_MS, lifted, numberOf } from './blind-index-rules';

const NOW = new Date('2030-06-01T12:00:00Z');
const TEXT = 'phone\0+9990000001';
const key = (number: number, ageMs: number, emptiedAt: Date | null = null): IndexKey => ({
  number,
  key: randomBytes(32),
  createdAt: new Date(NOW.getTime() - ageMs),
  emptiedAt,
});
const old = () => key(1, 90 * 86_400_000);

describe('a blind index', () => {
  it('is the value’s HMAC under the only key there is', () => {
    const only = old();
    const index = blindIndexOf([only], TEXT, NOW);

    const hash = createHmac('sha256', only.key).update(TEXT).digest();
    expect(index).toEqual({ first: hash, stored: hash, all: [hash], newest: hash });
  });

  it('is stored under a new key when every process knows it, and is looked for under both from the first', () => {
    const keys = [old(), key(2, KNOWN_EVERYWHERE_MS - 1)];
    const early = blindIndexOf(keys, TEXT, NOW);
    const later = blindIndexOf(keys, TEXT, new Date(NOW.getTime() + 1));

    expect([early, later].map(({ stored }) => numberOf(stored))).toEqual([1, 2]);
    expect([early, later].map(({ all }) => all.map(numberOf))).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  it('is not looked for under a key under which nothing is stored', () => {
    const first = { ...old(), emptiedAt: NOW };
    const index = blindIndexOf([first, key(2, 86_400_000)], TEXT, NOW);

    expect(index.all.map(numberOf)).toEqual([2]);
  });

  it('keeps its first form whatever keys come later', () => {
    const [first, second] = [old(), key(2, 86_400_000)];

    expect(blindIndexOf([first, second], TEXT, NOW).first).toEqual(blindIndexOf([first], TEXT, NOW).stored);
  });

  it('is made for a new key from what is stored, over several keys at once', () => {
    const keys = [old(), key(2, 86_400_000), key(3, 86_400_000)];
    const [first, second, third] = blindIndexOf(keys, TEXT, NOW).all as [Buffer, Buffer, Buffer];

    expect(lifted(keys, first)).toEqual(third);
    expect(lifted(keys, second)).toEqual(third);
    expect(lifted(keys, first, 2)).toEqual(second);
    expect(lifted(keys, third, 2)).toEqual(third);
  });

  it('cannot be made from a copy of the database with the old key alone', () => {
    const [first, second] = [old(), key(2, 86_400_000)];
    const stored = blindIndexOf([first, second], TEXT, NOW).stored;

    expect(blindIndexOf([first], TEXT, NOW).all.some(form => stored.includes(form))).toBe(false);
  });
});
