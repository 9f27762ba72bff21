import { skipUnless } from '../../harness/run/skip';
import { folder, hasFiles, judgeCase, readCases } from './health-card-cases';

/** The cases of the official SMART Health Cards validator: exactly its errors and warnings, no more and no fewer. */
const cases = readCases();
const runnable = cases.filter(hasFiles);
const lost = cases.filter(one => !hasFiles(one));

skipUnless(cases.length > 0, `${folder} is absent (set CONFORMANCE_DATA)`)('SMART Health Cards', () => {
  test.each(runnable.map(one => [one.name, one] as const))('%s', (_, one) => {
    expect(judgeCase(one)).toEqual([]);
  });

  test('most cases have their files', () => {
    expect(runnable.length).toBeGreaterThan(cases.length / 2);
  });
});

if (lost.length > 0) {
  const reason = `${lost.length} of ${cases.length} SMART Health Card cases have no files in ${folder}`;
  skipUnless(false, reason)('SMART Health Card cases without files', () => undefined);
}
