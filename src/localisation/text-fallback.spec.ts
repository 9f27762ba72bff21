import fc from 'fast-check';
import { negotiate, pickText } from './text-fallback';

describe('the languages a text is looked for in', () => {
  it.each([
    ['the one asked for, then the default', 'en', ['en', 'bn']],
    ['a narrower tag finds the wider language', 'en-GB', ['en', 'bn']],
    ['the better quality first', 'bn;q=0.3, en;q=0.9', ['en', 'bn']],
    ['one refused is not taken', 'en;q=0, bn', ['bn']],
    ['anything means the default', '*', ['bn']],
    ['no header means the default', undefined, ['bn']],
    ['a language not offered is passed over', 'fr, en;q=0.5', ['en', 'bn']],
    ['letter case plays no part', 'EN', ['en', 'bn']],
    ['nonsense means the default', ';;;,q=, en;q=7', ['bn']],
  ])('%s', (_, header, chain) => {
    expect(negotiate(header, ['bn', 'en'], 'bn')).toEqual(chain);
  });

  it('are followed by their own fallbacks', () => {
    expect(negotiate('qu', ['es', 'qu', 'en'], 'en', { qu: ['es'] })).toEqual(['qu', 'es', 'en']);
  });

  it('come to an end when fallbacks go in a circle', () => {
    expect(negotiate('a', ['aa', 'bb'], 'aa', { aa: ['bb'], bb: ['aa'] })).toEqual(['aa', 'bb']);
  });

  it('a script subtag does not match across a single letter (RFC 4647, 3.4)', () => {
    expect(negotiate('zh-Hant-x-private', ['zh-Hant', 'en'], 'en')).toEqual(['zh-Hant', 'en']);
  });

  it('always end with the default, whatever the header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), header => {
        const chain = negotiate(header, ['bn', 'en'], 'bn');
        return chain.includes('bn') && new Set(chain).size === chain.length;
      }),
    );
  });
});

describe('picking a text', () => {
  it('takes the first language that has one', () => {
    expect(pickText({ en: 'Measles', fr: 'Rougeole' }, ['bn', 'fr', 'en'])).toBe('Rougeole');
  });

  it('takes an empty text for none', () => {
    expect(pickText({ bn: '', en: 'Measles' }, ['bn', 'en'])).toBe('Measles');
  });

  it('has no text where no language of the chain has one', () => {
    expect(pickText({ fr: 'Rougeole' }, ['toString', 'en'])).toBeUndefined();
  });
});
