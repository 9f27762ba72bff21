// npm run conformance:security [-- --quick] [word …]: what is to be reached in security, a line each: reached or not,
// by how many tests, in how long, and the numbers that these have seen themselves. A test or a number that is not
// there counts as a miss. The whole takes a quarter of an hour on two cores; with --quick the two-country fuzz sends
// a round of requests and hostile values go everywhere once. Needs what `npm test` needs. With words, only the lines
// that have one of them. Exit code 0: every line is reached, but for a number that --quick did not ask for.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ready, ROOT } from './lib/bootstrap.mjs';
import { command } from './lib/problem.mjs';
import { runTied } from './lib/tied.mjs';

/**
 * What is to be reached; the files and, of all their tests, those whose full name matches; and the numbers that must have
 * been told (`test/harness/run/figures.ts`). `fuzz`: its number is not reached with --quick.
 */
const GOALS = [
  {
    goal: 'graphql-http: 61 of 61 audits, 13 of 13 MUST',
    files: 'test/e2e/graphql-over-http',
    numbers: ['graphql-http audits'],
  },
  {
    goal: 'Fifty cost bombs refused before any SQL, each under 50 ms',
    files: 'test/integration/platform/cost-bombs',
    numbers: ['bombs refused before any SQL', 'processor for a bomb'],
  },
  {
    goal: 'Two countries, 20,000 requests over all operations: nothing of the other’s',
    files: 'test/integration/isolation/isolation',
    tests: /reach of bb/,
    numbers: ['adversarial requests'],
    fuzz: true,
  },
  {
    goal: 'Thirty SQL escapes with a country’s login: none',
    files: 'test/integration/tenancy/tenant-(walls|escapes)',
    numbers: ['another country', 'a country that came later', 'the platform'].map(
      whose => `SQL escapes as the login of ${whose}`,
    ),
  },
  {
    goal: 'Role × operation × scope: every cell, by random draws',
    files:
      '(test/integration/(platform/access-table|[a-z-]+/([a-z]+[.])?access)|src/platform/access/may.spec)',
    numbers: ['role × operation cells'],
  },
  {
    goal: 'A one-time code: five guesses looked at, whatever the trick',
    files: 'test/integration/identity/(identity|sign-in-codes)',
    tests: /code/,
    numbers: ['guesses looked at for a number'],
  },
  {
    goal: 'A stolen session, 10,000 phones and cards: fifty people, stopped, told of, in the trail',
    files: 'test/integration/privacy/looks',
    numbers: ['a stolen session'],
  },
  {
    goal: 'Canaries: none in logs, errors, files, write-ahead log and dump',
    files: 'test/integration/privacy/canaries',
    numbers: ['the database’s files', 'its write-ahead log', 'a dump', 'our log and errors'].map(
      where => `canaries in ${where}`,
    ),
  },
  {
    goal: '1,000 falsifications of the trail: all found',
    files: 'test/integration/audit',
    numbers: ['falsifications found'],
  },
  { goal: 'The trail: a tenth of a recorded dose at the most', numbers: ['share of the trail'] },
  {
    goal: 'Tokens: forged, misspelt and tricked ones refused',
    files: '(src/identity/tokens/|test/integration/platform/hostile-input)',
    tests: /token/,
  },
  {
    goal: 'OWASP ASVS 5.0: each row that applies met, or listed with a reason',
    files: 'test/conformance/asvs',
    numbers: ['L1', 'L2', 'L3'].map(level => `OWASP ASVS 5.0 ${level}`),
  },
  {
    goal: 'Hostile values in every argument: no internal error',
    files: 'test/integration/platform/hostile-input',
    numbers: ['hostile values'],
  },
  {
    goal: 'Strangers send listed documents alone',
    files: '(src/platform/graphql/bounds/anonymous|test/integration/platform/hostile-input)',
    tests: /not signed in|anonymous|listed/,
  },
  { goal: 'Passwords, sign-ins, bound devices', files: 'test/integration/identity/(sign-ins|passwords)' },
  {
    goal: 'Second factors',
    files: '(test/integration/identity/(second-factor|passkeys)|src/identity/second-factor)',
  },
  {
    goal: 'Sign-in by the ministry’s issuer',
    files: '(test/integration/identity/issuers|src/identity/issuers)',
  },
  {
    goal: 'Erasure, keys, extracts, facts without people',
    files: 'test/integration/(privacy/(erasure|data-keys|dose-extracts)|platform/facts)',
  },
  {
    goal: 'Partners, webhooks, addresses from outside',
    files: '(test/integration/(identity/partners|delivery/partners|platform/outbound)|src/platform/outbound)',
  },
  { goal: 'A suspended country: nothing changes', files: 'test/integration/tenancy/suspension' },
];
const FUZZ = { TIKASETU_FUZZ_REQUESTS: '20000', TIKASETU_HOSTILE_ROUNDS: '6' };
/** What tells a number that no test can: processor time. */
const BENCHES = { 'processor for a bomb': 'bench/bombs.ts', 'share of the trail': 'bench/audit.ts' };

