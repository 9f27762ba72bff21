import { parse, validate, version } from 'uuid';
import { firstIdAt, isId, newId, timeOfId } from './ids';

describe('a new id', () => {
  const before = Date.now(); // oxlint-disable-line no-restricted-properties -- an id is of the machine's own time
  const ids = Array.from({ length: 20_000 }, newId);

  it('is a UUID of version 7, as a library that is not ours reads it', () => {
    expect(ids.filter(id => !validate(id) || version(id) !== 7 || !isId(id))).toEqual([]);
  });

  it('follows the one before, however many are made in a moment', () => {
    expect(ids).toEqual([...new Set(ids)].toSorted());
  });

  it('says when it was made', () => {
    expect(timeOfId(ids[0]!).getTime()).toBeGreaterThanOrEqual(before);
    expect(ids[0]! >= firstIdAt(new Date(before))).toBe(true);
  });

  it('has 42 bits that chance alone sets', () => {
    const bits = ids.map(id => parse(id).slice(10));
    const seen = (byte: number): number => new Set(bits.map(one => one[byte]! & (byte === 0 ? 3 : 255))).size;

    // That 20,000 draws leave out one of 256 values comes about once in 10^31 runs
    expect([0, 1, 2, 3, 4, 5].map(seen)).toEqual([4, 256, 256, 256, 256, 256]);
  });
});
