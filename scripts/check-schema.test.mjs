import assert from 'node:assert/strict';
import { test } from 'node:test';
import { breaking, undatedDeprecations, undescribed } from './check-schema.mjs';

const described = `
type Query {
  "A dose by its id."
  dose("The id." id: ID!): Dose
}
"A dose given."
type Dose {
  "Its lot."
  lot: String!
  "Why."
  reason: Reason @deprecated(reason: "use lot; gone from 2030-01-01")
}
"Why not."
enum Reason {
  "Too early."
  EARLY
}
"What to record."
input DoseInput {
  "The lot."
  lot: String!
}`;

test('a schema in which everything is described has no fault', () => {
  assert.deepEqual(undescribed(described), []);
  assert.deepEqual(undatedDeprecations(described), []);
  assert.deepEqual(breaking(described, described), []);
});

for (const [line, name] of [
  ['"A dose given."', 'Dose'],
  ['"Its lot."', 'Dose.lot'],
  ['"The id."', 'Query.dose(id:)'],
  ['"Too early."', 'Reason.EARLY'],
  ['"The lot."', 'DoseInput.lot'],
])
  test(`${name} without its description is found`, () => {
    assert.deepEqual(undescribed(described.replace(line, '')), [name]);
  });

test('a deprecation without a date is found', () => {
  assert.deepEqual(undatedDeprecations(described.replace(' from 2030-01-01', '')), ['Dose.reason']);
});

for (const [what, before, after] of [
  ['a field taken away', 'lot: String!\n  "Why."', 'batch: String!\n  "Why."'],
  ['a field that may now be null', 'lot: String!\n  "Why."', 'lot: String\n  "Why."'],
  ['an input field now required', '"The lot."', '"Now needed." day: String! "The lot."'],
  ['an enum value taken away', 'EARLY', 'LATE'],
])
  test(`${what} breaks integrators`, () => {
    assert.equal(breaking(described, described.replace(before, after)).length, 1);
  });
