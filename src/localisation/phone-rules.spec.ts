// names-a-country-throughout: numbering plans exist only for real countries
import fc from 'fast-check';
import { normalisePhone, type PhoneRule } from './phone-rules';

const rule: PhoneRule = {
  region: 'BD',
  allowedTypes: ['MOBILE', 'FIXED_LINE_OR_MOBILE'],
  allowForeign: false,
};

describe('a phone number', () => {
  it.each(['01712-345678', '+880 1712 345678', '০১৭১২৩৪৫৬৭৮', '00880 1712345678'])(
    'written %s is one number',
    text => {
      expect(normalisePhone(rule, text)).toEqual({ ok: true, e164: '+8801712345678' });
    },
  );

  it('of a country where mobiles have their own prefix is read as people write it', () => {
    const argentine: PhoneRule = {
      region: 'AR',
      allowedTypes: ['MOBILE', 'FIXED_LINE_OR_MOBILE'],
      allowForeign: false,
    };

    expect(normalisePhone(argentine, '011 15 2345-6789')).toEqual({ ok: true, e164: '+5491123456789' });
  });

  it('of another country is taken only where the rule says so', () => {
    expect(normalisePhone(rule, '+233 24 123 4567')).toEqual({ ok: false, code: 'foreign-number' });
    expect(normalisePhone({ ...rule, allowForeign: true }, '+233 24 123 4567').ok).toBe(true);
  });

  it('of a kind that gets no messages is turned down', () => {
    expect(normalisePhone(rule, '02-55667788')).toEqual({ ok: false, code: 'type-not-allowed' });
  });

  it.each(['', '12', 'call me 01712345678', '01712345678 ext. 5', '+0'])('is not %j', text => {
    expect(normalisePhone(rule, text)).toEqual({ ok: false, code: 'not-a-phone-number' });
  });

  it('never makes the reader throw, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        text => typeof normalisePhone(rule, text).ok === 'boolean',
      ),
    );
  });
});