await command(async () => {
  await ready();
  const fuzz = !process.argv.includes('--quick');
  const words = process.argv.slice(2).filter(word => !word.startsWith('--'));
  const goals = GOALS.filter(({ goal }) => words.length === 0 || words.some(word => goal.includes(word)));
  const begun = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'tikasetu-security-'));
  const [results, figures] = [join(folder, 'results.json'), join(folder, 'figures.jsonl')];
  const env = {
    ...process.env,
    NODE_ENV: 'production', // as it runs: graphql, for one, looks twice at every value anywhere else
    PATH: [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter),
    TIKASETU_TEST_FIGURES: figures,
    AUDIT_TAMPERINGS: '1000',
    TIKASETU_STOLEN_TRIES: '10000',
    ...(fuzz ? FUZZ : {}),
  };
  try {
    const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
    const files = goals.flatMap(({ files: pattern }) => pattern ?? []);
    const args = [jest, ...files, '--json', `--outputFile=${results}`, '--silent', '--reporters=summary'];
    if (files.length > 0) await runTied(process.execPath, args, { env });
    for (const bench of goals.flatMap(({ numbers = [] }) => numbers.flatMap(name => BENCHES[name] ?? []))) {
      // Not as the program itself: beside --import Node reads that as a module, and passes over what register-ts knows.
      const run = `require(${JSON.stringify(join(ROOT, bench))})`;
      await runTied(process.execPath, ['--require', join(ROOT, 'bench/register-ts.cjs'), '--eval', run], {
        env,
      });
    }
    const told = linesIn(figures);
    const tests = existsSync(results) ? testsIn(results) : [];
    const verdicts = goals.map(goal => verdictOn(goal, tests, told));
    console.log();
    for (const [at, { lines }] of verdicts.entries()) {
      console.log(`${wordFor(goals[at], verdicts[at], fuzz).padEnd(10)} ${goals[at].goal}`);
      for (const line of lines) console.log(`             ${line}`);
    }
    console.log(`\n${Math.round((Date.now() - begun) / 1000)} s in all`);
    return verdicts.every((verdict, at) => wordFor(goals[at], verdict, fuzz) !== 'MISSED') ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Whether a goal is reached, and what was seen: how many of its tests passed, those that did not, and its numbers. */
function verdictOn({ files, tests: titles = /./, numbers = [] }, tests, told) {
  const own = files
    ? tests.filter(test => new RegExp(files).test(test.file) && titles.test(test.fullName))
    : [];
  const wrong = own.filter(({ status }) => status !== 'passed');
  const seen = numbers.map(
    name => told.findLast(figure => figure.name === name) ?? { name, value: 'not shown' },
  );
  const passed = wrong.length === 0 && (own.length > 0 || !files);
  return {
    passed,
    isReached: passed && seen.every(({ isReached }) => isReached),
    lines: [
      ...(files ? [`${own.length - wrong.length} of ${own.length} tests, ${secondsOf(own)} s`] : []),
      ...wrong.flatMap(({ fullName, status, failureMessages }) => [
        `${status}: ${fullName}`,
        ...failureMessages.map(message => message.split('\n    at ')[0].slice(0, 500)),
      ]),
      ...seen.map(({ name, value }) => `${name}: ${value}`),
    ],
  };
}

function secondsOf(tests) {
  return Math.round(tests.reduce((sum, { duration }) => sum + (duration ?? 0), 0) / 1000);
}

function wordFor(goal, { passed, isReached }, fuzz) {
  if (isReached) return 'reached';
  return goal.fuzz && !fuzz && passed ? 'not asked' : 'MISSED';
}

/** Every test that ran, with its file. */
function testsIn(results) {
  const { testResults } = JSON.parse(readFileSync(results, 'utf8'));
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(test => ({ ...test, file: name.replaceAll('\\', '/') })),
  );
}

function linesIn(file) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
}
