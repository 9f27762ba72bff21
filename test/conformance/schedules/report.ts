// npm run conformance:schedules: the schedule engine against CDC's own cases, by vaccine group, each failure with why.
import { type CdsiCase, compileRelease, DATA, judge, readCases, releases } from './schedule-cases';
import { whoReport } from './who-report';

const say = (line: string) => void process.stdout.write(`${line}\n`);

function report(suite: 'healthy' | 'underlying', folder: string): void {
  const cases = readCases<CdsiCase>('cdsi', suite);
  const schedule = compileRelease(folder);
  const results = cases.map(one => ({ one, faults: judge(schedule, one) }));
  const groups = [...new Set(cases.map(({ vaccineGroup }) => vaccineGroup))].sort();
  say(`\nCDC ${suite} cases under ${folder.slice(folder.lastIndexOf('/') + 1)}\n`);
  for (const group of groups) {
    const of = results.filter(({ one }) => one.vaccineGroup === group);
    say(`  ${group.padEnd(24)} ${passed(of)} of ${of.length}`);
  }
  for (const { one, faults } of results.filter(result => result.faults.length > 0)) {
    say(`\n  ${one.id} ${one.vaccineGroup}`);
    for (const fault of faults) say(`    ${fault}`);
  }
  say(`\n  ${suite}: ${passed(results)} of ${results.length} pass`);
}

const passed = (results: readonly { faults: readonly string[] }[]) =>
  results.filter(({ faults }) => faults.length === 0).length;

const folder = releases().at(-1);
if (!folder) say(`skipped: no CDSi supporting data in ${DATA} (set CONFORMANCE_DATA)`);
else {
  report('healthy', folder);
  report('underlying', folder);
}
whoReport(say);
