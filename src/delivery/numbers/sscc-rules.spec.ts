import fc from 'fast-check';
import { parseElementString } from '../../codecs/gs1';
import { unitCode } from '../../codecs/unit-codes';
import { drawnBy, isCompanyPrefix, ssccOf, ssccsUnder } from './sscc-rules';

const prefixes = fc.stringMatching(/^\d{6,12}$/);

describe('an SSCC of our own', () => {
  it('is as in the GS1 General Specifications', () => {
    expect(ssccOf('0614141', 1_234_567_890)).toBe('00106141412345678908');
  });

  it('has its check digit, its prefix and its number, and is known as a unit is', () => {
    fc.assert(
      fc.property(
        prefixes,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (prefix, share) => {
          const number = Math.floor(share * ssccsUnder(prefix));
          const sscc = ssccOf(prefix, number);

          expect(parseElementString(`^${sscc}`)).toMatchObject({ ok: true });
          expect(unitCode(sscc)).toEqual({ code: sscc });
          expect(sscc.slice(3, 3 + prefix.length)).toBe(prefix);
          expect(Number(sscc[2]! + sscc.slice(3 + prefix.length, -1))).toBe(number);
        },
      ),
    );
  });

  it('is drawn by an id, within the numbers of the prefix', () => {
    fc.assert(
      fc.property(prefixes, fc.uuid(), (prefix, id) => {
        const drawn = drawnBy(id, ssccsUnder(prefix));

        expect(Number.isInteger(drawn) && drawn >= 0 && drawn < ssccsUnder(prefix)).toBe(true);
      }),
    );
  });

  it('is under a prefix of 6 to 12 digits', () => {
    expect(['12345', '123456', '123456789012', '1234567890123', '12345a'].map(isCompanyPrefix)).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
  });
});
