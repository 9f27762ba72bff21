/** What the law of a country says about doses of somebody who is to be erased. */
export type DosesOfErased =
  /** They stay in the register of public health, of nobody in particular: year of birth, sex and area alone. */
  | 'KEPT_DE_IDENTIFIED'
  /** Whoever has a dose in the register is not erased. */
  | 'NOT_ERASED';

/** From which numbers the officer is told that somebody's day is not like others. */
export interface AlertRules {
  /** Searches that met nobody. */
  misses: number;
  /** Facilities stood at. */
  facilities: number;
  /** Persons shown between `nightFrom` and `nightUntil`, hours of the country's day. */
  nightPersons: number;
  nightFrom: number;
  nightUntil: number;
}

/** What a country may set about privacy, as its law says. */
export interface PrivacyRules {
  dosesOfErased: DosesOfErased;
  /** While it is true nothing is erased and nothing cleared away, e.g. for an inquiry that reaches everybody. */
  holdEverybody: boolean;
  /** For how many days it is kept who was shown to whom; the trail itself is kept for ever. */
  keepLooksDays: number;
  /** A figure about fewer persons than this is not given out. */
  fewestInExtract: number;
  /** How long whoever breaks the glass has, and how many persons beyond a day's number she is shown. */
  breakGlass: { minutes: number; persons: number };
  /** After how many searches that met nobody a day is over. */
  missesADay: number;
  alerts: AlertRules;
}

/** The product's own, until a country sets others. */
export const DEFAULT_PRIVACY_RULES: PrivacyRules = {
  dosesOfErased: 'KEPT_DE_IDENTIFIED',
  holdEverybody: false,
  keepLooksDays: 400,
  fewestInExtract: 10,
  breakGlass: { minutes: 60, persons: 100 },
  missesADay: 60,
  alerts: { misses: 20, facilities: 4, nightPersons: 15, nightFrom: 22, nightUntil: 5 },
};

/** Whether an hour of the day lies in a night that may go past midnight. */
export const isNight = (hour: number, { nightFrom, nightUntil }: AlertRules): boolean =>
  nightFrom <= nightUntil ? hour >= nightFrom && hour < nightUntil : hour >= nightFrom || hour < nightUntil;
