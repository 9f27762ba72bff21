import { checkCharacter, isCertificateNumber, newCertificateNumber } from './certificate-number-rules';

describe('a certificate number', () => {
  it('names its country and passes its own check', () => {
    const number = newCertificateNumber('XX');

    expect(number).toMatch(/^XX(-[2-9A-HJ-NP-Z]{4}){3}$/);
    expect(isCertificateNumber(number)).toBe(true);
  });

  it('is checked as ISO 7064 MOD 37,36 says', () => {
    // The example of the Global Release Identifier standard, A1-2425G-ABC1234002-M
    expect(checkCharacter('A12425GABC1234002')).toBe('M');
  });

  it('shows any one wrong character', () => {
    const number = newCertificateNumber('XX');
    const slips = Array.from(number.slice(0, -1)).flatMap((right, at) =>
      Array.from('23456789ABCDEFGHJKLMNPQRSTUVWXYZ')
        .filter(wrong => /[0-9A-Z]/.test(right) && wrong !== right)
        .map(wrong => number.slice(0, at) + wrong + number.slice(at + 1)),
    );

    expect(slips.filter(isCertificateNumber)).toEqual([]);
  });

  it('is not given twice', () => {
    const numbers = new Set(Array.from({ length: 1_000 }, () => newCertificateNumber('XX')));

    expect(numbers.size).toBe(1_000);
  });
});
