import type { CivilDate } from '../../common';

/**
 * TikaSetu's own schedule format, `tikasetu.schedule/1`: the shape of CDC's CDSi supporting data (Logic Specification
 * for ACIP Recommendations v4.6, chapter 3) as plain camelCase JSON. A country's programme and CDC's own release are
 * both written in it; no rule about a vaccine is code. README.md in this folder shows a small complete one.
 */
export const SCHEDULE_FORMAT = 'tikasetu.schedule/1';

/** A text by language tag, e.g. `{"en": "Measles", "bn": "হাম"}`. Shown to people, never compared. */
export type Text = Readonly<Record<string, string>>;

/**
 * An age or a span of time: `"6 weeks"`, `"12 months - 4 days"`, `"1 year + 2 weeks"`. Units: day, week, month, year
 * (with or without s). Added to a date by CALCDT-1 to CALCDT-6 (see common/dates).
 */
export type Duration = string;

/** The code of an observation (a fact about a person that is not a dose), from `observations`. */
export type ObservationCode = string;
/** The code of a vaccine, from `vaccines`. */
export type VaccineCode = string;
/** The code of an antigen, from `antigens`. */
export type AntigenCode = string;

/** Where a rule was taken from. */
export interface Source {
  /** Named by the `source` of a rule. */
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly year: number;
  readonly url?: string;
}

/** Any rule may say where it came from, e.g. a minimum age taken from a WHO table into a country's schedule. */
export interface Sourced {
  /**
   * The id of one of the schedule's `sources`, for the whole rule or by property, e.g.
   * `{"minimum": "who-table-2"}` where the other ages are the country's own. Absent: the first source.
   */
  readonly source?: string | Readonly<Record<string, string>>;
}

/** A rule that held only for doses given between two days, both inclusive. */
export interface EffectiveDated {
  readonly effectiveFrom?: CivilDate;
  readonly effectiveTo?: CivilDate;
}

/** What a country may decide about the arithmetic itself. */
export interface SchedulePolicy {
  /**
   * A date that does not exist (31 January + 1 month): the first of the next month (CALCDT-5), or the last day of
   * the month meant.
   */
  readonly monthEnd: 'roll-forward' | 'back-to-month-end';
  /**
   * Days before a minimum age or interval at which a dose still counts. Used only for a rule that gives a `minimum`
   * without an `absoluteMinimum`; CDSi data gives both and leaves this out.
   */
  readonly graceDays?: number;
  /** The vaccine groups this programme offers. Absent: every group. The others are evaluated but not forecast. */
  readonly offeredGroups?: readonly string[];
  /** Codes of the schedule's `options` that this programme has chosen. Series of the others are no part of it. */
  readonly options?: readonly string[];
}

/** One of the ways that a publisher leaves to the country, e.g. measles at 9 months or at 12. */
export interface ScheduleOption extends Sourced {
  /** Named by the policy and by the series that belong to it. */
  readonly code: string;
  readonly title: Text;
  /** Options of one decision exclude each other, e.g. `measles`. Absent: it may be chosen beside any other. */
  readonly decision?: string;
  /** What the source calls it, e.g. the names of its decision tables. */
  readonly references?: readonly string[];
}

/** A code system and how codes of other systems translate into it. */
export interface Vocabulary {
  /** URI or short name of the system of the schedule's own codes, e.g. `http://hl7.org/fhir/sid/cvx`. */
  readonly system: string;
  /** Codes of other systems (a country's products, ICD-11) that are read as a code of this schedule. */
  readonly maps?: readonly { readonly system: string; readonly codes: Readonly<Record<string, string>> }[];
}

