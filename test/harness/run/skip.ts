import { note } from './notes';

/**
 * `describe` where the machine has what these tests need. Where not, the body is not even read (its cases may come from
 * files that are absent): one test to do stands for it, and the reason is printed at the end of the run.
 * @example const withHelm = skipUnless(findHelm(), 'helm is not installed');
 *          withHelm('The chart', () => { … });
 */
export function skipUnless(condition: unknown, reason: string): (name: string, body: () => void) => void {
  if (condition) return describe;
  note({ about: 'skipped', text: reason });
  return name => describe.skip(name, () => test.todo(reason));
}
