/**
 * What every random draw of a run begins with. `npm test` draws it, says it at its end and repeats a run whose number it
 * is given as TIKASETU_TEST_SEED; on a build machine it is always the same one (.ci/run).
 */
export const SEED = Number(process.env.TIKASETU_TEST_SEED ?? Date.now() % 2 ** 31);

/** Even numbers in [0, 1) that a seed reproduces (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
