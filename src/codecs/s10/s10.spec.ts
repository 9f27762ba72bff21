import fc from 'fast-check';
import { makeS10, parseS10, printedS10 } from '.';

// names-a-country-throughout: an S10 number ends in the country of a real post
describe('A postal item number (UPU S10)', () => {
  test('is read as it is printed, in groups', () => {
    const read = parseS10('rr 4731 2482 9 ke');

    expect(read).toEqual({
      ok: true,
      item: expect.objectContaining({ number: 'RR473124829KE', kind: 'registered', country: 'KE' }),
    });
  });

  test.each([
    ['RR473124828KE', 'check-digit'],
    ['RR473124829XX', 'country'],
    ['RR4731248291E', 'country'],
    ['RR47312482O9KE', 'shape'],
    ['', 'shape'],
  ])('%s is refused: %s', (number, fault) => expect(parseS10(number)).toEqual({ ok: false, fault }));

  test('that we make is one that we read, and print in groups', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z]{2}$/), fc.stringMatching(/^[0-9]{8}$/), (service, serial) => {
        const read = parseS10(makeS10(service, serial, 'BD'));
        expect(read).toMatchObject({ ok: true, item: { service, serial } });
        expect(read.ok && parseS10(printedS10(read.item))).toEqual(read);
      }),
    );
  });

  test('has one check digit only: any other digit there is refused', () => {
    const others = [...'012345678'].map(digit => parseS10(`RR47312482${digit}KE`));

    expect(others).toEqual(Array(9).fill({ ok: false, fault: 'check-digit' }));
  });

  test('is asked of any text without harm', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
        expect(typeof parseS10(text).ok).toBe('boolean');
      }),
    );
  });

  test('is not made of anything else', () => {
    expect(() => makeS10('R', '47312482', 'KE')).toThrow(RangeError);
    expect(() => makeS10('RR', '4731248', 'KE')).toThrow(RangeError);
    expect(() => makeS10('RR', '47312482', 'XX')).toThrow(RangeError);
  });
});
