import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { checker, vocabulary } from './check-countries.mjs';

/** One made-up pack beside the words that ICU knows. */
function words(t) {
  const root = mkdtempSync(join(tmpdir(), 'packs-'));
  t.after(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, 'countries/xa'), { recursive: true });
  mkdirSync(join(root, 'locales/bn'), { recursive: true });
  const pack = { country: 'XA', alpha3: 'XAA', name: { bn: 'নতুন দেশ' }, languages: [{ code: 'fil' }] };
  writeFileSync(join(root, 'countries/xa/pack.json'), JSON.stringify(pack));
  writeFileSync(join(root, 'countries/xa/products.csv'), 'code,brand\nmmr-10,Madeupvax\n');
  return vocabulary(root);
}

const FAULTY = [
  ['a country by name', `const title = 'Programme of Bangladesh';`],
  ['a country in a template', 'const title = `Programme of ${x} in Côte d’Ivoire`;'],
  ['a country in a comment', `// only in Ghana`],
  ['a country in an identifier', `const argentinaRules = [];`],
  ['a country in a constant', `const SOUTH_AFRICA_AREAS = [];`],
  ['a country by its code', `if (country === 'GH') stop();`],
  ['a country that has a pack', `const first = 'xa';`],
  ['a country by its code of three letters', `const first = 'XAA';`],
  ['a country by its own name', `const title = 'নতুন দেশ টিকাদান';`],
  ['a time zone', `const zone = 'Asia/Dhaka';`],
  ['a currency by its code', `const price = { unit: 'BDT' };`],
  ['a currency by its symbol', `const price = '৳ 20';`],
  ['a currency by name', `const unit = 'Ghanaian Cedi';`],
  ['a phone prefix', `const prefix = '+880';`],
  ['a phone number', `const phone = '+8801712345678';`],
  ['a phone number of a one-digit code', `const phone = '+12025550123';`],
  ['a phone rule', `const rule = /^\\+233\\d{9}$/;`],
  ['a brand known everywhere', `const product = 'Covishield';`],
  ['a brand that a pack names', `const product = 'Madeupvax';`],
  ['a language by its code', `const fallback = 'bn';`],
  ['a language of a pack', `const fallback = 'fil';`],
  ['a language with its region', `const locale = 'pt-BR';`],
  ['a language by name', `const label = 'in Bangla and Filipino';`],
  ['an excuse that excuses nothing', `// names-a-country: cites the source of the rule\nconst x = 1;`],
  ['an excuse without a reason', `const first = 'xa'; // names-a-country: yes`],
];

const SOUND = [
  [
    'words of SQL and code',
    `const sql = 'select id from dose where x in (1) and y is not null'; const id = 'id';`,
  ],
  ['an addition', 'const sql = `update x set version = version +1, n = ${n} +10`;'],
  ['an offset from UTC', `const at = '2026-01-01T00:00:00+05:30';`],
  ['an unassigned phone number', `const phone = '+99912345';`],
  ['two capitals that are no country here', `const kinds = ['AI', 'ID', 'NO'];`],
  ['an enum value that is also a currency', `const scope = 'ALL';`],
  ['a package of a script', `import font from '@fonts/noto-sans-bengali';`],
  ['a made-up country', `const country = 'XB';`],
  ['an excuse with its reason', `const first = 'xa'; // names-a-country: the sandbox opens with it`],
  ['a name inside a longer word', `const omanic = 'Indiana Chadwick';`],
];

for (const [what, code] of FAULTY)
  test(`${what} is found`, t => {
    assert.equal(checker(words(t))('src/x/y.ts', code).length, 1);
  });

for (const [what, code] of SOUND)
  test(`${what} is left alone`, t => {
    assert.deepEqual(checker(words(t))('src/x/y.ts', code), []);
  });

test('a test may name a language and a time zone but not a country', t => {
  const faultsIn = checker(words(t));

  assert.deepEqual(faultsIn('src/x/y.spec.ts', `const language = 'bn', zone = 'Asia/Dhaka';`), []);
  assert.equal(faultsIn('src/x/y.spec.ts', `const title = 'Bangladesh';`).length, 1);
});

test('a test that needs real numbering plans says so once, and only a test may', t => {
  const faultsIn = checker(words(t));
  const text = `// names-a-country-throughout: numbering plans are real\nconst phone = '+8801712345678';`;

  assert.deepEqual(faultsIn('src/x/y.spec.ts', text), []);
  assert.equal(faultsIn('src/x/y.ts', text).length, 1);
});

test('a page may not name a country either', t => {
  assert.equal(checker(words(t))('src/pages/situation.html', '<h1>Uruguay</h1>').length, 1);
});
