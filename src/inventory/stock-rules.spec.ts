import type { LotAtFacility } from './lot';
import { isGtin, refusalToDraw, stateOf } from './stock-rules';

const lot: LotAtFacility = {
  id: 'lot-1',
  facilityId: 'facility-1',
  productCode: 'product-1',
  unit: 'DOSE',
  lotNumber: 'A1',
  manufacturer: '',
  expiresOn: '2026-06-30',
  gtin: null,
  doses: 3,
  firstReceivedOn: '2026-01-10',
  onHold: false,
  heldSince: null,
  vvmStage: null,
  openVials: [],
};
const now = new Date('2026-02-01T10:00:00Z');

describe('drawing doses from a lot', () => {
  it('is possible while enough of them lie at the facility', () => {
    expect(refusalToDraw(lot, 3, '2026-02-01', now)).toBeNull();
    expect(refusalToDraw(lot, 4, '2026-02-01', now)).toBe('not-in-stock');
  });

  it('is refused for a lot that never was there', () => {
    expect(refusalToDraw(null, 1, '2026-02-01', now)).toBe('not-in-stock');
  });

  it('is refused for a day before the facility had it', () => {
    expect(refusalToDraw(lot, 1, '2026-01-09', now)).toBe('not-in-stock');
    expect(refusalToDraw(lot, 1, '2026-01-10', now)).toBeNull();
  });

  it('is possible on the last day of the lot and refused on the next', () => {
    expect(refusalToDraw(lot, 1, '2026-06-30', now)).toBeNull();
    expect(refusalToDraw(lot, 1, '2026-07-01', now)).toBe('expired');
  });

  it('is not of what is left in a vial whose time is over', () => {
    const opened = (useBy: string) => ({ ...lot, openVials: [{ doses: 2, useBy }] });

    expect(refusalToDraw(opened('2026-02-01T10:00:01Z'), 3, '2026-02-01', now)).toBeNull();
    expect(refusalToDraw(opened('2026-02-01T10:00:00Z'), 1, '2026-02-01', now)).toBeNull();
    expect(refusalToDraw(opened('2026-02-01T10:00:00Z'), 2, '2026-02-01', now)).toBe('not-in-stock');
  });

  it('names the hold first, even when the lot is expired and empty', () => {
    expect(refusalToDraw({ ...lot, onHold: true, doses: 0 }, 1, '2027-01-01', now)).toBe('on-hold');
  });
});

describe('the state of a lot on the shelf', () => {
  it('is available through its last day', () => {
    expect(stateOf(lot, '2026-06-30')).toBe('AVAILABLE');
    expect(stateOf(lot, '2026-07-01')).toBe('EXPIRED');
  });

  it('is on hold before anything else', () => {
    expect(stateOf({ ...lot, onHold: true }, '2027-01-01')).toBe('ON_HOLD');
  });
});

describe('a GTIN', () => {
  it('has 14 digits of which the last is the check digit', () => {
    expect(isGtin('00614141999996')).toBe(true);
    expect(isGtin('00614141999997')).toBe(false);
    expect(isGtin('614141999996')).toBe(false);
    expect(isGtin('0061414199999A')).toBe(false);
  });
});
