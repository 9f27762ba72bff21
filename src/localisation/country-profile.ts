import type { IdentifierType } from './identifier-rules';
import type { PhoneRule } from './phone-rules';
import { wholePattern } from './safe-pattern';
import type { Fallbacks, TextByLanguage } from './text-fallback';

/** A language of a country's service. */
export interface Language {
  /** BCP 47. */
  readonly code: string;
  /** The language's own name for itself. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  /** Where a text missing in this language is looked for next, in order. */
  readonly fallback: readonly string[];
  /** CLDR numbering system its dates and numbers are shown in, e.g. `latn`. */
  readonly digits: string;
}

/** How names of persons are asked for and shown. */
export interface NameForm {
  /** The parts in the order people say them. */
  readonly parts: readonly ('given' | 'middle' | 'family')[];
  /** True: one name alone is a whole name. */
  readonly singleName: boolean;
  /** ISO 15924 codes of the scripts names are usually written in. A hint for forms; no script is refused. */
  readonly scripts: readonly string[];
}

export interface PostalCodeRule {
  readonly name: TextByLanguage;
  /** Form in upper case; see safe-pattern. */
  readonly pattern: string;
  readonly example: string;
}

/** HL7 administrative gender, the codes schedules and exchange use. */
export type SexCode = 'female' | 'male' | 'other' | 'unknown';

/** What makes a country's languages, dates, names, phones, identifiers and addresses its own. */
export interface CountryProfile {
  /** ISO 3166-1 alpha-2 and alpha-3. */
  readonly country: string;
  readonly alpha3: string;
  readonly name: TextByLanguage;
  /** IANA name. Decides which civil day it is. */
  readonly timeZone: string;
  /** CLDR calendar that dates are shown in, e.g. `gregory`. Stored dates are always ISO 8601. */
  readonly calendar: string;
  readonly languages: readonly Language[];
  readonly defaultLanguage: string;
  /** Names of the levels of the administrative division, from the widest. */
  readonly areaLevels: readonly { readonly code: string; readonly name: TextByLanguage }[];
  readonly phone: PhoneRule;
  readonly identifierTypes: readonly IdentifierType[];
  readonly nameForm: NameForm;
  /** Null: addresses carry no postal code. */
  readonly postalCode: PostalCodeRule | null;
  readonly sexes: readonly { readonly code: SexCode; readonly name: TextByLanguage }[];
}

/** The fallback map for {@link negotiate}. */
export function fallbacksOf(profile: CountryProfile): Fallbacks {
  return Object.fromEntries(profile.languages.map(language => [language.code, language.fallback]));
}

/** The locale for `Intl` and ICU messages: language, country, calendar and digits, e.g. `fr-BE-u-ca-gregory-nu-latn`. */
export function localeOf(profile: CountryProfile, language: string): string {
  const digits = profile.languages.find(({ code }) => code === language)?.digits ?? 'latn';
  const region = new Intl.Locale(language).region ? '' : `-${profile.country}`;
  return `${language}${region}-u-ca-${profile.calendar}-nu-${digits}`;
}

/** A civil date (`YYYY-MM-DD`) as people of the country read it. The day is never moved by a time zone. */
export function showCivilDate(profile: CountryProfile, language: string, date: string): string {
  const format = new Intl.DateTimeFormat(localeOf(profile, language), { dateStyle: 'long', timeZone: 'UTC' });
  return format.format(new Date(`${date}T00:00:00Z`));
}

/** Whether a text has the form of the country's postal codes; false where there are none. */
export function isPostalCode(profile: CountryProfile, text: string): boolean {
  if (!profile.postalCode || text.length > 20) return false;
  return wholePattern(profile.postalCode.pattern).test(text.trim().toUpperCase());
}
