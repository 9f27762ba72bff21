import fc from 'fast-check';
import { checkDigit, newPersonCode, readPersonCode, showPersonCode } from './person-code-rules';

test('a new code can be read back as it is printed', () => {
  const code = newPersonCode();
  expect(showPersonCode(code)).toMatch(/^\d{4} \d{4} \d{4}$/);
  expect(readPersonCode(showPersonCode(code))).toBe(code);
});

test('the check digit is that of ISO 7064 MOD 11,10', () => {
  expect(checkDigit('0794')).toBe('5'); // the standard's own example
});

test('one wrong digit is always noticed', () => {
  fc.assert(
    fc.property(fc.nat(11), fc.integer({ min: 1, max: 9 }), (at, by) => {
      const code = newPersonCode();
      const wrong = code.slice(0, at) + String((Number(code[at]) + by) % 10) + code.slice(at + 1);
      expect(readPersonCode(wrong)).toBeNull();
    }),
  );
});