/** A whole schedule: one version of the immunisation programme of a country, or of a publisher such as CDC. */
export interface Schedule {
  readonly format: typeof SCHEDULE_FORMAT;
  /** Stays the same from version to version. */
  readonly code: string;
  readonly version: string;
  readonly effectiveFrom: CivilDate;
  readonly title: Text;
  /** At least one. The first is the source of every rule that names none. */
  readonly sources: readonly Source[];
  readonly policy: SchedulePolicy;
  /** What a country may choose between, in `policy.options`. */
  readonly options?: readonly ScheduleOption[];
  readonly vocabulary: { readonly vaccines: Vocabulary; readonly observations?: Vocabulary };
  readonly vaccineGroups: readonly VaccineGroup[];
  readonly vaccines: readonly Vaccine[];
  readonly observations?: readonly Observation[];
  readonly liveVaccineConflicts?: readonly LiveVaccineConflict[];
  readonly antigens: readonly Antigen[];
}

/** Antigens that are recommended to people as one (CDSi chapter 9). */
export interface VaccineGroup extends Sourced {
  readonly code: string;
  readonly name?: Text;
  readonly antigens: readonly AntigenCode[];
  /** True where a dose for one antigen is given as the vaccine for all (CDC: MMR). Only for groups of several antigens. */
  readonly administerFullGroup?: boolean;
}

/** A vaccine that can stand in a history, and the antigens it counts for (CDSi: CVX to antigen map). */
export interface Vaccine {
  readonly code: VaccineCode;
  readonly name: Text;
  /** Where an age is given, the association holds for doses given at `beginAge` ≤ age < `endAge`. */
  readonly antigens: readonly {
    readonly antigen: AntigenCode;
    readonly beginAge?: Duration;
    readonly endAge?: Duration;
  }[];
}

/** A fact about a person that a rule can name: a condition, an exposure, an event with a date. */
export interface Observation {
  readonly code: ObservationCode;
  readonly title: Text;
  /** What the one who records it should know. */
  readonly clarification?: Text;
  /** The same fact in other code systems. */
  readonly codings?: readonly { readonly system: string; readonly code: string }[];
}

/** Two live vaccines too close together (CDSi 6.7): the later one may not count. */
export interface LiveVaccineConflict extends Sourced {
  readonly previous: readonly VaccineCode[];
  readonly current: readonly VaccineCode[];
  /** The conflict begins this long after the previous dose… */
  readonly begin: Duration;
  /** …ends here if the previous dose was valid… */
  readonly minimumEnd: Duration;
  /** …and here otherwise, and whenever a dose is forecast. */
  readonly end: Duration;
}

/** One disease and the ways to be protected against it. */
export interface Antigen {
  readonly code: AntigenCode;
  readonly name?: Text;
  readonly immunity?: Immunity;
  readonly contraindications?: Contraindications;
  readonly series: readonly Series[];
}

/** Evidence that no dose is needed (CDSi 7.2). */
export interface Immunity extends Sourced {
  readonly clinicalHistory?: readonly ObservationCode[];
  readonly birth?: readonly {
    /** Born before this day counts as immune… */
    readonly before: CivilDate;
    /** …in this country (as given for the person), where one is named… */
    readonly country?: string;
    /** …unless one of these is observed. */
    readonly unless?: readonly ObservationCode[];
  }[];
}

/** Why a dose must not be given (CDSi 7.3). */
export interface Contraindications {
  /** Against every vaccine of the antigen's group. */
  readonly group?: readonly GroupContraindication[];
  /** Against some vaccines only. */
  readonly vaccine?: readonly VaccineContraindication[];
}

export interface GroupContraindication extends Sourced {
  readonly observation: ObservationCode;
  /** Not where one of these is observed too, e.g. HIV infection, unless on treatment. */
  readonly unless?: readonly ObservationCode[];
  readonly beginAge?: Duration;
  readonly endAge?: Duration;
  readonly text?: Text;
  /** More for the clinician, e.g. which conditions are meant (FORECASTGUIDANCE-1). */
  readonly guidance?: Text;
}

export interface VaccineContraindication extends Sourced {
  readonly observation: ObservationCode;
  /** Not where one of these is observed too. */
  readonly unless?: readonly ObservationCode[];
  readonly vaccines: readonly {
    readonly vaccine: VaccineCode;
    readonly beginAge?: Duration;
    readonly endAge?: Duration;
  }[];
  readonly text?: Text;
  /** As for a group. */
  readonly guidance?: Text;
}

export type Sex = 'female' | 'male' | 'other' | 'unknown';
export type SeriesType = 'standard' | 'risk' | 'evaluation-only';

