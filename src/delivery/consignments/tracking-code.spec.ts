import { newTrackingCode, readTrackingCode } from './tracking-code';

describe('a tracking code', () => {
  it('is read however it was typed', () => {
    const code = newTrackingCode();

    expect(readTrackingCode(code)).toBe(code);
    expect(readTrackingCode(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe(code);
    expect(readTrackingCode('olio-0000-ABCD')).toBe('0110-0000-ABCD');
  });

  it.each(['', 'RR123456785SE', 'U123-4567-89AB', '0123-4567', '0'.repeat(10_000)])(
    'is not “%.20s”',
    text => {
      expect(readTrackingCode(text)).toBeNull();
    },
  );
});
