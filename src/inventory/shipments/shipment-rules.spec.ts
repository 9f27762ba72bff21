import fc from 'fast-check';
import type { LotAtFacility } from '../lot';
import { firstExpiredFirstOut } from './allocation-rules';
import { movesOf, receiptFaults } from './receipt-rules';

const now = new Date('2026-02-01T10:00:00Z');
const today = '2026-02-01';
const lot = (id: string, more: Partial<LotAtFacility> = {}): LotAtFacility => ({
  id,
  facilityId: 'store',
  productCode: 'product',
  lotNumber: id,
  manufacturer: '',
  expiresOn: '2026-12-31',
  gtin: null,
  doses: 100,
  firstReceivedOn: '2026-01-01',
  onHold: false,
  heldSince: null,
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
