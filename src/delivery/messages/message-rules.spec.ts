import { isWorthTelling } from './message-rules';

const NOW = new Date('2026-01-05T18:00:00Z');
const hoursAgo = (hours: number): number => (NOW.getTime() - hours * 3_600_000) * 1000;

describe('a message', () => {
  it('says that something comes today on that day only', () => {
    expect(isWorthTelling({ status: 'OUT_FOR_DELIVERY', at: hoursAgo(1) }, NOW)).toBe(true);
    expect(isWorthTelling({ status: 'OUT_FOR_DELIVERY', at: hoursAgo(13) }, NOW)).toBe(false);
  });

  it('says however late that it was handed over', () => {
    expect(isWorthTelling({ status: 'DELIVERED', at: hoursAgo(500) }, NOW)).toBe(true);
  });

  it('says nothing of hubs on the way', () => {
    expect(isWorthTelling({ status: 'AT_HUB', at: hoursAgo(1) }, NOW)).toBe(false);
  });
});
