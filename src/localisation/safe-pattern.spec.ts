import fc from 'fast-check';
import { cpuMsOf } from '../../test/harness/processor-time';
import { isSafePattern, wholePattern } from './safe-pattern';

describe('a pattern of a country pack', () => {
  it.each([
    '\\d{10}|\\d{13}|\\d{17}',
    '(?:19|20)\\d{15}',
    '[A-Z]{2}\\d{7}',
    '[A-Z][A-Z0-9]-\\d{3,4}-\\d{4}',
    'GHA\\d{10}',
  ])('may be %s', pattern => {
    expect(isSafePattern(pattern)).toBe(true);
  });

  it.each([
    '(a+)+$',
    '(?:a|a){30}',
    'a*',
    'a+',
    '(?=a)',
    '(a)\\1',
    '.*',
    '[^a]',
    'a{1,99}'.repeat(3),
    'a?'.repeat(7),
    '[Z-A]',
    'a{9,1}',
    '',
    '(?:(?:a))',
    '\\p{L}',
  ])('may not be %s', pattern => {
    expect(isSafePattern(pattern)).toBe(false);
  });

  it('matches the whole text or nothing', () => {
    expect(wholePattern('1|2').test('12')).toBe(false);
  });

  it('answers fast for the worst a pack may hold', async () => {
    const pattern = `${'a{0,99}'.repeat(2)}${'a?'.repeat(6)}`;
    const worst = `${'a'.repeat(63)}b`;

    expect(isSafePattern(pattern)).toBe(true);
    expect(await cpuMsOf(() => wholePattern(pattern).test(worst), 1_000)).toBeLessThan(1_000);
  });

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => typeof isSafePattern(text) === 'boolean'));
  });
});
