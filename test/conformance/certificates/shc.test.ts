import { skipUnless } from '../../harness/skip';
import { folder, hasFiles, judgeCase, readCases } from './health-card-cases';

/** The cases of the official SMART Health Cards validator: exactly its errors and warnings, no more and no fewer. */
const cases = readCases();
const runnable = cases.filter(hasFiles);

if (cases.length > 0) {
  describe('SMART Health Cards', () => {
    test.each(runnable.map(one => [one.name, one] as const))('%s', (_, one) => {
      expect(judgeCase(one)).toEqual([]);
    });

    test('most cases have their files', () => {
      expect(runnable.length).toBeGreaterThan(cases.length / 2);
    });
  });
  const lost = cases.filter(one => !hasFiles(one));
  if (lost.length > 0) {
    skipUnless(false, `${lost.length} of ${cases.length} SMART Health Card cases have no files in ${folder}`)(
      'SMART Health Card cases without files',
      () => test.each(lost.map(({ name }) => [name]))('%s', () => undefined),
    );
  }
} else {
  skipUnless(false, `${folder} is absent (set CONFORMANCE_DATA)`)('SMART Health Cards', () =>
    test.todo('needs the cases'),
  );
}
