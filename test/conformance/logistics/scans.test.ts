import fc from 'fast-check';
import { foldScans } from '../../../src/delivery/scan-rules';
import { skipUnless } from '../../harness/run/skip';
import { anomaliesOf, expectedAnomalies, expectedFinal, finalOf, givenBatches } from './scan-simulation';

const batches = givenBatches();

skipUnless(batches.length > 0, 'logistics/scan-simulation is absent (set CONFORMANCE_DATA)')(
  'The scans',
  () => {
    test('late, twice and shuffled as given, lead to the one final table and its anomalies', () => {
      const { yard, anomalies } = foldScans(batches.flat());

      expect(finalOf(yard)).toEqual(expectedFinal());
      expect(anomaliesOf(anomalies)).toEqual(expectedAnomalies());
    });

    test('lead to them in any other order, with any of them sent again', () => {
      const scans = batches.flat();
      const anyOrder = fc.shuffledSubarray(scans, { minLength: scans.length });

      fc.assert(
        fc.property(anyOrder, fc.subarray(scans), (all, again) => {
          const { yard, anomalies } = foldScans([...all, ...again]);
          expect(finalOf(yard)).toEqual(expectedFinal());
          expect(anomaliesOf(anomalies)).toEqual(expectedAnomalies());
        }),
        { numRuns: 30, endOnFailure: true }, // shrinking thousands of scans tells less than the seed, which is printed
      );
    });
  },
);
