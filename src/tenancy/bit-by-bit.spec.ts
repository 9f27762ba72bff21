import { BIT, bitByBit } from './bit-by-bit';

describe('clearing away bit by bit', () => {
  it('ends with the bit that finds less than it may take', async () => {
    const left = [BIT, BIT, 3, BIT];

    expect(await bitByBit(async () => left.shift()!)).toBe(2 * BIT + 3);
    expect(left).toEqual([BIT]);
  });

  it('leaves the rest to the next round when there is no end of it', async () => {
    let bits = 0;

    await bitByBit(async most => {
      bits++;
      return most;
    });

    expect(bits).toBe(40);
  });
});
