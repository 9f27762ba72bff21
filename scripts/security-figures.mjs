// npm run conformance:security [-- --fuzz]: what the tests of security show, as figures. Each line counts tests that passed,
// and says the numbers that a test has seen itself; a test that is not there counts as not shown. With --fuzz the two-country
// fuzz sends 20,000 requests, hostile values go everywhere twenty times, and what the audit costs is measured: an hour or so.
// Needs what `npm test` needs.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ready, ROOT } from './lib/bootstrap.mjs';
import { command } from './lib/problem.mjs';
import { runTied } from './lib/tied.mjs';

/** What is to be reached, by which files it is shown, and by which of their tests: all those whose full name matches. */
const GOALS = [
  ['GraphQL over HTTP: graphql-http’s audits', 'test/e2e/graphql-over-http', /specification/],
  ['Cost bombs refused before any SQL', 'test/integration/cost-bombs', /./],
  ['Two countries: every operation, both ways', 'test/integration/isolation.test', /reach of bb/],
  ['Database logins between countries', 'test/integration/tenant-(walls|escapes)', /./],
  ['Role × operation × scope', '(test/integration/access-table|src/platform/access/may.spec)', /./],
  ['Scope of the verbs, module by module', 'test/integration/[a-z-]+[.]access', /./],
  ['One-time codes: five guesses, whatever the trick', 'test/integration/(identity|sign-in-codes)', /code/],
  ['A stolen clinic session', 'test/integration/looks', /./],
  ['Canary names and numbers in what is stored', 'test/integration/canar', /./],
  ['Falsifications of the trail', 'test/integration/audit-seals', /./],
  ['Forged and misspelt tokens', 'src/identity/tokens/authenticate.spec', /./],
  ['Hostile values in every argument', 'test/integration/hostile-input', /./],
  ['Strangers send listed documents alone', 'src/platform/graphql/anonymous-documents.spec', /./],
  ['Passwords, sign-ins, bound devices', 'test/integration/(sign-ins|passwords)', /./],
  ['Second factors', '(test/integration/(second-factor|passkeys)|src/identity/second-factor)', /./],
  ['Sign-in by the ministry’s issuer', 'test/integration/(oidc|issuer)', /./],
  [
    'Erasure, keys, break-glass, consent',
    'test/integration/(erasure|data-keys|dose-extracts|facts[.]test)',
    /./,
  ],
  [
    'Partners, webhooks, addresses from outside',
    '(test/integration/(partners|webhooks)|src/platform/outbound)',
    /./,
  ],
  ['A suspended country: nothing changes', 'test/integration/suspension', /suspended country/],
];
const FUZZ = { TIKASETU_FUZZ_REQUESTS: '20000', TIKASETU_HOSTILE_ROUNDS: '20' };

await command(async () => {
  await ready();
  const fuzz = process.argv.includes('--fuzz');
  const folder = mkdtempSync(join(tmpdir(), 'tikasetu-security-'));
  const [results, figures] = [join(folder, 'results.json'), join(folder, 'figures.jsonl')];
  const env = {
    ...process.env,
    PATH: [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter),
    TIKASETU_TEST_FIGURES: figures,
    AUDIT_TAMPERINGS: '1000',
    TIKASETU_STOLEN_TRIES: '10000',
    ...(fuzz ? FUZZ : {}),
  };
  try {
    const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
    const files = GOALS.map(([, file]) => file);
    const args = [jest, ...files, '--json', `--outputFile=${results}`, '--silent', '--reporters=summary'];
    const { code } = await runTied(process.execPath, args, { env });
    for (const line of linesOf(JSON.parse(readFileSync(results, 'utf8')).testResults)) console.log(line);
    for (const { name, value } of seen(figures)) console.log(`${name.padEnd(52)} ${value}`);
    if (!fuzz) return code;
    const bench = ['--require', join(ROOT, 'bench/register-ts.cjs'), join(ROOT, 'bench/audit.ts')];
    return (await runTied(process.execPath, bench, { env })).code || code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A goal a line: how many of its tests passed, and those that did not. */
function linesOf(testResults) {
  return GOALS.flatMap(([name, file, titles]) => {
    const tests = testResults
      .filter(result => new RegExp(file).test(result.name.replaceAll('\\', '/')))
      .flatMap(result => result.assertionResults)
      .filter(test => titles.test(test.fullName));
    const wrong = tests.filter(({ status }) => status !== 'passed');
    const said = tests.length === 0 ? 'not shown' : `${tests.length - wrong.length} of ${tests.length} tests`;
    return [`${name.padEnd(52)} ${said}`, ...wrong.map(({ fullName }) => `    ${fullName}`)];
  });
}

/** The numbers that tests told (`test/harness/figures.ts`). */
const seen = file =>
  (existsSync(file) ? readFileSync(file, 'utf8') : '')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
