import { isFreezeSensitive } from './freeze-rules';

const alarm = (side: 'low' | 'high') => ({ side, celsius: 8, minutes: 600, counts: 'single' as const });

describe('a vaccine that freezing harms', () => {
  it('is one that the pack gives no class of its own, or one with an alarm for cold', () => {
    const storage = [
      { vaccines: ['OPV'], alarms: [alarm('high')] },
      { vaccines: ['HPV'], alarms: [alarm('high'), alarm('low')] },
    ];

    expect(isFreezeSensitive(storage, 'PENTA')).toBe(true);
    expect(isFreezeSensitive(storage, 'HPV')).toBe(true);
    expect(isFreezeSensitive(storage, 'OPV')).toBe(false);
    expect(isFreezeSensitive([], 'OPV')).toBe(true);
  });
});
