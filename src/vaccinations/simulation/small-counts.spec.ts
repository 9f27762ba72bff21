import fc from 'fast-check';
import { FEWEST_SHOWN, shown, shownParts } from './small-counts';

describe('a small count', () => {
  it('is hidden; none and many are shown', () => {
    expect([0, 1, FEWEST_SHOWN - 1, FEWEST_SHOWN, 1000].map(shown)).toEqual([
      0,
      null,
      null,
      FEWEST_SHOWN,
      1000,
    ]);
  });

  it('takes another part with it when the whole would give it away', () => {
    expect(shownParts([3, 50, 20])).toEqual([null, 50, null]);
    expect(shownParts([3, 4, 50, 20])).toEqual([null, null, 50, null]);
    expect(shownParts([30, 40])).toEqual([30, 40]);
    expect(shownParts([2, 0, 3])).toEqual([null, 0, null]);
  });

  it('cannot be worked out from the whole and the parts shown', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat({ max: 15 }), fc.nat({ max: 2000 })), { maxLength: 12 }),
        counts => {
          const parts = shownParts(counts);
          const hidden = counts.filter((_, at) => parts[at] === null);
          const sumOf = (some: readonly number[]): number => some.reduce((all, count) => all + count, 0);
          const isSafe =
            hidden.length === 0 ||
            shown(sumOf(counts)) === null ||
            (hidden.length >= 2 && sumOf(hidden) >= FEWEST_SHOWN);
          expect(isSafe).toBe(true);
          expect(counts.every((count, at) => parts[at] === null || parts[at] === count)).toBe(true);
          expect(counts.every((count, at) => shown(count) !== null || parts[at] === null)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
