/** Rows that one transaction clears away, at most: short enough that nobody waits for it. */
export const BIT = 5_000;
/** Transactions of one turn of a country, at most: then the next country has its turn. */
const MOST_BITS = 40;

/**
 * Clears rows away, each {@link BIT} of them in a transaction of its own, until fewer are left or the country has had its
 * turn: the next round goes on. `bit` clears so many at the most and says how many; the sum of them.
 */
export async function bitByBit(bit: (most: number) => Promise<number>): Promise<number> {
  let cleared = 0;
  for (let bits = 0; bits < MOST_BITS; bits++) {
    const some = await bit(BIT);
    cleared += some;
    if (some < BIT) break;
  }
  return cleared;
}
