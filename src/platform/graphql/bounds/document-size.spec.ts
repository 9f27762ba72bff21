import { getIntrospectionQuery } from 'graphql';
import { LIMITS } from '../limits';
import { areTooMany, isTooDeep, isTooLarge } from './document-size';

const nested = (levels: number): string => '{a'.repeat(levels) + '}'.repeat(levels);

describe('a document whose brackets are nested', () => {
  it('is served up to the limit', () => {
    expect([nested(LIMITS.nesting), nested(LIMITS.nesting + 1)].map(isTooLarge)).toEqual([false, true]);
    expect(isTooLarge('{ a(b: ' + '['.repeat(LIMITS.nesting + 1))).toBe(true);
    expect(isTooLarge(getIntrospectionQuery())).toBe(false);
  });

  it.each([
    ['a text', (deep: string) => `{ a(b: "${deep}") }`],
    ['a text with a quote in it', (deep: string) => `{ a(b: "\\"${deep}") }`],
    ['a block', (deep: string) => `{ a(b: """ " "" \\""" ${deep} """) }`],
    ['a comment', (deep: string) => `{ a } # ${deep}`],
  ])('is not judged by those in %s', (_what, around) => {
    expect(isTooLarge(around(nested(200)))).toBe(false);
    expect(isTooLarge(around('') + nested(200))).toBe(_what !== 'a comment');
  });

  it('is looked at in one go, however long and broken it is', () => {
    for (const text of [
      `"${'\\"'.repeat(30_000)}`,
      `"""${'\\"""'.repeat(16_000)}`,
      '"\\'.repeat(30_000),
      '#'.repeat(60_000),
    ])
      expect(isTooLarge(text)).toBe(false);
    for (const part of ['"', '"""', '...']) expect(isTooLarge(part.repeat(15_000))).toBe(true);
  });
});

describe('a document', () => {
  it('that comes again is not looked through again, however many others were sent once', () => {
    const looks = jest.spyOn(String.prototype, 'matchAll');
    const looksAt = (text: string): number => {
      const before = looks.mock.calls.length;
      isTooLarge(text);
      return looks.mock.calls.length - before;
    };
    try {
      for (let index = 0; index < 600; index++) isTooLarge(`{ other${index} }`);

      expect([looksAt('{ hot }'), looksAt('{ hot }')]).toEqual([1, 0]);
    } finally {
      looks.mockRestore();
    }
  });

  const many = (count: number, text: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => text(index)).join(' ');

  it.each<[string, (count: number) => string, keyof typeof LIMITS]>([
    ['long', count => `{a ${','.repeat(count - 4)}}`, 'characters'],
    ['full of tokens', count => `{${many(count - 2, () => 'a')}}`, 'tokens'],
    ['full of aliases', count => `{a(b: {c: 1}) ${many(count, i => `a${i}: me`)}}`, 'aliases'],
    ['full of directives', count => `{a ${many(count, () => '@a(b: 1)')}}`, 'directives'],
    ['full of operations', count => many(count, i => `query q${i}($a: In = {b: 1}) {a}`), 'definitions'],
  ])('that is %s is served up to the limit', (_what, document, name) => {
    expect(isTooLarge(document(LIMITS[name]))).toBe(false);
    expect(isTooLarge(document(LIMITS[name] + 1))).toBe(true);
  });

  it('is not judged by what stands in a text', () => {
    expect(isTooLarge(`{ a(b: "${'@a: {'.repeat(1_000)}") }`)).toBe(false);
  });
});

describe('variables', () => {
  it('are taken up to so many, wherever they stand', () => {
    const rows = Array.from({ length: LIMITS.values / 50 }, () => Array.from({ length: 49 }, () => 'x'));

    expect(areTooMany({ rows: rows.slice(1) })).toBe(false);
    expect(areTooMany({ rows })).toBe(true);
    expect([undefined, null, '', 'a', 1, []].map(areTooMany)).toEqual(Array(6).fill(false));
  });

  it('are not followed deeper than brackets are', () => {
    const deep = JSON.parse('['.repeat(1_000_000) + ']'.repeat(1_000_000)) as unknown;

    expect(areTooMany({ deep })).toBe(true);
    expect(isTooDeep({ deep })).toBe(true);
    expect([undefined, null, 'a', [], { a: [1] }].map(isTooDeep)).toEqual(Array(5).fill(false));
  });
});
