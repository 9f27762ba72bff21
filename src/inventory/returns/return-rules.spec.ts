import type { LotAtFacility } from '../lot';
import { isFit, returnExcess } from './return-rules';

const lot = (id: string, doses: number, opened = 0): LotAtFacility => ({
  id,
  facilityId: 'clinic',
  productCode: 'product',
  unit: 'DOSE',
  lotNumber: id,
  manufacturer: '',
  expiresOn: '2026-12-31',
  gtin: null,
  doses,
  firstReceivedOn: '2026-01-01',
  onHold: false,
  heldSince: null,
  vvmStage: null,
  openVials: opened > 0 ? [{ doses: opened, useBy: '2026-02-10T00:00:00Z' }] : [],
});
const came = [{ lotId: 'a', accepted: 50 }];

describe('what goes back', () => {
  it('is no more than came with that shipment, less what went back before', () => {
    expect(
      returnExcess([{ lotId: 'a', doses: 30 }], came, [{ lotId: 'a', doses: 20 }], [lot('a', 100)]),
    ).toEqual([]);
    expect(
      returnExcess([{ lotId: 'a', doses: 31 }], came, [{ lotId: 'a', doses: 20 }], [lot('a', 100)]),
    ).toEqual([{ lotId: 'a', returnable: 30 }]);
  });

  it('is no more than is there in vials that nobody has opened', () => {
    expect(returnExcess([{ lotId: 'a', doses: 17 }], came, [], [lot('a', 20, 4)])).toEqual([
      { lotId: 'a', returnable: 16 },
    ]);
  });

  it('is nothing of a lot that did not come with it', () => {
    expect(returnExcess([{ lotId: 'b', doses: 1 }], came, [], [lot('b', 20)])).toEqual([
      { lotId: 'b', returnable: 0 },
    ]);
  });

  it('may be given to others when it is too much or near its day, and for no other reason', () => {
    expect(
      (['EXCESS', 'NEAR_EXPIRY', 'EXPIRED', 'RECALLED', 'DAMAGED'] as const).filter(reason => isFit(reason)),
    ).toEqual(['EXCESS', 'NEAR_EXPIRY']);
  });
});
