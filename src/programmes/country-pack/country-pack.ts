import type { TemperatureClass } from '../../common';
import type { Schedule } from '../../forecasting';
import type { CountryProfile, SexCode, TextByLanguage } from '../../localisation';

export const PACK_FORMAT = 'tikasetu.country-pack/1';

/** Where data of the pack was taken from. */
export interface PackSource {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly year: number;
  readonly url?: string;
}

/** What a person may be asked to agree to, with the exact words, which are versioned as a whole. */
export interface ConsentPurpose {
  readonly code: string;
  readonly version: string;
  /** True: without it the person cannot be registered. */
  readonly required: boolean;
  readonly title: TextByLanguage;
  readonly text: TextByLanguage;
}

/** How doses are taken in that were given while a clinic was offline. */
export interface OfflineRule {
  /** For so many days after it was given a dose is taken from a device; after that it is a late entry. */
  readonly entryDays: number;
  /** Doses of one vaccine to one person so few days apart may be the same dose, told twice. */
  readonly duplicateDays: number;
}

/** How long people stay where they were vaccinated, in minutes. */
export interface ObservationRule {
  readonly minutes: number;
  /** Who has had a reaction to a vaccine before. */
  readonly minutesAfterReaction: number;
}

/** From when on what is kept is at risk. */
export interface StorageAlarm {
  /** Below `celsius`, or above it; `orAt`: at it too. */
  readonly side: 'low' | 'high';
  readonly celsius: number;
  readonly orAt?: boolean;
  readonly minutes: number;
  /** One unbroken stay beyond the limit, or all stays of so many days together. */
  readonly counts: 'single' | { readonly withinDays: number };
}

/** Products that bear the same at one temperature, as the stability data of their makers or the country's programme say. */
export interface StorageClass {
  readonly code: string;
  readonly keptAt: TemperatureClass;
  /** Codes of vaccines of the schedule. */
  readonly vaccines: readonly string[];
  readonly alarms: readonly StorageAlarm[];
}

/**
 * How certificates look on paper. The first one that fits the language and the vaccines is taken; where none fits, a
 * plain page without emblem or notice.
 */
export interface CertificateTemplate {
  readonly code: string;
  /** Left out: every language of the country. */
  readonly languages?: readonly string[];
  /** Codes of the vaccines of a programme: for a certificate of nothing but these. Left out: of any. */
  readonly vaccines?: readonly string[];
  /** Colour of lines and headings, `#rrggbb`. */
  readonly accent: string;
  /** Picture at the head, an SVG that is drawn by itself: no scripts, links, styles or pictures in it. */
  readonly emblem?: string;
  /** Instead of the text `certificate.title`. */
  readonly title?: TextByLanguage;
  /** Small print, a line each. */
  readonly notices?: readonly { readonly text: TextByLanguage }[];
}

/** What certificates state less than they might when it is asked for and proved: a country can take away, never add. */
export interface CertificateDetails {
  /** Never more than the year of birth, or nothing of it. Left out: the whole date when it is asked for and proved. */
  readonly birthDate?: 'year' | 'none';
  /** No number of a passport. */
  readonly passport?: 'never';
  /** Certificates that state what their holder took back are revoked. Left out: they are superseded, and stay true. */
  readonly takenBack?: 'revoke';
}

/** A part of the country. */
export interface PackArea {
  /** Stays the same from version to version; ISO 3166-2 where there is one. */
  readonly code: string;
  /** Code of the area it lies in; null for the first level. */
  readonly parent: string | null;
  readonly level: string;
  readonly name: TextByLanguage;
  /** Its centre or seat in degrees (WGS 84), where known. */
  readonly point: { readonly latitude: number; readonly longitude: number } | null;
  /** The beginnings that postal codes of this area have. */
  readonly postalPrefixes: readonly string[];
}

export const ROUTES = ['intradermal', 'intramuscular', 'intranasal', 'oral', 'subcutaneous'] as const;
export const PRESENTATIONS = ['capsule', 'freeze-dried', 'liquid'] as const;

