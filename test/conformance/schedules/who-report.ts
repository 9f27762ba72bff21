import { whoCases, WhoJudge, whoSchedule } from './who-cases';

/** WHO's own test patients under WHO's default schedule, by decision table, each failure with why. */
export function whoReport(say: (line: string) => void): void {
  const cases = whoCases();
  const judge = new WhoJudge(whoSchedule());
  const results = cases.map(one => ({ one, faults: judge.judge(one) }));
  const passed = (of: typeof results) => of.filter(({ faults }) => faults.length === 0).length;
  say("\nWHO's decision tables under the WHO default schedule\n");
  for (const table of [...new Set(cases.map(one => one.table))].sort()) {
    const of = results.filter(({ one }) => one.table === table);
    say(`  ${table.replace('IMMZ.D2.DT.', '').padEnd(40)} ${passed(of)} of ${of.length}`);
  }
  for (const { one, faults } of results.filter(result => result.faults.length > 0)) {
    say(`\n  ${one.id} ${one.table}`);
    for (const fault of faults) say(`    ${fault}`);
  }
  say(`\n  WHO: ${passed(results)} of ${results.length} pass`);
}
