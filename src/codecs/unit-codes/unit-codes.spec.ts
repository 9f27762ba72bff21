import fc from 'fast-check';
import { checkDigit } from '../gs1';
import { makeS10 } from '../s10';
import { unitCode } from './unit-codes';

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));

describe('the code of a unit', () => {
  it('is the same SSCC however it was read', () => {
    fc.assert(
      fc.property(digits(1), digits(7), digits(9), (extension, prefix, reference) => {
        const bare = `${extension}${prefix}${reference}`;
        const sscc = `${bare}${checkDigit(bare)}`;
        const code = { code: `00${sscc}` };
        expect(unitCode(sscc)).toEqual(code);
        expect(unitCode(`(00)${sscc}`)).toEqual(code);
        expect(unitCode(`]C100${sscc}`)).toEqual(code);
        expect(unitCode(`https://id.gs1.org/00/${sscc}`)).toEqual(code);
        expect(unitCode(`urn:epc:id:sscc:${prefix}.${extension}${reference}`)).toEqual(code);
      }),
    );
  });

  it('is no SSCC with any one digit wrong', () => {
    fc.assert(
      fc.property(
        digits(17),
        fc.integer({ min: 0, max: 17 }),
        fc.integer({ min: 1, max: 9 }),
        (bare, at, by) => {
          const right = `${bare}${checkDigit(bare)}`;
          const wrong = right.slice(0, at) + String((Number(right[at]) + by) % 10) + right.slice(at + 1);
          expect(unitCode(wrong)).toEqual({ fault: 'SSCC' });
        },
      ),
    );
  });

  it('is an S10 number with or without the spaces it is printed with', () => {
    const number = makeS10('RR', '12345678', 'SE');

    expect(unitCode(`${number.slice(0, 2).toLowerCase()} ${number.slice(2)}`)).toEqual({ code: number });
    expect(unitCode(`${number.slice(0, 10)}${(Number(number[10]) + 1) % 10}${number.slice(11)}`)).toEqual({
      fault: 'S10',
    });
  });

  it.each([
    [' bag-0007 ', { code: 'BAG-0007' }],
    ['no', { fault: 'CODE' }],
    ['two words', { fault: 'CODE' }],
    ['urn:epc:id:sgtin:0614141.107346.2017', { fault: 'SSCC' }],
    ['https://example.org/parcel', { fault: 'SSCC' }],
    ['x'.repeat(10_000), { fault: 'CODE' }],
  ])('of a label that is neither (%#) is its own, or none', (text, expected) => {
    expect(unitCode(text)).toEqual(expected);
  });
});
