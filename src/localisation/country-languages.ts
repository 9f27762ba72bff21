import type { CountryProfile } from './country-profile';
import type { AddedLanguage } from './localisation.store';
import { negotiate } from './text-fallback';

/** A language of a country: from its pack, or added since. */
export interface CountryLanguage {
  code: string;
  name: string;
  direction: 'ltr' | 'rtl';
  fallback: readonly string[];
  source: 'pack' | 'added';
  isDefault: boolean;
}

/** All languages of a country, those of its pack first. */
export function languagesOf(
  profile: CountryProfile | null,
  added: readonly AddedLanguage[],
): CountryLanguage[] {
  const ofPack = (profile?.languages ?? []).map(({ code, name, direction, fallback }) => ({
    code,
    name,
    direction,
    fallback,
    source: 'pack' as const,
    isDefault: code === profile?.defaultLanguage,
  }));
  return [...ofPack, ...added.map(language => ({ ...language, source: 'added' as const, isDefault: false }))];
}

/** Where a text missing in a language is looked for, in order; the language itself left out. */
export function fallbacksFor(languages: readonly CountryLanguage[], code: string): string[] {
  const first = languages.find(language => language.isDefault)?.code ?? languages[0]?.code ?? code;
  const fallbacks = Object.fromEntries(languages.map(language => [language.code, language.fallback]));
  const codes = languages.map(language => language.code);
  return negotiate(code, codes, first, fallbacks).filter(language => language !== code);
}