/** CDSi patient series status (table 3-3), which is also a vaccine group's status. */
export type SeriesStatus =
  'aged-out' | 'complete' | 'contraindicated' | 'immune' | 'not-complete' | 'not-recommended';

/** One path to protection against one antigen: its doses in order. */
export interface Series extends Sourced {
  /** Unique in the schedule. Stays the same from version to version. */
  readonly name: string;
  readonly title?: Text;
  readonly vaccineGroup: string;
  readonly type: SeriesType;
  /** Part of the programme only where the country has chosen one of these `options`. Absent: always. */
  readonly options?: readonly string[];
  /** Series groups of the antigen of which only one best series is kept, e.g. `["1", "2"]`. */
  readonly equivalentSeriesGroups?: readonly string[];
  /** Absent: everyone. `unknown` matches a person whose sex is not recorded. */
  readonly requiredSex?: readonly Sex[];
  readonly select: SeriesSelection;
  /** A risk series is relevant only when one of these applies (CDSi 5.1). */
  readonly indications?: readonly Indication[];
  /** Administrative guidance for the one who gives the doses (FORECASTGUIDANCE-1). */
  readonly guidance?: readonly Text[];
  readonly furtherEvaluation?: readonly FurtherEvaluation[];
  readonly doses: readonly SeriesDose[];
}

/** Where the rules end and a clinician decides. It stands beside the forecast and changes nothing of it. */
export interface FurtherEvaluation extends Sourced {
  /** Where the series stands so, e.g. too old for a dose that the publisher leaves to the country. */
  readonly status?: SeriesStatus;
  /** Where this is observed. If a status is given too, both must hold. */
  readonly observation?: ObservationCode;
  readonly beginAge?: Duration;
  readonly endAge?: Duration;
  /** What is to be weighed. */
  readonly text: Text;
}

/** How the best of several series is chosen (CDSi chapter 8). */
export interface SeriesSelection {
  /** Series of one group compete; numbered per antigen, e.g. `"1"`. */
  readonly group: string;
  readonly groupName?: string;
  /** The series a person without any dose is put on. One a group. */
  readonly default: boolean;
  /** All doses must be of one product. */
  readonly productPath: boolean;
  /** `"A"` before `"B"`. */
  readonly priority: string;
  /** 1 is preferred to 2, and so on. */
  readonly preference: number;
  readonly minAgeToStart?: Duration;
  readonly maxAgeToStart?: Duration;
}

export interface Indication extends Sourced {
  readonly observation: ObservationCode;
  readonly beginAge?: Duration;
  readonly endAge?: Duration;
  readonly text?: Text;
  /** More for the clinician, e.g. who is meant (FORECASTGUIDANCE-1). */
  readonly guidance?: Text;
}

/** One target dose of a series. Its number is its place in `doses`, from 1. */
export interface SeriesDose extends Sourced {
  readonly title?: Text;
  /** Several only where the rule changed over time (effectiveFrom/effectiveTo). */
  readonly ages?: readonly AgeRule[];
  /** All of them must hold (CDSi 6.5). */
  readonly preferableIntervals?: readonly IntervalRule[];
  /** If the preferable intervals fail, these are accepted (CDSi 6.6). */
  readonly allowableIntervals?: readonly AllowableIntervalRule[];
  readonly preferableVaccines?: readonly PreferableVaccine[];
  readonly allowableVaccines?: readonly AllowableVaccine[];
  /** Vaccines that never count for this dose (CDSi 6.3). */
  readonly inadvertentVaccines?: readonly VaccineCode[];
  readonly conditionalSkips?: readonly ConditionalSkip[];
  /** Repeats for ever once satisfied, e.g. a booster every ten years. */
  readonly recurring?: boolean;
  /** Recommended only within these days, both inclusive (CDSi 7.4 and 7.5). */
  readonly season?: { readonly from: CivilDate; readonly to?: CivilDate };
}

