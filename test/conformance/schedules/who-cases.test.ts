import { skipUnless } from '../../harness/run/skip';
import { DATA } from './schedule-cases';
import { type WhoCase, whoCases, WhoJudge, whoSchedule } from './who-cases';

/** countries/who/README.md says why not all. */
const SHARE = 100 / 109;

const cases = whoCases();

skipUnless(cases.length > 0, `no cases of WHO's decision tables in ${DATA}`)(
  "WHO's own test patients",
  () => {
    const judge = new WhoJudge(whoSchedule());
    const shareThatPasses = (all: readonly WhoCase[]) =>
      all.filter(one => judge.judge(one).length === 0).length / all.length;

    it(`are answered as WHO expects in at least ${(SHARE * 100).toFixed(1)} of 100`, () => {
      expect(shareThatPasses(cases)).toBeGreaterThanOrEqual(SHARE);
    });

    it('do not pass when they expect something else', () => {
      const contradicted = cases.map((one): WhoCase => {
        const status = one.expected.status === 'Due' ? 'Not due' : 'Due';
        return { ...one, expected: { ...one.expected, status } };
      });
      expect(shareThatPasses(contradicted)).toBeLessThanOrEqual(1 - SHARE);
    });
  },
);
