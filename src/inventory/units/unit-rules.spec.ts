import fc from 'fast-check';
import { amountOf, countIn, fitsUnit } from './unit-rules';

describe('a figure', () => {
  it('is said in the unit of its lot and in no other', () => {
    expect(countIn('DOSE', { doses: 10 })).toBe(10);
    expect(countIn('PIECE', { pieces: 10 })).toBe(10);
    expect(countIn('PIECE', { doses: 10 })).toBeNull();
    expect(countIn('DOSE', { doses: 10, pieces: 10 })).toBeNull();
    expect(countIn('DOSE', {})).toBeNull();
  });

  it('is told in its unit, so that doses and pieces do not add up to anything', () => {
    fc.assert(
      fc.property(fc.constantFrom('DOSE', 'PIECE'), fc.nat(), (unit, count) => {
        const { doses, pieces } = amountOf(unit, count);
        expect([doses * pieces, doses + pieces]).toEqual([0, count]);
        expect(countIn(unit, unit === 'DOSE' ? { doses } : { pieces })).toBe(count);
      }),
    );
  });
});

describe('a supply', () => {
  it('has no vial monitor and no shake test', () => {
    expect(fitsUnit('PIECE', { vvmStage: 1 })).toBe(false);
    expect(fitsUnit('PIECE', { reasons: ['SHAKE_TEST_FAILED'] })).toBe(false);
    expect(fitsUnit('PIECE', { reasons: ['BROKEN', null] })).toBe(true);
    expect(fitsUnit('DOSE', { vvmStage: 1, reasons: ['VVM_CHANGED'] })).toBe(true);
  });
});
