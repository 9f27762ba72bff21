import type { PriorityGroup } from '../../../programmes';
import { rankOf } from './priority-rules';

const group = (code: string, order: number, anyOf: PriorityGroup['anyOf']): PriorityGroup => ({
  code,
  order,
  anyOf,
  name: {},
  source: 's',
});
const groups = [
  group('pregnant', 1, [{ observation: 'pregnant', sex: 'female' }]),
  group('old', 2, [{ beginAge: '60 years' }]),
  group('small', 3, [{ endAge: '5 years' }]),
];
const on = '2099-06-01';
const born = (day: string): { earliest: string; latest: string } => ({ earliest: day, latest: day });

test('an age is seen in the record', () => {
  const who = { born: born('2039-06-01'), sex: 'male', attested: [] };
  expect(rankOf(groups, who, on)).toBe(2);
  expect(rankOf(groups, { ...who, born: born('2039-06-02') }, on)).toBeNull();
});

test('a condition counts when staff attest it, and only with what the record must say besides', () => {
  const who = { born: born('2070-01-01'), sex: 'female', attested: [] as string[] };
  expect(rankOf(groups, who, on)).toBeNull();
  expect(rankOf(groups, { ...who, attested: ['pregnant'] }, on)).toBe(1);
  expect(rankOf(groups, { ...who, sex: 'male', attested: ['pregnant'] }, on)).toBeNull();
});

test('a group that is by age cannot be attested to somebody of another age', () => {
  const who = { born: born('2070-01-01'), sex: 'female', attested: ['old'] };
  expect(rankOf(groups, who, on)).toBeNull();
});

test('of several groups the first one counts, and a birth date known by the year excludes nobody', () => {
  const year = { earliest: '2039-01-01', latest: '2039-12-31' };
  expect(rankOf(groups, { born: year, sex: 'female', attested: ['pregnant'] }, on)).toBe(1);
  expect(rankOf(groups, { born: year, sex: 'female', attested: [] }, on)).toBe(2);
});
