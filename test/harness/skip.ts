import { note } from './notes';

/**
 * `describe` where the machine has what these tests need, `describe.skip` where not; the reason is printed at the end
 * of the run. The body is read in both cases, so it opens nothing outside its tests and hooks.
 * @example const withHelm = skipUnless(findHelm(), 'helm is not installed');
 *          withHelm('The chart', () => { … });
 */
export function skipUnless(condition: unknown, reason: string): jest.Describe {
  if (condition) return describe;
  note({ about: 'skipped', text: reason });
  return describe.skip;
}
