import type { I18nService } from 'nestjs-i18n';
import { Texts } from './texts';

const texts = new Texts({
  getTranslations: () => ({ en: { letter: { hello: 'Dear {name}, your place is held.' } } }),
} as unknown as I18nService);
const say = (name: string): string => texts.say({ languages: [], tenant: null }, 'letter.hello', { name });

describe('what is filled into a text', () => {
  it('stays a part of its sentence', () => {
    expect(say('Ada\r\n\r\nSubject: a prize\u2028')).toBe('Dear Ada Subject: a prize , your place is held.');
    expect(say('{name}<b>')).toBe('Dear {name}<b>, your place is held.');
  });

  it('crowds nothing out, and is cut between characters', () => {
    expect(say('💉'.repeat(5_000))).toBe(`Dear ${'💉'.repeat(1_000)}, your place is held.`);
  });
});
