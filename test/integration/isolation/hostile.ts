import fc from 'fast-check';
import type { Draws } from './draws';
import type { Operation } from './operations';
import { type Leaf, plainValue, type Variables, variablesFor } from './variables';

import { naughty } from './naughty';

const TEXTS = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\u0001\u001b[31m',
  `'; DROP TABLE person; --`,
  `" OR ""="`,
  `$1 \\x00 \\' E'\\\\'`,
  '%_\\',
  '{name, plural, one {#} other {',
  '{0} {{x}} }{ ${7*7} #{7*7}',
  '<script>alert(1)</script>&lt;',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  'file:///etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  '-1',
  '1e999',
  '9'.repeat(400),
  '\u202Eesrever\u202C \u200F\u0645\u0631\u062D\u0628\u0627',
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢',
  '👩‍👩‍👧‍👦🏳️‍🌈𝒳',
  '\uD800',
  'a\uDFFFb',
  '\uFFFE\uFEFF',
  'İıſKß',
  '=cmd|/c calc!A1',
  'a,b\n"c\r\n;d',
  'HC1:NCF',
  'HC1:' + 'A'.repeat(5_000),
  'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '0191B4C0-0000-7000-8000-00000000000G',
  'bm90IGEgY3Vyc29y',
  'eyJpZCI6bnVsbH0',
  '٣٤٥٦',
  '2024-02-30',
  '25:61',
  '-5 years',
  '999999999999 years',
  'en-'.repeat(50),
  'x-klingon',
  'a@b.'.repeat(100),
  ...naughty,
];
/** A word that stands in no statement of ours: where it is found in the text of one, a value got into the text. */
export const INJECTED = 'zq7injected';
/** What ends a text, a name, a number or a comment of SQL, what it goes on with, and how the rest is made harmless. */
const ENDS = [`'`, `"`, `\\'`, `$$`, `)`, `')`, '1', `*/`];
const BODIES = [
  `OR ${INJECTED} = ${INJECTED}`,
  `UNION SELECT ${INJECTED}`,
  `AND (SELECT pg_sleep(${INJECTED})) IS NULL`,
  `; DROP TABLE ${INJECTED}`,
  `||(SELECT ${INJECTED})||`,
  `, ${INJECTED}`,
  `::${INJECTED}`,
  `ORDER BY ${INJECTED}`,
  `RETURNING ${INJECTED}`,
];
const TAILS = ['', ' --', ` OR '`, ' /*'];
const INJECTIONS = ENDS.flatMap(end => BODIES.flatMap(body => TAILS.map(tail => `${end} ${body}${tail}`)));

/** Texts of every kind of character that fast-check makes: whole graphemes, and halves of characters. */
const made = (draws: Draws): string => {
  const unit = draws.one(['grapheme', 'binary', 'binary-ascii'] as const);
  return fc.sample(fc.string({ unit, maxLength: 60 }), { numRuns: 1, seed: draws.below(2 ** 31) })[0]!;
};
/** One megabyte, of one byte a character and of three. */
const HUGE = ['a'.repeat(1_000_000), 'क'.repeat(333_333)];
const DAYS = ['', '0000-00-00', '0001-01-01', '9999-12-31', '10000-01-01', '-0001-01-01', '2023-02-29', '2024-13-01', '2024-1-1',
  '2024-02-29T00:00:00Z', '20240229', 20240229, true, '٢٠٢٤-٠١-٠١', '2024-02-29\0', '2024-00', '2024-13', '0000', '9999', '1', ...HUGE.slice(0, 1)]; // prettier-ignore
const INSTANTS = ['', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2024-02-30T00:00:00Z', '2016-12-31T23:59:60Z',
  '2024-01-01T24:00:01Z', '2024-01-01T00:00:00+99:99', '2024-01-01', '2024-01-01T00:00:00.' + '9'.repeat(500) + 'Z', 0, 1e20]; // prettier-ignore
const NUMBERS = [
  -1,
  0,
  -2147483648,
  2147483647,
  2147483648,
  1e15,
  1e308,
  -1e308,
  5e-324,
  0.1,
  91,
  -181,
  '1',
  '',
  true,
  [],
];

/** What an attacker, or a broken client, puts where a value of this scalar belongs. */
export function hostileValue(leaf: Leaf, draws: Draws): unknown {
  if (draws.chance(0.04))
    return draws.one<unknown>([null, [], {}, [[[]]], { __proto__: { admin: true } }, { toString: 1 }]);
  switch (leaf.scalar) {
    case 'Int':
    case 'Float':
      return draws.one(NUMBERS);
    case 'Date':
    case 'BirthDate':
      return draws.one<unknown>(DAYS);
    case 'DateTime':
      return draws.one<unknown>(INSTANTS);
    case 'Boolean':
      return draws.one(['true', 0, 'yes', null]);
    default:
      if (draws.chance(0.25)) return draws.one(INJECTIONS);
      return draws.chance(0.25) ? made(draws) : draws.one(draws.chance(0.08) ? HUGE : TEXTS);
  }
}

/** Every place in an operation's variables where a value goes, optional ones too. */
export function leavesOf(operation: Operation): { leaves: Leaf[]; whole: Variables } {
  const leaves: Leaf[] = [];
  const whole = variablesFor(operation, leaf => {
    if (leaf.scalar !== 'Optional') leaves.push(leaf);
    return leaf.scalar === 'Enum' ? 0 : plainValue(leaf);
  });
  return { leaves, whole };
}

/** The variables with another value in one place; places on the way there that are missing are taken from `whole`. */
export function withValue(
  variables: Variables,
  whole: Variables,
  path: Leaf['path'],
  value: unknown,
): Variables {
  const changed = structuredClone(variables);
  let [at, from] = [changed as Record<string | number, unknown>, whole as Record<string | number, unknown>];
  for (const step of path.slice(0, -1)) {
    if (at[step] === null || typeof at[step] !== 'object') at[step] = structuredClone(from[step]);
    [at, from] = [at[step] as typeof at, from[step] as typeof from];
  }
  at[path.at(-1)!] = value;
  return changed;
}

/** The list that a place is in, two thousand times as long; null when it is in none. */
export function withLongList(variables: Variables, whole: Variables, path: Leaf['path']): Variables | null {
  const at = path.indexOf(0);
  if (at < 0) return null;
  const above = path.slice(0, at);
  const list = above.reduce<unknown>(
    (value, step) => (value as Record<string | number, unknown>)[step],
    whole,
  );
  return withValue(
    variables,
    whole,
    above,
    Array.from({ length: 2_000 }, () => (list as unknown[])[0]),
  );
}
