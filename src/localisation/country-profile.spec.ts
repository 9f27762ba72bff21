import { isPostalCode, localeOf, showCivilDate, type CountryProfile } from './country-profile';

const profile = {
  country: 'XA',
  calendar: 'gregory',
  languages: [
    { code: 'bn', name: 'বাংলা', direction: 'ltr', fallback: [], digits: 'beng' },
    { code: 'en', name: 'English', direction: 'ltr', fallback: [], digits: 'latn' },
  ],
  postalCode: { name: { en: 'Postcode' }, pattern: '[1-9]\\d{3}', example: '1212' },
} as unknown as CountryProfile;

describe('a country', () => {
  it('shows a day in its own language and digits', () => {
    expect(showCivilDate(profile, 'bn', '2024-02-21')).toBe('২১ ফেব্রুয়ারি, ২০২৪');
  });

  it('shows the day that was written, whatever the time zone of the machine', () => {
    expect(showCivilDate(profile, 'en', '2024-01-01')).toBe('January 1, 2024');
  });

  it('has one locale for each language', () => {
    expect(localeOf(profile, 'bn')).toBe('bn-XA-u-ca-gregory-nu-beng');
  });

  it('knows the form of its postal codes', () => {
    expect(['1212', '0212', '12125'].map(text => isPostalCode(profile, text))).toEqual([true, false, false]);
  });

  it('without postal codes takes none', () => {
    expect(isPostalCode({ ...profile, postalCode: null }, '1212')).toBe(false);
  });
});
