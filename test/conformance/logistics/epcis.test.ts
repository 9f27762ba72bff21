import { skipUnless } from '../../harness/run/skip';
import {
  documentsOf,
  hashCases,
  hashVerdict,
  familyFault,
  families,
  prefixesOfCorpus,
  published,
  publishedFault,
  queryFault,
  verdictFault,
} from './epcis-cases';

const hashes = hashCases();

skipUnless(hashes.length > 0, 'logistics/epcis is absent (set CONFORMANCE_DATA)')('EPCIS 2.0', () => {
  test.each([
    ['valid', true],
    ['valid-mutants', true],
    ['invalid', false],
    ['invalid-mutants', false],
  ])('each document of the %s ones is judged rightly', (set, isValid) => {
    const files = documentsOf(set);
    expect(files.length).toBeGreaterThan(0);
    expect(files.map(file => verdictFault(set, file, isValid)).filter(Boolean)).toEqual([]);
  });

  test('a mutant is refused at the event that was changed', () => {
    const changed = documentsOf('invalid-mutants').filter(file => /^[a-z_A-Z]+@\d+__/.test(file));
    const elsewhere = changed.filter(file => {
      const fault = verdictFault('invalid-mutants', file, false, `/${/@(\d+)__/.exec(file)?.[1]}`);
      return fault !== null;
    });
    expect(elsewhere).toEqual([]);
  });

  test.each([
    ['queries-valid', true],
    ['queries-invalid', false],
  ])('each query of the %s ones is judged rightly', (set, isValid) => {
    expect(
      documentsOf(set)
        .map(file => queryFault(set, file, isValid))
        .filter(Boolean),
    ).toEqual([]);
  });

  test('each event has its given hash, where that is its own', () => {
    const prefixes = prefixesOfCorpus();
    const verdicts = hashes.map(one => hashVerdict(one, prefixes));
    expect(verdicts.filter(verdict => verdict === 'different')).toEqual([]);
    // Of those that borrow a prefix nearly all are equal by what another document says of it.
    const borrowing = verdicts.filter(verdict => verdict === 'borrows a prefix').length;
    expect(borrowing).toBeLessThanOrEqual(verdicts.length / 100);
  });

  test('the published hashes and the families of equal events are ours too', () => {
    expect(published().map(publishedFault).filter(Boolean)).toEqual([]);
    expect(families().map(familyFault).filter(Boolean)).toEqual([]);
  });
});
