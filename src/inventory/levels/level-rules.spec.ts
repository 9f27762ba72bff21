import fc from 'fast-check';
import { addTo } from '../../common';
import { alertsFor, atRiskOf, daysOfStock, dosesToAskFor, levelsFor } from './level-rules';

const today = '2026-02-01';
const inDays = (days: number): string => addTo(today, { months: 0, days });

describe('levels', () => {
  it('are what is used in the safety days, until more arrives, and until the next supply', () => {
    const rhythm = { safetyDays: 14, leadDays: 7, supplyDays: 30 };

    expect(levelsFor(3, rhythm, 1)).toEqual({ minDoses: 42, reorderDoses: 63, maxDoses: 132 });
    expect(levelsFor(3, rhythm, 10)).toEqual({ minDoses: 50, reorderDoses: 70, maxDoses: 140 });
  });

  it('are in their order and in whole vials, whatever is used', () => {
    const days = fc.nat(365);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 10_000, noNaN: true }),
        fc.record({ safetyDays: days, leadDays: days, supplyDays: days }),
        fc.integer({ min: 1, max: 20 }),
        (use, rhythm, vial) => {
          const { minDoses, reorderDoses, maxDoses } = levelsFor(use, rhythm, vial);
          expect(minDoses).toBeLessThanOrEqual(reorderDoses);
          expect(reorderDoses).toBeLessThanOrEqual(maxDoses);
          expect([minDoses % vial, reorderDoses % vial, maxDoses % vial]).toEqual([0, 0, 0]);
          expect(maxDoses).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('what to ask for', () => {
  const levels = { minDoses: 20, reorderDoses: 40, maxDoses: 100 };

  it.each([
    [{ usable: 41, onTheWay: 0 }, 0],
    [{ usable: 40, onTheWay: 0 }, 60],
    [{ usable: 10, onTheWay: 31 }, 0],
    [{ usable: 5, onTheWay: 10 }, 90], // 85 in vials of ten
    [{ usable: 0, onTheWay: 0 }, 100],
  ])('with %j is %d', (position, doses) => {
    expect(dosesToAskFor(position, levels, 10)).toBe(doses);
  });

  it('is for a person to say where no level was set', () => {
    expect(dosesToAskFor({ usable: 0, onTheWay: 0 }, null, 10)).toBeNull();
  });
});

describe('days of stock', () => {
  it('are nobody knows how many where nothing is used', () => {
    expect(daysOfStock(90, 3)).toBe(30);
    expect(daysOfStock(90, null)).toBeNull();
  });
});

describe('doses at risk', () => {
  it('are those that are not used up by their last day, which is near', () => {
    const lots = [
      { expiresOn: inDays(9), doses: 30 }, // ten days at 2: 20 are used
      { expiresOn: inDays(19), doses: 5 }, // the other ten days
      { expiresOn: inDays(40), doses: 1000 },
    ];

    expect(atRiskOf(lots, { dailyUse: 2, today, days: 30 })).toEqual({ doses: 10, expiresOn: inDays(9) });
  });

  it('are all that is near its day where nothing is used, and none that is in use', () => {
    const lots = [{ expiresOn: inDays(30), doses: 60 }];

    expect(atRiskOf(lots, { dailyUse: null, today, days: 30 }).doses).toBe(60);
    expect(atRiskOf(lots, { dailyUse: 2, today, days: 30 })).toEqual({ doses: 0, expiresOn: null });
    expect(atRiskOf(lots, { dailyUse: null, today, days: 29 }).doses).toBe(0);
  });
});

describe('alerts', () => {
  const levels = { minDoses: 20, reorderDoses: 40, maxDoses: 100 };
  const product = { usable: 50, atRisk: 0, dailyUse: 2, levels, active: true };

  it.each([
    [{}, []],
    [{ usable: 19 }, ['BELOW_MINIMUM']],
    [{ usable: 0 }, ['STOCK_OUT']],
    [{ usable: 0, levels: null }, ['STOCK_OUT']],
    [{ usable: 0, levels: null, dailyUse: null }, []],
    [{ usable: 0, active: false }, []],
    [{ usable: 10, atRisk: 10 }, ['BELOW_MINIMUM', 'NEAR_EXPIRY']],
    [{ atRisk: 1, active: false }, ['NEAR_EXPIRY']],
  ])('for %j are %j', (more, alerts) => {
    expect(alertsFor({ ...product, ...more })).toEqual(alerts);
  });
});
