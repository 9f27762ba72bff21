import fc from 'fast-check';
import { checkIdentifier, maskIdentifier, type CheckRule, type IdentifierType } from './identifier-rules';

const type = (pattern: string, check: CheckRule | null = null, separators = ' .-'): IdentifierType => ({
  code: 'card',
  name: { en: 'Card' },
  system: 'urn:example:card',
  separators,
  pattern,
  check,
  example: '1',
  mask: { start: 1, end: 3 },
});
const weighted: CheckRule = {
  rule: 'weighted-modulus',
  modulus: 11,
  weights: [5, 4, 3, 2, 7, 6, 5, 4, 3, 2],
  complement: true,
  symbols: '0123456789',
};

describe('checking an identifier', () => {
  it('drops the separators people write', () => {
    expect(checkIdentifier(type('\\d{8}'), ' 12.345-678 ')).toEqual({ ok: true, normalised: '12345678' });
  });

  it('takes the digits of any script', () => {
    expect(checkIdentifier(type('\\d{10}'), '১২৩৪৫৬৭৮৯০')).toEqual({ ok: true, normalised: '1234567890' });
  });

  it('turns down what does not have the form', () => {
    expect(checkIdentifier(type('\\d{8}'), '1234567')).toEqual({ ok: false, code: 'wrong-form' });
  });

  it('turns down what is too long to be looked at', () => {
    expect(checkIdentifier(type('\\d{8}'), '1'.repeat(65))).toEqual({ ok: false, code: 'too-long' });
  });

  it.each([
    ['Luhn', type('\\d{11}', { rule: 'luhn' }), '79927398713'],
    ['Verhoeff', type('\\d{4}', { rule: 'verhoeff' }), '2363'],
    ['MOD 97-10', type('\\d{28}', { rule: 'mod97-10' }), '3214282912345698765432161182'],
    ['a weighted sum', type('\\d{11}', weighted), '20-12345678-6'],
    ['a weighted sum, of a number a digit shorter', type('\\d{10}', weighted), '123.456.789-2'],
  ])('knows the check digit by %s', (_, rule, value) => {
    expect(checkIdentifier(rule, value).ok).toBe(true);
  });

  it.each([
    ['luhn', type('\\d{11}', { rule: 'luhn' }), '79927398713'],
    ['verhoeff', type('\\d{4}', { rule: 'verhoeff' }), '2363'],
    ['weighted', type('\\d{11}', weighted), '20123456786'],
  ])('notices any one wrong digit (%s)', (_, rule, right) => {
    fc.assert(
      fc.property(fc.nat(right.length - 1), fc.integer({ min: 1, max: 9 }), (place, shift) => {
        const wrong = String((Number(right[place]) + shift) % 10);
        const checked = checkIdentifier(rule, right.slice(0, place) + wrong + right.slice(place + 1));
        return !checked.ok && checked.code === 'wrong-check-digit';
      }),
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), text => {
        const checked = checkIdentifier(type('[A-Z]{2}\\d{7}', weighted), text);
        return checked.ok === false;
      }),
    );
  });
});

describe('masking an identifier', () => {
  it('shows the ends and hides the middle', () => {
    expect(maskIdentifier(type('\\d{10}'), '1234567890')).toBe('1••••••890');
  });

  it('shows nothing of one too short to hide half', () => {
    expect(maskIdentifier(type('\\d{7}'), '1234567')).toBe('•••••••');
  });
});
