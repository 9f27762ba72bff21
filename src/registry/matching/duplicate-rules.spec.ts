import fc from 'fast-check';
import type { BirthDate } from '../birth-date-rules';
import { DEFAULT_WEIGHTS, isLikelySame, type MatchFacts, matchKeys, matchScore } from './duplicate-rules';

const born = (date: string, precision: BirthDate['precision'] = 'day'): BirthDate => ({ date, precision });
const someone = (more: Partial<MatchFacts> = {}): MatchFacts => ({
  name: 'Rokeya Sultana',
  birth: born('1992-07-14'),
  sex: 'female',
  areaId: null,
  identifiers: new Map(),
  phones: [],
  ...more,
});
const isSame = (one: Partial<MatchFacts>, other: Partial<MatchFacts>): boolean =>
  isLikelySame(someone(one), someone(other), DEFAULT_WEIGHTS);

describe('two records are likely one person', () => {
  test.each<[string, Partial<MatchFacts>, Partial<MatchFacts>]>([
    ['who gave the same facts', {}, {}],
    ['who gave her names in another order', { name: 'Sultana Rokeya' }, {}],
    ['whose name was written in another script', { name: 'রোকেয়া সুলতানা' }, {}],
    ['whose name was spelt a little differently', { name: 'Rokeya Sultaana' }, {}],
    ['whose first name was abbreviated', { name: 'Md Karim' }, { name: 'Mohammad Karim' }],
    ['whose sex was not recorded once', { sex: 'unknown' }, {}],
    ['whose day and month were exchanged', { birth: born('1992-05-04') }, { birth: born('1992-04-05') }],
    [
      'of whom only the year is known, at the same phone',
      { birth: born('1992-01-01', 'year'), phones: ['aa'] },
      { phones: ['aa'] },
    ],
    [
      'with the same identifier, whatever else was written',
      {
        identifiers: new Map([['nid', 'ff']]),
        name: 'Somebody Else',
        birth: born('1950-01-01'),
        sex: 'male',
      },
      { identifiers: new Map([['nid', 'ff']]) },
    ],
  ])('%s', (_, one, other) => {
    expect(isSame(one, other)).toBe(true);
  });
});

describe('two records are not taken for one person', () => {
  test.each<[string, Partial<MatchFacts>, Partial<MatchFacts>]>([
    ['born on one day under other names', { name: 'Tahmina Begum' }, {}],
    ['of one name and other years', { birth: born('1971-07-14') }, {}],
    ['of one name when only the year is known', { birth: born('1992-01-01', 'year') }, {}],
    [
      'of one name and day and another sex and number',
      { sex: 'male', identifiers: new Map([['nid', 'aa']]) },
      { identifiers: new Map([['nid', 'bb']]) },
    ],
    ['a mother and daughter at one phone', { birth: born('2020-02-02'), phones: ['aa'] }, { phones: ['aa'] }],
  ])('%s', (_, one, other) => {
    expect(isSame(one, other)).toBe(false);
  });
});

const facts = fc.record({
  name: fc.constantFrom('Rokeya Sultana', 'Rokeya', 'রোকেয়া সুলতানা', 'José Núñez', 'Άννα', '王秀英', 'Ngozi'),
  birth: fc.constantFrom(
    born('1992-07-14'),
    born('1992-07-01', 'month'),
    born('1992-01-01', 'year'),
    born('2001-01-01'),
  ),
  sex: fc.constantFrom('female', 'male', 'unknown'),
  areaId: fc.constantFrom(null, 'a', 'b'),
  identifiers: fc.constantFrom(new Map<string, string>(), new Map([['nid', 'aa']]), new Map([['nid', 'bb']])),
  phones: fc.constantFrom([], ['aa'], ['bb']),
});

test('the sum does not depend on which record came first', () => {
  fc.assert(
    fc.property(facts, facts, (one, other) => {
      expect(matchScore(one, other, DEFAULT_WEIGHTS)).toBeCloseTo(
        matchScore(other, one, DEFAULT_WEIGHTS),
        10,
      );
    }),
  );
});

test('a fact that is missing lowers the sum that can be reached, and decides nothing by itself', () => {
  fc.assert(
    fc.property(facts, one => {
      const silent = { ...one, sex: 'unknown', areaId: null, identifiers: new Map(), phones: [] };
      const self = matchScore(
        { ...one, identifiers: new Map() },
        { ...one, identifiers: new Map() },
        DEFAULT_WEIGHTS,
      );
      expect(matchScore(one, silent, DEFAULT_WEIGHTS)).toBeLessThanOrEqual(self);
    }),
  );
});

test('records of one person share a key to be found under, whatever script the name is in', () => {
  const latin = matchKeys(someone());
  const bengali = matchKeys(someone({ name: 'রোকেয়া সুলতানা' }));
  expect(bengali.filter(key => latin.includes(key))).not.toEqual([]);
});
