import { skipUnless } from '../../harness/run/skip';
import { carrierCases, carrierFault, s10Cases, s10Fault } from './s10-cases';

const numbers = s10Cases();
const carriers = carrierCases();

skipUnless(numbers.length > 0, 'logistics/upu is absent (set CONFORMANCE_DATA)')('UPU S10', () => {
  test('each given number is judged as given, and a valid one is made again', () => {
    expect(numbers.map(s10Fault).filter(Boolean)).toEqual([]);
  });

  test('of the carriers’ test numbers only the valid ones of posts are S10', () => {
    expect(carriers.map(carrierFault).filter(Boolean)).toEqual([]);
  });
});