export interface AgeRule extends EffectiveDated, Sourced {
  /** Below this the dose is not valid. Absent: `minimum` less the policy's grace days, if it has any, else no limit. */
  readonly absoluteMinimum?: Duration;
  /** Earliest age at which the dose may be given. */
  readonly minimum?: Duration;
  /** The age the programme publishes: due from here. */
  readonly earliestRecommended?: Duration;
  /** Past due after this age. */
  readonly latestRecommended?: Duration;
  /** At this age and above the dose is no longer given. */
  readonly maximum?: Duration;
}

/** Exactly one property says from which event an interval is counted. */
export type IntervalFrom =
  /** The dose given immediately before, valid or not (CALCDTINT-1). */
  | { readonly previousDose: true }
  /** The dose that satisfied this target dose of the series (CALCDTINT-2). */
  | { readonly targetDose: number }
  /** The most recent dose of one of these vaccines (CALCDTINT-8). */
  | { readonly mostRecentOf: readonly VaccineCode[] }
  /** The date of the most recent such observation (CALCDTINT-9). */
  | { readonly observation: ObservationCode };

export interface IntervalRule extends EffectiveDated, Sourced {
  readonly from: IntervalFrom;
  /** Below this the dose is not valid. Absent: as for an age. */
  readonly absoluteMinimum?: Duration;
  readonly minimum?: Duration;
  readonly earliestRecommended?: Duration;
  readonly latestRecommended?: Duration;
  /** True: in a group of several antigens, this dose is forecast from its own earliest date (FORECASTPRIORITY-1). */
  readonly override?: boolean;
}

export interface AllowableIntervalRule extends EffectiveDated, Sourced {
  readonly from: { readonly previousDose: true } | { readonly targetDose: number };
  readonly absoluteMinimum: Duration;
}

/** A vaccine that counts fully at `beginAge` ≤ age < `endAge`. */
export interface PreferableVaccine extends Sourced {
  readonly vaccine: VaccineCode;
  readonly beginAge?: Duration;
  readonly endAge?: Duration;
  /** Only this brand. */
  readonly tradeName?: string;
  /** Code of the only manufacturer meant (CDC: MVX). */
  readonly manufacturer?: string;
  /** Millilitres. Less is a reason on the evaluation, not an invalid dose (VACCINE-1). */
  readonly volumeMl?: number;
  /** True: named in the forecast as the vaccine to give. */
  readonly recommend?: boolean;
}

export interface AllowableVaccine extends Sourced {
  readonly vaccine: VaccineCode;
  readonly beginAge?: Duration;
  readonly endAge?: Duration;
}

export type Logic = 'and' | 'or';

/** When this target dose need not be given (CDSi 6.2). */
export interface ConditionalSkip extends Sourced {
  readonly context: 'evaluation' | 'forecast' | 'both';
  /** Between the sets. Absent: there is one. */
  readonly logic?: Logic;
  readonly sets: readonly SkipSet[];
}

export interface SkipSet extends EffectiveDated {
  readonly id: string;
  readonly text?: Text;
  /** Between the conditions. Absent: there is one. */
  readonly logic?: Logic;
  readonly conditions: readonly SkipCondition[];
}

export type SkipCondition =
  /** At `beginAge` ≤ age < `endAge` on the day looked at. */
  | { readonly type: 'age'; readonly beginAge?: Duration; readonly endAge?: Duration }
  /** Another series group of the antigen is complete. */
  | { readonly type: 'completed-series'; readonly seriesGroups: readonly string[] }
  /** At least this long after the previous dose. */
  | { readonly type: 'interval'; readonly interval: Duration }
  /** Doses counted, given at `beginAge` ≤ age < `endAge` and on `startDate` ≤ day < `endDate` (CONDSKIP-1). */
  | {
      readonly type: 'vaccine-count';
      readonly beginAge?: Duration;
      readonly endAge?: Duration;
      readonly startDate?: CivilDate;
      readonly endDate?: CivilDate;
      readonly doseCount: number;
      readonly compare: 'greater-than' | 'equal-to' | 'less-than';
      readonly doseType: 'valid' | 'total';
      /** Absent: every dose of the antigen. */
      readonly vaccines?: readonly VaccineCode[];
    };
