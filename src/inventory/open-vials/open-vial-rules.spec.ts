import fc from 'fast-check';
import { outlivesSession, shareOut, useBy } from './open-vial-rules';

describe('an opened vial', () => {
  it('is used within the hours that its product says', () => {
    const opened = new Date('2026-03-01T08:00:00Z');

    expect(useBy(opened, 6, '2026-12-31', 'UTC')).toEqual(new Date('2026-03-01T14:00:00Z'));
    expect(useBy(opened, 28 * 24, '2026-12-31', 'UTC')).toEqual(new Date('2026-03-29T08:00:00Z'));
  });

  it('is not used after the last day of its lot, in the country’s own calendar', () => {
    const opened = new Date('2026-03-01T08:00:00Z');

    expect(useBy(opened, 28 * 24, '2026-03-05', 'Asia/Dhaka')).toEqual(new Date('2026-03-05T18:00:00Z'));
  });

  it('outlives its session only when it may be open for days', () => {
    expect(outlivesSession(6)).toBe(false);
    expect(outlivesSession(28 * 24)).toBe(true);
    expect(outlivesSession(null)).toBe(false);
  });
});

describe('what came back open', () => {
  it('lies in the vials that can be used longest', () => {
    const vials = [
      { id: 'new', doses: 10 },
      { id: 'old', doses: 10 },
    ];

    expect(shareOut(12, vials)).toEqual({
      left: new Map([
        ['new', 10],
        ['old', 2],
      ]),
      over: 0,
    });
  });

  it('is all of it somewhere', () => {
    const sizes = fc.array(fc.integer({ min: 2, max: 20 }), { maxLength: 6 });

    fc.assert(
      fc.property(sizes, fc.nat(100), (doses, returned) => {
        const { left, over } = shareOut(
          returned,
          doses.map((doses, index) => ({ id: `${index}`, doses })),
        );
        expect([...left.values()].reduce((sum, one) => sum + one, over)).toBe(returned);
      }),
    );
  });
});
