import { DEFAULT_PRIVACY_RULES, isNight } from '../privacy/privacy-rules';
import { alertsOf } from './look-alert-rules';

const rules = DEFAULT_PRIVACY_RULES.alerts;

describe('a day unlike others', () => {
  it('has nothing to tell of while it stays below every number', () => {
    expect(alertsOf({ misses: 19, facilities: 3, nightPersons: 14 }, rules)).toEqual([]);
  });

  it('is told of by each number that it reaches', () => {
    expect(alertsOf({ misses: 20, facilities: 4, nightPersons: 15 }, rules)).toEqual([
      'MANY_MISSES',
      'MANY_FACILITIES',
      'AT_NIGHT',
    ]);
  });

  it('has a night that may go past midnight', () => {
    const nights = (nightFrom: number, nightUntil: number) =>
      [0, 4, 5, 12, 21, 22, 23].filter(hour => isNight(hour, { ...rules, nightFrom, nightUntil }));

    expect(nights(22, 5)).toEqual([0, 4, 22, 23]);
    expect(nights(0, 5)).toEqual([0, 4]);
  });
});
