import { getIntrospectionQuery } from 'graphql';
import { LIMITS } from './limits';
import { isNestedTooDeep } from './nesting';

const nested = (levels: number): string => '{a'.repeat(levels) + '}'.repeat(levels);

describe('a document whose brackets are nested', () => {
  it('is served up to the limit', () => {
    expect([nested(LIMITS.nesting), nested(LIMITS.nesting + 1)].map(isNestedTooDeep)).toEqual([false, true]);
    expect(isNestedTooDeep('{ a(b: ' + '['.repeat(LIMITS.nesting + 1))).toBe(true);
    expect(isNestedTooDeep(getIntrospectionQuery())).toBe(false);
  });

  it.each([
    ['a text', (deep: string) => `{ a(b: "${deep}") }`],
    ['a text with a quote in it', (deep: string) => `{ a(b: "\\"${deep}") }`],
    ['a block', (deep: string) => `{ a(b: """ " "" \\""" ${deep} """) }`],
    ['a comment', (deep: string) => `{ a } # ${deep}`],
  ])('is not judged by those in %s', (_what, around) => {
    expect(isNestedTooDeep(around(nested(200)))).toBe(false);
    expect(isNestedTooDeep(around('') + nested(200))).toBe(_what !== 'a comment');
  });

  it('is looked at in one go, however long and broken it is', () => {
    for (const text of [
      '"'.repeat(200_000),
      '"""'.repeat(100_000),
      '\\"'.repeat(200_000),
      '"\\'.repeat(200_000),
    ])
      expect(isNestedTooDeep(text)).toBe(false);
  });
});
