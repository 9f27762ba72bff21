import { faultOfPassword } from './password-rules';

const HERS = 'amina.rahman@health.example';

describe('a password', () => {
  it.each([
    ['a long enough password'],
    ['correct horse battery staple'],
    ['Homely-long-password-1'],
    ['টিকা কার্ড নিয়ে আসুন'],
    ['nine red lorries 1987'],
    ['xK9#vQ2mL!pR'],
  ])('is taken: %s', password => {
    expect(faultOfPassword(password, HERS)).toBeNull();
  });

  it.each([
    ['password1234'],
    ['Password123!'],
    ['P@ssw0rdP@ssw0rd'],
    ['passwordpassword'],
    ['qwertyuiop123'],
    ['123456789012'],
    ['987654321987'],
    ['aaaaaaaaaaaa'],
    ['abababababab'],
    ['administrator1'],
    ['Welcome2024!!'],
    ['tikasetu12345'],
    ['iloveyou1234'],
    ['letmein letmein'],
  ])('is too common: %s', password => {
    expect(faultOfPassword(password, HERS)).toBe('validation.passwordCommon');
  });

  it.each([
    ['amina is my name'],
    ['AMINA.RAHMAN@health.example'],
    ['my cat is R4hm4n'],
    ['h3alth desk nine'],
  ])('has its owner’s address in it: %s', password => {
    expect(faultOfPassword(password, HERS)).toBe('validation.passwordOfAddress');
  });

  it.each([['Ruritania2026!!'], ['ruritania-strelsau'], ['RURITANIARURITANIA'], ['rur1tan1a 12345']])(
    'is made of the words of its country: %s',
    password => {
      const local = ['Kingdom of Ruritania', 'vaccines.strelsau.example'];

      expect(faultOfPassword(password, HERS, local)).toBe('validation.passwordCommon');
      expect(faultOfPassword('correct horse battery staple', HERS, local)).toBeNull();
    },
  );

  it('is not refused for the end of an address that thousands share', () => {
    expect(faultOfPassword('an example of mine 8', HERS)).toBeNull();
  });

  it.each(['elevenchars', 'x'.repeat(129)])('has 12 to 128 characters', password => {
    expect(faultOfPassword(password, HERS)).toBe('validation.passwordLength');
  });
});
