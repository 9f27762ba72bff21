import { addressOf, stepOf } from './one-time-password-rules';

/** RFC 6238, appendix B: the secret for SHA-1, and the last six of the eight digits of each code. */
const SECRET = Buffer.from('12345678901234567890', 'ascii');
const at = (seconds: number): Date => new Date(seconds * 1000);

describe('a code of an authenticator app', () => {
  it.each([
    [59, '287082', 0x1],
    [1111111109, '081804', 0x23523ec],
    [1111111111, '050471', 0x23523ed],
    [1234567890, '005924', 0x273ef07],
    [2000000000, '279037', 0x3f940aa],
    [20000000000, '353130', 0x27bc86aa],
  ])('at %d seconds is the one of RFC 6238', (seconds, code, step) => {
    expect(stepOf(SECRET, code, at(seconds), 0)).toBe(step);
  });

  it('is taken in its own half minute, the one before and the one after', () => {
    const taken = [-31, -30, 0, 59, 60].map(
      late => stepOf(SECRET, '050471', at(1111111110 + late), 0) !== null,
    );

    expect(taken).toEqual([false, true, true, true, false]);
  });

  it('is not taken twice, nor one before it', () => {
    expect(stepOf(SECRET, '050471', at(1111111111), 0x23523ed)).toBeNull();
    expect(stepOf(SECRET, '081804', at(1111111111), 0x23523ed)).toBeNull();
  });

  it.each(['', '05047', '0504710', '050 471', '٠٥٠٤٧١', '05047a'])('is six digits, not "%s"', code => {
    expect(stepOf(SECRET, code, at(1111111111), 0)).toBeNull();
  });

  it('is set up by an address that apps read', () => {
    const address = new URL(addressOf(SECRET, 'a@b.example', 'TikaSetu'));

    expect(address.protocol).toBe('otpauth:');
    expect(address.searchParams.get('secret')).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  });
});
