import fc from 'fast-check';
import { addTo } from '../../common';
import type { LotAtFacility } from '../lot';
import { firstExpiredFirstOut } from './allocation-rules';
import { isUnexplained, movesOf, receiptFaults } from './receipt-rules';

const now = new Date('2026-02-01T10:00:00Z');
const today = '2026-02-01';
const lot = (id: string, more: Partial<LotAtFacility> = {}): LotAtFacility => ({
  id,
  facilityId: 'store',
  productCode: 'product',
  unit: 'DOSE',
  lotNumber: id,
  manufacturer: '',
  expiresOn: '2026-12-31',
  gtin: null,
  doses: 100,
  firstReceivedOn: '2026-01-01',
  onHold: false,
  heldSince: null,
  vvmStage: null,
  openVials: [],
  ...more,
});

describe('what goes out', () => {
  it('is first what expires first', () => {
    const lots = [lot('late'), lot('soon', { expiresOn: '2026-03-01', doses: 30 })];

    expect(firstExpiredFirstOut(lots, 50, today, now)).toEqual({
      lots: [
        { lotId: 'soon', doses: 30 },
        { lotId: 'late', doses: 20 },
      ],
      short: 0,
    });
  });

  it('is vials whose monitor has begun to change before any others', () => {
    const lots = [lot('soon', { expiresOn: '2026-03-01' }), lot('changing', { vvmStage: 2, doses: 30 })];

    expect(firstExpiredFirstOut(lots, 50, today, now).lots).toEqual([
      { lotId: 'changing', doses: 30 },
      { lotId: 'soon', doses: 20 },
    ]);
  });

  it.each([
    ['expired', { expiresOn: '2026-01-31' }],
    ['on hold', { onHold: true }],
  ])('is nothing that is %s', (_, more) => {
    expect(firstExpiredFirstOut([lot('bad', more)], 10, today, now)).toEqual({ lots: [], short: 10 });
  });

  it('is nothing out of an opened vial', () => {
    const opened = lot('opened', { doses: 14, openVials: [{ doses: 4, useBy: '2026-02-10T00:00:00Z' }] });

    expect(firstExpiredFirstOut([opened], 14, today, now)).toEqual({
      lots: [{ lotId: 'opened', doses: 10 }],
      short: 4,
    });
  });
});

describe('what goes out of any shelf', () => {
  const days = fc.integer({ min: -20, max: 60 }).map(n => addTo(today, { months: 0, days: n }));
  const shelf = fc
    .array(
      fc.record({
        expiresOn: days,
        doses: fc.nat(100),
        onHold: fc.boolean(),
        firstReceivedOn: fc.constantFrom('2026-01-01', today, '2026-02-02'),
        open: fc.option(
          fc.record({
            doses: fc.integer({ min: 1, max: 9 }),
            useBy: fc.constantFrom('2026-01-30T00:00:00Z', '2026-02-09T00:00:00Z'),
          }),
          { nil: null },
        ),
      }),
      { maxLength: 8 },
    )
    .map(rows =>
      rows.map(({ open, doses, ...more }, index) =>
        lot(`lot-${index}`, { ...more, doses: doses + (open?.doses ?? 0), openVials: open ? [open] : [] }),
      ),
    );

  it('is never unfit, never opened, never out of turn, and all that was asked for when it is there', () => {
    fc.assert(
      fc.property(shelf, fc.integer({ min: 1, max: 400 }), (lots, asked) => {
        const { lots: chosen, short } = firstExpiredFirstOut(lots, asked, today, now);
        const taken = new Map(chosen.map(({ lotId, doses }) => [lotId, doses]));
        const free = (one: LotAtFacility): number =>
          one.doses - one.openVials.reduce((sum, { doses }) => sum + doses, 0);
        const fit = lots.filter(one => !one.onHold && one.expiresOn >= today && one.firstReceivedOn <= today);
        const total = [...taken.values()].reduce((sum, doses) => sum + doses, 0);

        expect(taken.size).toBe(chosen.length);
        expect([...taken.keys()].filter(id => !fit.some(one => one.id === id))).toEqual([]);
        expect(total + short).toBe(asked);
        expect(total).toBe(
          Math.min(
            asked,
            fit.reduce((sum, one) => sum + free(one), 0),
          ),
        );
        for (const one of fit) {
          expect(taken.get(one.id) ?? 0).toBeLessThanOrEqual(free(one));
          const later = fit.some(other => other.expiresOn > one.expiresOn && taken.has(other.id));
          expect(taken.get(one.id) ?? 0).toBeGreaterThanOrEqual(later ? free(one) : 0);
        }
      }),
    );
  });
});

describe('what arrives', () => {
  it('is accepted, rejected or short, less what was never sent', () => {
    const line = { lotId: 'a', accepted: 90, rejected: 5, short: 10, over: 5 };

    expect(receiptFaults([{ lotId: 'a', doses: 100 }], [line])).toEqual([]);
    expect(receiptFaults([{ lotId: 'a', doses: 100 }], [{ ...line, rejected: 4 }])).toEqual([
      { lotId: 'a', shipped: 100, difference: -1 },
    ]);
  });

  it('leaves out no lot that was sent, and names none that was not', () => {
    const line = { lotId: 'b', accepted: 1, rejected: 0, short: 0, over: 0 };

    expect(receiptFaults([{ lotId: 'a', doses: 100 }], [line]).map(({ lotId }) => lotId)).toEqual(['a', 'b']);
  });

  it('may be a lot of which nothing was sent, which is over altogether', () => {
    const line = { lotId: 'b', accepted: 4, rejected: 1, short: 0, over: 5 };
    const nothing = { lotId: 'b', accepted: 0, rejected: 0, short: 0, over: 0 };

    expect(receiptFaults([], [line])).toEqual([]);
    expect(receiptFaults([], [nothing])).toHaveLength(1);
    expect(movesOf(line, 0)).toEqual({ sender: [], receiver: [{ from: 'unknown', doses: 5 }], wasted: 1 });
  });

  it('has a reason for whatever is rejected, short or over', () => {
    const line = { lotId: 'a', accepted: 1, rejected: 0, short: 0, over: 0 };

    expect(isUnexplained(line)).toBe(false);
    expect(isUnexplained({ ...line, short: 1 })).toBe(true);
    expect(isUnexplained({ ...line, over: 1, overReason: 'UNKNOWN' })).toBe(false);
    expect(isUnexplained({ ...line, rejected: 1, shortReason: 'UNKNOWN' })).toBe(true);
  });

  it('creates and loses nothing', () => {
    const some = fc.nat(1000);

    fc.assert(
      fc.property(some, some, some, fc.nat(1000), (shipped, rejected, short, over) => {
        const accepted = shipped - rejected - short + over;
        const line = { lotId: 'a', accepted, rejected, short, over };
        fc.pre(accepted >= 0 && receiptFaults([{ lotId: 'a', doses: shipped }], [line]).length === 0);
        const { sender, receiver, wasted } = movesOf(line, shipped);
        const sum = (moves: { doses: number }[]) => moves.reduce((total, { doses }) => total + doses, 0);
        expect(sum(sender)).toBe(shipped);
        expect(sum(receiver) - wasted).toBe(accepted);
        expect(sender.find(({ to }) => to === 'outside')?.doses).toBe(
          receiver.find(({ from }) => from === 'outside')?.doses,
        );
      }),
    );
  });
});
