import { existsSync, readFileSync } from 'node:fs';
import { compileSchedule, validateSchedule } from '../../../src/forecasting';
import { skipUnless } from '../../harness/run/skip';
import { materialAt } from '../material';
import {
  type CdsiCase,
  compileRelease,
  DATA,
  importRelease,
  judge,
  readCases,
  readRelease,
  releases,
} from './schedule-cases';

/** Cases that CDC itself got wrong, by suite and version. */
function disputed(): Set<string> {
  const file = materialAt('schedules/cdsi/known-disputed.json');
  if (!existsSync(file)) return new Set();
  const lists = Object.values(
    JSON.parse(readFileSync(file, 'utf8')) as Record<string, { cannotPass?: object }>,
  );
  return new Set(lists.flatMap(({ cannotPass }) => Object.keys(cannotPass ?? {})));
}

const folder = releases().at(-1);
const healthy = readCases<CdsiCase>('cdsi', 'healthy');
const underlying = readCases<CdsiCase>('cdsi', 'underlying');
const groupsOf = (cases: readonly CdsiCase[]) =>
  [...new Set(cases.map(({ vaccineGroup }) => vaccineGroup))].sort();

skipUnless(folder, `no CDSi supporting data in ${DATA}`)('The supporting data of a CDC release', () => {
  const bothNotations =
    folder && readRelease(folder, 'xml').length > 0 && readRelease(folder, 'json').length > 0;

  it('imports without a fault', () => {
    const notation = readRelease(folder!, 'xml').length > 0 ? 'xml' : 'json';
    expect(validateSchedule(importRelease(folder!, notation))).toEqual([]);
  });

  (bothNotations ? it : it.skip)('is the same schedule from its XML and from its JSON', () => {
    expect(importRelease(folder!, 'json')).toEqual(importRelease(folder!, 'xml'));
  });

  it('survives being written as JSON and read again', () => {
    const schedule = importRelease(folder!, readRelease(folder!, 'xml').length > 0 ? 'xml' : 'json');
    expect(() => compileSchedule(JSON.parse(JSON.stringify(schedule)))).not.toThrow();
  });
});

skipUnless(folder && healthy.length > 0, `no healthy CDSi cases in ${DATA}`)(
  "CDC's cases of healthy people",
  () => {
    const schedule = folder ? compileRelease(folder) : undefined;
    const accepted = disputed();

    it.each(groupsOf(healthy))('are answered as CDC expects: %s', group => {
      const cases = healthy.filter(one => one.vaccineGroup === group && !accepted.has(one.id));
      const failures = cases
        .map(one => ({ id: one.id, faults: judge(schedule!, one) }))
        .filter(({ faults }) => faults.length > 0);
      expect(failures).toEqual([]);
    });
  },
);

// The cases are older than the data they come with (docs/forecasting.md lists each that disagrees, and why).
const UNDERLYING_SHARE = 0.92;

skipUnless(folder && underlying.length > 0, `no underlying-conditions CDSi cases in ${DATA}`)(
  "CDC's cases of people with underlying conditions",
  () => {
    it(`are answered as CDC expects in at least ${UNDERLYING_SHARE * 100} of 100`, () => {
      const schedule = compileRelease(folder!);
      const passed = underlying.filter(one => judge(schedule, one).length === 0);
      expect(passed.length / underlying.length).toBeGreaterThanOrEqual(UNDERLYING_SHARE);
    });
  },
);
