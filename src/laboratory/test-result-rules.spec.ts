import { faultOf, mayVoidResult } from './test-result-rules';

const now = new Date('2026-06-01T12:00:00Z');
const hours = (ago: number): Date => new Date(now.getTime() - ago * 3_600_000);
const asked = { sampledAt: hours(5), method: 'naat' as const, device: null };

describe('a result that is entered', () => {
  it.each([
    ['of today', asked, '1990-05-17', null],
    ['of a sample still to be taken', { ...asked, sampledAt: hours(-1) }, '1990-05-17', 'sampledInFuture'],
    ['of three years ago', { ...asked, sampledAt: hours(3 * 8760) }, '1990-05-17', 'sampledTooLongAgo'],
    [
      'of before the person was born',
      { ...asked, sampledAt: hours(240) },
      '2026-05-30',
      'sampledBeforeBirth',
    ],
    [
      'by a rapid test of no device',
      { ...asked, method: 'rapid-antigen' as const },
      '1990-05-17',
      'deviceNeeded',
    ],
    ['by a rapid test', { ...asked, method: 'rapid-antigen' as const, device: '1232' }, '1990-05-17', null],
  ])('%s', (_, result, bornOn, fault) => {
    expect(faultOf(result, bornOn, now)?.text ?? null).toBe(fault);
  });
});

describe('a result is voided', () => {
  it('by whoever entered it for a day, and after that by somebody else', () => {
    const entered = { recordedBy: 'anna', recordedAt: hours(24) };

    expect(mayVoidResult(entered, 'anna', now)).toBe(true);
    expect(mayVoidResult(entered, 'anna', new Date(now.getTime() + 1))).toBe(false);
    expect(mayVoidResult(entered, 'berta', new Date(now.getTime() + 1))).toBe(true);
  });
});
