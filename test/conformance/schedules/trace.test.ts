import { forecast, TRACE_RULES } from '../../../src/forecasting';
import { skipUnless } from '../../harness/run/skip';
import { type CdsiCase, compileRelease, DATA, personOf, readCases, releases } from './schedule-cases';

const folder = releases().at(-1);
const [healthy, underlying] = ['healthy', 'underlying'].map(suite => readCases<CdsiCase>('cdsi', suite));
const cases = [...healthy!, ...underlying!];
/** A part of the cases need not meet every rule. */
const whole = healthy!.length > 500 && underlying!.length > 200;

skipUnless(folder && whole, `no CDSi supporting data with its cases in ${DATA}`)('The reasoning', () => {
  it("names every rule it can name somewhere in CDC's cases", () => {
    const schedule = compileRelease(folder!);
    const named = new Set<string>();
    for (const one of cases)
      for (const { rule } of forecast(schedule, personOf(one), one.assessmentDate, { trace: true }).trace!)
        named.add(rule);
    // No case gives a lot or a condition of a dose (table 6-3).
    expect(TRACE_RULES.filter(rule => !named.has(rule))).toEqual(['TABLE 6-3']);
  });
});
