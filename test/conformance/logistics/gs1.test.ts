import { skipUnless } from '../../harness/run/skip';
import { checkCases, checkFault, engineCases, engineFault, libraryCases, libraryFault } from './gs1-cases';

const suites = [
  ['checks of content', checkCases().length, () => checkCases().map(checkFault)],
  ['syntax engine', engineCases().length, () => engineCases().map(engineFault)],
  ['library', libraryCases().length, () => libraryCases().map(libraryFault)],
] as const;

const given = suites.every(([, count]) => count > 0);

skipUnless(given, 'logistics/gs1 is absent (set CONFORMANCE_DATA)')('GS1', () => {
  test.each(suites)('its %s: each of the %d cases is answered as GS1 answers it', (_, _count, faults) => {
    expect(faults().filter(Boolean)).toEqual([]);
  });
});
