import fc from 'fast-check';
import { asFit, differenceOf, postingsOf, sumOf, toSetApart } from './stocktake-rules';

describe('a count against the book', () => {
  it('finds what is more and loses what is less, the unfit counted as there', () => {
    expect(differenceOf({ doses: 90, unfit: { BROKEN: 10 } }, { book: 100, late: 0 })).toBe(0);
    expect(differenceOf({ doses: 90, unfit: {} }, { book: 100, late: 0 })).toBe(-10);
    expect(differenceOf({ doses: 103, unfit: {} }, { book: 100, late: 0 })).toBe(3);
  });

  it('is against what is known now of the time of the count', () => {
    expect(differenceOf({ doses: 98, unfit: {} }, { book: 100, late: -2 })).toBe(0);
  });

  it('counts nothing as fit that had expired by then', () => {
    expect(asFit({ doses: 5, unfit: { BROKEN: 1 } }, '2026-01-31', '2026-02-01')).toEqual({
      doses: 0,
      unfit: { BROKEN: 1, EXPIRED: 5 },
    });
    expect(asFit({ doses: 5, unfit: {} }, '2026-02-01', '2026-02-01')).toEqual({ doses: 5, unfit: {} });
  });
});

describe('an approved count', () => {
  const count = fc.record({
    doses: fc.nat(100),
    unfit: fc.dictionary(
      fc.constantFrom('EXPIRED', 'VVM_CHANGED', 'BROKEN'),
      fc.integer({ min: 1, max: 20 }),
    ),
    book: fc.nat(150),
  });

  it('leaves on the shelf what was counted as fit, and wastes exactly what was unfit', () => {
    fc.assert(
      fc.property(count, ({ doses, unfit, book }) => {
        const apart = toSetApart(unfit, book);
        const difference = differenceOf({ doses, unfit }, { book, late: 0 });

        const moves = postingsOf({ doses, unfit }, apart, { difference, reason: 'UNEXPLAINED' });

        const net = (account: string) =>
          moves.reduce(
            (sum, { from, to, doses }) => sum + (to === account ? doses : 0) - (from === account ? doses : 0),
            0,
          );
        expect(book - sumOf(apart) + net('on-hand')).toBe(doses);
        expect(net('wasted')).toBe(sumOf(unfit));
        expect(net('set-apart') + sumOf(apart)).toBe(0);
        expect(moves.every(move => move.doses > 0)).toBe(true);
      }),
    );
  });
});
