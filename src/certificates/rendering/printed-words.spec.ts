import type { CountryProfile } from '../../localisation';
import { showBirthDate, showNumber, showShortDate } from './printed-words';

const profile = {
  country: 'XX',
  calendar: 'gregory',
  languages: [{ code: 'bn', digits: 'beng' }],
} as unknown as CountryProfile;

describe('the words of a printed certificate', () => {
  it('say no more of a birth date than is known', () => {
    expect(showBirthDate(profile, 'es', '2019-03-21')).toBe('21 de marzo de 2019');
    expect(showBirthDate(profile, 'es', '2019-03')).toBe('marzo de 2019');
    expect(showBirthDate(profile, 'es', '2019')).toBe('2019');
  });

  it('write the month of a dose in letters', () => {
    expect(showShortDate(profile, 'es', '2026-04-05')).toBe('5 abr 2026');
    expect(showShortDate(profile, 'bn', '2026-04-05')).toMatch(/^৫ .*২০২৬$/);
    expect(showShortDate(profile, 'ar', '2026-04-05')).toMatch(/^5 \p{Script=Arabic}+ 2026$/u);
    expect(showShortDate(profile, 'am', '2026-04-05')).toMatch(/\p{Script=Ethiopic}/u);
  });

  it('use the country’s digits', () => {
    expect(showNumber(profile, 'bn', 12)).toBe('১২');
    expect(showNumber(profile, 'en', 12)).toBe('12');
  });
});
