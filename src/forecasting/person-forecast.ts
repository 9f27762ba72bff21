import type { CivilDate } from '../common';
import type { TraceStep } from './trace/rules';
import type { SeriesStatus, SeriesType, Text } from './schedule/schedule-format';

/**
 * What to tell people on the day asked about: the status, with *not complete* split. `due` from the recommended date,
 * `overdue` after the past-due date, else `not-due` (from the earliest date on, a dose may already be given).
 */
export type DueStatus = Exclude<SeriesStatus, 'not-complete'> | 'due' | 'overdue' | 'not-due';

/** CDSi evaluation status (table 3-1). */
export type EvaluationStatus = 'valid' | 'not-valid' | 'extraneous' | 'sub-standard';

/** Why a dose counts or not. Keys of texts; English names in CDSi: see docs/forecasting.md. */
export type EvaluationReason =
  | 'lot-expired'
  | 'dose-condition'
  | 'inadvertent-vaccine'
  | 'too-young'
  | 'too-old'
  | 'age-grace-period'
  | 'interval-too-soon'
  | 'interval-grace-period'
  | 'live-vaccine-conflict'
  | 'not-a-preferable-or-allowable-vaccine'
  | 'vaccine-age-out-of-range'
  | 'trade-name-differs'
  | 'volume-below-recommended'
  | 'series-already-complete';

/** Why a forecast says what it says. */
export type ForecastReason =
  // no dose is forecast (table 7-10)
  | 'series-complete'
  | 'immunization-history'
  | 'evidence-of-immunity'
  | 'contraindicated'
  | 'past-season'
  | 'past-maximum-age'
  | 'cannot-finish-before-maximum-age'
  // which date decided
  | 'minimum-age'
  | 'minimum-interval'
  | 'vaccine-conflict'
  | 'season-start'
  | 'inadvertent-dose'
  | 'latest-dose'
  | 'no-limit'
  | 'recommended-age'
  | 'recommended-interval'
  | 'earliest-date';

/** A rule of the CDSi logic specification and what it found. */
export interface Because {
  /** e.g. `FORECASTDTCAN-1`, or `TABLE 7-10` where the specification has a decision table without a name. */
  readonly rule: string;
  readonly reason: ForecastReason;
}

/** How one dose given counts towards one antigen, in the series that speaks for that antigen. */
export interface DoseEvaluation {
  readonly doseId: string;
  readonly vaccineGroup: string;
  readonly antigen: string;
  readonly seriesName: string;
  /** The dose of the series it was held against. Absent when the series was already complete. */
  readonly targetDoseNumber?: number;
  readonly status: EvaluationStatus;
  readonly reasons: readonly EvaluationReason[];
  readonly rules: readonly string[];
}

/**
 * What is next for one vaccine group. A group has two when two of its series groups do not stand in for each other
 * (CDSi chapter 9), e.g. a dose for children and another for old people.
 */
export interface GroupForecast {
  readonly vaccineGroup: string;
  readonly seriesGroup: string;
  readonly seriesType: SeriesType;
  /** The series that speaks: of several antigens, the first recommended. */
  readonly seriesName: string;
  readonly seriesNames: readonly string[];
  readonly status: SeriesStatus;
  readonly dueStatus: DueStatus;
  /** Number of the next dose. Absent, as all dates are, unless the status is `not-complete`. */
  readonly targetDoseNumber?: number;
  /** From here a dose counts. Never raised to today. */
  readonly earliest?: CivilDate;
  readonly recommended?: CivilDate;
  /** After this day the person is overdue. */
  readonly pastDue?: CivilDate;
  /** The last day on which the dose may be given. */
  readonly latest?: CivilDate;
  readonly unadjustedRecommended?: CivilDate;
  readonly unadjustedPastDue?: CivilDate;
  /** Antigens that still need a dose. */
  readonly antigens: readonly string[];
  /** Codes of the vaccines that the schedule marks for this dose (FORECASTRECVAC-1). Empty where it marks none. */
  readonly vaccines: readonly string[];
  /** Codes of every vaccine that fully meets the dose at that age and is not contraindicated, marked or not. */
  readonly preferableVaccines: readonly string[];
  /** What the schedule leaves to a clinician, for this person and this day. Empty for most. */
  readonly furtherEvaluation: readonly Text[];
  /** What the schedule has to say to the one who vaccinates this person (FORECASTGUIDANCE-1). Empty where nothing. */
  readonly guidance: readonly Guidance[];
  /** The rule that decided the status, or for a dose to come the earliest date. */
  readonly rule: string;
  readonly reason: ForecastReason;
  readonly because: readonly Because[];
}

/** The schedule's own words to the one who vaccinates; they are told, and change nothing. */
export interface Guidance {
  readonly about: 'series' | 'indication' | 'contraindication';
  /** Code of the observation that the indication or contraindication is about. */
  readonly observation?: string;
  /** The rule in words, e.g. *Do not vaccinate if the patient is pregnant*. */
  readonly text?: Text;
  /** What to mind when it is applied, e.g. which conditions are meant. */
  readonly guidance?: Text;
}

/** Data that could not be used as it stands. Nothing is guessed: the record named was left out unless said otherwise. */
export type FindingCode =
  | 'unknown-vaccine'
  | 'unknown-observation'
  | 'future-dose'
  | 'dose-before-birth'
  | 'invalid-date'
  | 'future-observation'
  | 'born-after-assessment'
  /** Kept: two doses of one vaccine on one day. */
  | 'duplicate-dose';

export interface Finding {
  readonly code: FindingCode;
  readonly doseId?: string;
  readonly params: Readonly<Record<string, string>>;
}

/** The whole answer for one person on one day under one schedule. */
export interface PersonForecast {
  readonly schedule: { readonly code: string; readonly version: string };
  readonly on: CivilDate;
  readonly groups: readonly GroupForecast[];
  readonly evaluations: readonly DoseEvaluation[];
  readonly findings: readonly Finding[];
  /** Only when asked for. */
  readonly trace?: readonly TraceStep[];
}
