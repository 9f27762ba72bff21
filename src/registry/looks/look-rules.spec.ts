import { DEFAULT_LOOK_LIMITS, lookVerdict } from './look-rules';

describe('how many persons are shown to one member of staff on one day', () => {
  const verdicts = (steppedUp: boolean) =>
    [50, 51, 300, 301].map(persons => lookVerdict(persons, steppedUp, DEFAULT_LOOK_LIMITS));

  it('is fifty, and then a second factor is asked', () => {
    expect(verdicts(false)).toEqual(['SHOWN', 'STEP_UP', 'STEP_UP', 'STOP']);
  });

  it('is three hundred with it, and then nothing helps', () => {
    expect(verdicts(true)).toEqual(['SHOWN', 'SHOWN', 'SHOWN', 'STOP']);
  });
});
