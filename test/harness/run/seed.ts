/**
 * What every random draw of a run begins with. `npm test` draws it, says it at its end and repeats a run whose number it
 * is given as TIKASETU_TEST_SEED; on a build machine it is always the same one (.ci/run).
 */
export const SEED = Number(process.env.TIKASETU_TEST_SEED ?? Date.now() % 2 ** 31);
