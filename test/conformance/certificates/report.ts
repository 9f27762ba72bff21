// npm run conformance:certificates: every suite of certificates against the vectors of others, failing ones by name.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Report {
  testResults: {
    name: string;
    message: string;
    assertionResults: {
      status: string;
      fullName: string;
      ancestorTitles: string[];
      failureMessages: string[];
    }[];
  }[];
}
type Test = Report['testResults'][number]['assertionResults'][number];

const say = (line: string) => void process.stdout.write(`${line}\n`);
const of = (tests: readonly Test[], status: string) => tests.filter(test => test.status === status);
const isSkipped = ({ status }: Test) => status !== 'passed' && status !== 'failed';

function run(): Report {
  const folder = mkdtempSync(join(tmpdir(), 'tikasetu-certificates-'));
  try {
    const output = join(folder, 'report.json');
    const jest = require.resolve('jest/bin/jest');
    const options = ['--selectProjects', 'conformance', '--silent', '--json', `--outputFile=${output}`];
    const env = { ...process.env, TIKASETU_TEST_NOTES: join(folder, 'notes.jsonl') };
    spawnSync(process.execPath, [jest, ...options, '--', __dirname], { env });
    return JSON.parse(readFileSync(output, 'utf8')) as Report;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One line a suite, then what failed in it and why, in the first line of the reason. */
function tell(title: string, tests: readonly Test[]): void {
  const judged = tests.filter(test => !isSkipped(test));
  const skipped = tests.length - judged.length;
  const count = `${of(judged, 'passed').length} of ${judged.length}`;
  say(`  ${title.padEnd(56)} ${count}${skipped ? `, ${skipped} without vectors` : ''}`);
  for (const { fullName, failureMessages } of of(judged, 'failed')) {
    say(`\n    ${fullName.slice(title.length).trim()}\n      ${failureMessages[0]?.split('\n')[0]}`);
  }
}

const { testResults } = run();
const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
say('\nCertificates against the vectors of others\n');
for (const title of [...new Set(tests.map(({ ancestorTitles }) => ancestorTitles[0] ?? ''))].sort()) {
  tell(
    title,
    tests.filter(({ ancestorTitles }) => ancestorTitles[0] === title),
  );
}
for (const { name, message, assertionResults } of testResults) {
  if (assertionResults.length === 0) say(`\n  ${name.slice(__dirname.length + 1)} did not run\n${message}`);
}
const failed =
  of(tests, 'failed').length + testResults.filter(({ assertionResults }) => !assertionResults.length).length;
say(
  `\n  ${of(tests, 'passed').length} pass, ${failed} fail, ${tests.filter(isSkipped).length} without vectors`,
);
process.exitCode = failed ? 1 : 0;
