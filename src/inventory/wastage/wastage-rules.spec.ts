import { wastageOf } from './wastage-rules';

describe('wastage', () => {
  it('is what was wasted of all that was wasted or given, out of opened vials and others', () => {
    const rows = [
      { fate: 'GIVEN', reason: 'GIVEN', doses: 80 },
      { fate: 'OPENED', reason: 'OPEN_VIAL_DISCARDED', doses: 15 },
      { fate: 'OPENED', reason: 'BROKEN', doses: 5 },
      { fate: 'UNOPENED', reason: 'BROKEN', doses: 10 },
      { fate: 'UNOPENED', reason: 'EXPIRED', doses: 50 },
    ] as const;

    expect(wastageOf(rows)).toEqual({
      given: 80,
      opened: 20,
      unopened: 60,
      rate: 0.5,
      openedRate: 0.2,
      unopenedRate: 0.375,
      reasons: [
        { reason: 'BROKEN', opened: 5, unopened: 10 },
        { reason: 'EXPIRED', opened: 0, unopened: 50 },
        { reason: 'OPEN_VIAL_DISCARDED', opened: 15, unopened: 0 },
      ],
    });
  });

  it('has no rate where nothing was used', () => {
    expect(wastageOf([])).toMatchObject({ rate: null, openedRate: null, unopenedRate: null, reasons: [] });
  });
});
