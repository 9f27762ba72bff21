// npm run conformance:security: what the tests of security show, as figures. Each figure counts tests, or is said by the
// name of the one that shows it; a test that is not there counts as not shown. Needs what `npm test` needs.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ready, ROOT } from './lib/bootstrap.mjs';
import { command } from './lib/problem.mjs';
import { runTied } from './lib/tied.mjs';

/** What is shown, by which file, and by which of its tests: all those whose full name matches. */
const FIGURES = [
  ['GraphQL over HTTP, audits of graphql-http', 'test/e2e/graphql-over-http', /specification/],
  ['Forged and misspelt tokens refused', 'src/identity/tokens/authenticate.spec', /is nobody’s/],
  ['A stolen token of a bound device refused', 'test/integration/sign-ins', /is nobody’s/],
  ['Passwords: five tries, and the lock tells nothing', 'test/integration/sign-ins', /a password/],
  ['Sign-ins are seen, ended, displaced', 'test/integration/sign-ins', / a sign-in /],
  ['Second factor', 'test/integration/second-factor', /a second factor/],
  ['Codes of RFC 6238', 'src/identity/second-factor/one-time-password-rules.spec', /is the one of RFC 6238/],
  ['One-time codes: five guesses, one sign-in', 'test/integration/identity.test', /a one-time code/],
  ['A stolen clinic session: fifty people, told at once', 'test/integration/looks', /stole/],
  ['Role × operation, by random draws', 'test/integration/access-table', /permissions/],
  ['Two countries, every operation, both ways', 'test/integration/isolation.test', /reach of bb/],
  ['Database logins between countries', 'test/integration/tenant-walls', /./],
  ['Hostile values in every argument', 'test/integration/hostile-input', /hostile values/],
  ['Suspended country: nothing changes', 'test/integration/suspension', /suspended country/],
];

await command(async () => {
  await ready();
  const folder = mkdtempSync(join(tmpdir(), 'tikasetu-security-'));
  const results = join(folder, 'results.json');
  try {
    const files = [...new Set(FIGURES.map(([, file]) => file))];
    const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
    const args = [jest, ...files, '--json', `--outputFile=${results}`, '--silent', '--reporters=summary'];
    const path = [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter);
    const { code } = await runTied(process.execPath, args, {
      env: { ...process.env, PATH: path },
    });
    for (const line of linesOf(JSON.parse(readFileSync(results, 'utf8')).testResults)) console.log(line);
    return code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A figure a line: how many of its tests passed, and those that did not. */
function linesOf(testResults) {
  return FIGURES.flatMap(([name, file, titles]) => {
    const tests = testResults
      .filter(result => result.name.replaceAll('\\', '/').includes(file))
      .flatMap(result => result.assertionResults)
      .filter(test => titles.test(test.fullName));
    const wrong = tests.filter(({ status }) => status !== 'passed');
    const said = tests.length === 0 ? 'not shown' : `${tests.length - wrong.length} of ${tests.length}`;
    return [`${name.padEnd(52)} ${said}`, ...wrong.map(({ fullName }) => `    ${fullName}`)];
  });
}
