import fc from 'fast-check';
import {
  balanceOf,
  keepsWhatMustGo,
  type LineRecords,
  lossesToEnter,
  totalOf,
  wastageRate,
} from './close-out-rules';

const REASONS = ['BROKEN', 'OPEN_VIAL_DISCARDED'];
const records: LineRecords = {
  lotId: 'lot-1',
  dosesPerVial: 10,
  openVialHours: 6,
  brought: 0,
  opened: 20,
  given: 17,
  wasted: {},
  lost: 0,
};
const count = (vialsOpened: number, discarded: number, returnedOpen = 0) => ({
  lotId: 'lot-1',
  vialsOpened,
  wasted: [{ reason: 'OPEN_VIAL_DISCARDED', doses: discarded }],
  returnedOpen,
});

describe('the count of a session', () => {
  it('ties out when what was opened was given or wasted', () => {
    expect(balanceOf(records, count(2, 3), REASONS).difference).toBe(0);
  });

  it('says how many doses are missing, or were given without a vial', () => {
    expect(balanceOf(records, count(2, 1), REASONS).difference).toBe(2);
    expect(balanceOf(records, count(1, 3), REASONS).difference).toBe(-10);
  });

  it('counts what was brought open, and what goes back', () => {
    const kept = { ...records, openVialHours: 672, brought: 4 };

    expect(balanceOf(kept, count(2, 0, 7), REASONS).difference).toBe(0);
  });

  it('takes vials of one dose as opened for each dose', () => {
    const single = { ...records, dosesPerVial: 1, openVialHours: null, opened: 0, wasted: { BROKEN: 1 } };

    expect(balanceOf(single, null, REASONS)).toMatchObject({ vialsOpened: 18, difference: 0 });
  });

  it('does not tie out when doses of a shared vial were given and nobody counted', () => {
    expect(balanceOf(records, null, REASONS).difference).toBe(3);
  });

  it('leaves the doses of voided entries as they were written off', () => {
    const voided = { ...records, given: 16, wasted: { WRONG_PERSON: 1, BROKEN: 2 } };

    expect(balanceOf(voided, count(2, 3), REASONS).wasted).toEqual({
      WRONG_PERSON: 1,
      OPEN_VIAL_DISCARDED: 3,
    });
  });

  it('keeps no opened vial that must be discarded with its session', () => {
    expect(keepsWhatMustGo(records, balanceOf(records, count(2, 0, 3), REASONS))).toBe(true);
    expect(
      keepsWhatMustGo({ ...records, openVialHours: 672 }, balanceOf(records, count(2, 0, 3), REASONS)),
    ).toBe(false);
  });

  it('enters what the ledger lacks and takes back what it has too many, however often it is made', () => {
    const doses = fc.nat(50);
    const losses = fc.record({ BROKEN: doses, OPEN_VIAL_DISCARDED: doses }, { requiredKeys: [] });

    fc.assert(
      fc.property(
        losses,
        doses,
        losses,
        fc.integer({ min: -50, max: 50 }),
        (was, lost, wasted, difference) => {
          const entered = lossesToEnter({ wasted: was, lost }, { wasted, difference });
          const sum = entered.reduce((total, { doses }) => total + doses, 0);
          expect(totalOf(was) + lost + sum).toBe(totalOf(wasted) + Math.max(0, difference));
          const now = { wasted, lost: Math.max(0, difference) };
          expect(lossesToEnter(now, { wasted, difference })).toEqual([]);
        },
      ),
    );
  });

  it('has a rate of wastage only when something was opened', () => {
    expect(wastageRate({ given: 17, wasted: { BROKEN: 3 }, lost: 0 })).toBeCloseTo(0.15);
    expect(wastageRate({ given: 0, wasted: {}, lost: 0 })).toBeNull();
  });
});