/** A vaccine as it stands on a shelf: by its generic name and presentation, no brand. */
export interface PackProduct {
  readonly code: string;
  /** Code of the vaccine in the schedule that a dose of it counts as. */
  readonly vaccine: string;
  /** The antigens of that vaccine, from the schedule. */
  readonly antigens: readonly string[];
  readonly name: TextByLanguage;
  readonly route: (typeof ROUTES)[number];
  readonly presentation: (typeof PRESENTATIONS)[number];
  /** Millilitres of one dose; null where it is not measured out. */
  readonly doseMl: number | null;
  readonly dosesPerVial: number;
  /**
   * Hours that an opened vial of several doses may be used, under the conditions of the WHO multi-dose vial policy;
   * null for one dose.
   */
  readonly openVialHours: number | null;
  /** Codes in other systems by the system's short name, e.g. `{"cvx": "19", "atc": "J07AN01"}`. */
  readonly codes: Readonly<Record<string, string>>;
}

/** So many pieces of a supply for every so many doses, or vials, of these products. */
export interface SupplyNeed {
  /** Codes of products of the pack. */
  readonly products: readonly string[];
  readonly pieces: number;
  readonly forEach: number;
  readonly of: 'dose' | 'vial';
}

/**
 * What vaccines are given with, counted in pieces: syringes, diluents, safety boxes. It is supplied with the vaccines that
 * need it ("bundling": WHO, UNICEF and UNFPA on auto-disable syringes, WHO/V&B/99.25).
 */
export interface PackSupply {
  /** Not the code of a product: both stand on the same shelf. */
  readonly code: string;
  readonly name: TextByLanguage;
  /** GTIN-14 of its packs, where they are known: nothing else is then taken in as it. */
  readonly gtins?: readonly string[];
  /** Whether it has a last day of use. */
  readonly expires: boolean;
  readonly needs: readonly SupplyNeed[];
}

/** Facts that put a person in a priority group; all of one criterion must hold. */
export interface PriorityCriterion {
  /** At `beginAge` ≤ age < `endAge`, as in the schedule. */
  readonly beginAge?: string;
  readonly endAge?: string;
  readonly sex?: SexCode;
  /** Code of an observation of the schedule. */
  readonly observation?: string;
}

export interface PriorityGroup {
  readonly code: string;
  readonly name: TextByLanguage;
  /** 1 is served first. Groups may share a place. */
  readonly order: number;
  readonly anyOf: readonly PriorityCriterion[];
  /** Id of a source of the pack. */
  readonly source: string;
}

/** A person, a day and what the schedule must answer. Run before a pack is published. */
export interface GoldenCase {
  readonly name: string;
  readonly born: string;
  readonly sex: SexCode;
  readonly doses: readonly { readonly vaccine: string; readonly date: string }[];
  readonly observations?: readonly { readonly code: string; readonly date?: string }[];
  /** Options of the schedule that the case is about, instead of those that its policy has chosen. */
  readonly options?: readonly string[];
  /** The day the forecast is made for. */
  readonly on: string;
  readonly expect: readonly GoldenExpectation[];
}

/** What must be forecast for one vaccine group. What is left out is not compared. */
export interface GoldenExpectation {
  readonly group: string;
  readonly status: string;
  /** Number of the dose that is next, from 1. */
  readonly dose?: number;
  readonly earliest?: string;
  readonly recommended?: string;
  readonly pastDue?: string;
}

/** Everything that makes a country: read whole and without a fault, or not at all. */
export interface CountryPack {
  readonly format: typeof PACK_FORMAT;
  readonly version: string;
  readonly sources: readonly PackSource[];
  readonly profile: CountryProfile;
  readonly consentPurposes: readonly ConsentPurpose[];
  /** Left out: 14 and 3 days. */
  readonly offline?: OfflineRule;
  /** Left out: 30 and 60 minutes. */
  readonly observation?: ObservationRule;
  readonly certificateTemplates?: readonly CertificateTemplate[];
  readonly certificateDetails?: CertificateDetails;
  /** What no class names is kept at +2 to +8 °C, by the alarms of WHO PQS E006. */
  readonly storage?: readonly StorageClass[];
  readonly supplies?: readonly PackSupply[];
  readonly areas: readonly PackArea[];
  readonly products: readonly PackProduct[];
  readonly schedule: Schedule;
  readonly priorityGroups: readonly PriorityGroup[];
  /** The country's texts by language, then by name; see PACK_TEXTS. ICU messages. */
  readonly texts: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly golden: readonly GoldenCase[];
}
