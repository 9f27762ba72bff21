import type { CalendarSpan, DayNumber, MonthEnd } from '../../common';
import type { Guidance } from '../person-forecast';
import type { Logic, Schedule, SeriesStatus, SeriesType, Sex, Text } from './schedule-format';

/** 1 January 1900 and 31 December 2999: what CDSi assumes for a first and a last day that are not given. */
export const FIRST_DAY: DayNumber = -25_567;
export const LAST_DAY: DayNumber = 376_199;

/** Index into `CompiledSchedule.ageSpans`; -1 where the schedule gives no age. */
export type AgeIndex = number;
/** Index into `CompiledSchedule.vaccines`. */
export type VaccineIndex = number;
/** Index into `CompiledSchedule.observations`. */
export type ObservationIndex = number;

/**
 * A schedule in the form made for evaluation: codes are indexes, ages are indexes into one table (so that each is
 * added to a birth date at most once a person), spans and dates are numbers. Made by `compileSchedule`, never changed.
 */
export interface CompiledSchedule {
  readonly schedule: Schedule;
  readonly monthEnd: MonthEnd;
  readonly ageSpans: readonly CalendarSpan[];
  readonly vaccines: readonly CompiledVaccine[];
  readonly vaccineIndex: ReadonlyMap<string, VaccineIndex>;
  readonly observations: readonly string[];
  readonly observationIndex: ReadonlyMap<string, ObservationIndex>;
  readonly antigens: readonly CompiledAntigen[];
  readonly groups: readonly CompiledGroup[];
  /** By the vaccine given later, then by the one given before. */
  readonly conflicts: ReadonlyMap<VaccineIndex, ReadonlyMap<VaccineIndex, readonly CompiledConflict[]>>;
}

export interface CompiledVaccine {
  readonly code: string;
  readonly antigens: readonly {
    readonly antigen: number;
    readonly begin: AgeIndex;
    readonly end: AgeIndex;
  }[];
}

export interface CompiledConflict {
  readonly begin: CalendarSpan;
  readonly minimumEnd: CalendarSpan;
  readonly end: CalendarSpan;
}

export interface CompiledGroup {
  readonly code: string;
  readonly antigens: readonly number[];
  readonly administerFullGroup: boolean;
  readonly offered: boolean;
}

export interface CompiledAntigen {
  readonly index: number;
  readonly code: string;
  readonly immuneBy: readonly ObservationIndex[];
  readonly immuneByBirth: readonly {
    readonly before: DayNumber;
    readonly country: string | undefined;
    readonly unless: readonly ObservationIndex[];
  }[];
  readonly contraindications: readonly (AgedObservation & Contraindicating)[];
  readonly vaccineContraindications: readonly (Contraindicating & {
    readonly vaccines: ReadonlyMap<VaccineIndex, { readonly begin: AgeIndex; readonly end: AgeIndex }>;
  })[];
  readonly contraindicationGuidance: readonly ObservedGuidance[];
  /** A series that asks whether another series group is complete comes after that group. */
  readonly series: readonly CompiledSeries[];
}

/** Guidance of one wording is one object, so that a group of several antigens says it once. */
export interface ObservedGuidance {
  readonly observation: ObservationIndex;
  readonly guidance: Guidance;
}

export interface Contraindicating {
  readonly observation: ObservationIndex;
  /** The rule is off where one of these is observed. */
  readonly unless: readonly ObservationIndex[];
}

/** Compiled from a series' `furtherEvaluation`. */
export interface CompiledEvaluation {
  readonly status: SeriesStatus | undefined;
  readonly observation: ObservationIndex | null;
  readonly begin: AgeIndex;
  readonly end: AgeIndex;
  readonly text: Text;
}

export interface AgedObservation {
  readonly observation: ObservationIndex;
  readonly begin: AgeIndex;
  readonly end: AgeIndex;
}

export interface CompiledSeries {
  readonly name: string;
  readonly antigen: number;
  readonly vaccineGroup: number;
  readonly type: SeriesType;
  readonly sexes: ReadonlySet<Sex> | null;
  readonly indications: readonly AgedObservation[];
  readonly seriesGroup: string;
  readonly equivalentGroups: readonly string[];
  readonly isDefault: boolean;
  readonly isProductPath: boolean;
  readonly priority: string;
  readonly preference: number;
  readonly maxAgeToStart: AgeIndex;
  readonly furtherEvaluation: readonly CompiledEvaluation[];
  readonly guidance: readonly Guidance[];
  readonly indicationGuidance: readonly ObservedGuidance[];
  readonly doses: readonly CompiledDose[];
  /** Every preferable vaccine of every dose. */
  readonly preferableVaccines: readonly VaccineIndex[];
}

export interface CompiledDose {
  readonly number: number;
  readonly ages: readonly CompiledAge[];
  readonly intervals: readonly CompiledInterval[];
  readonly allowableIntervals: readonly CompiledInterval[];
  readonly preferable: readonly CompiledDoseVaccine[];
  readonly allowable: readonly CompiledDoseVaccine[];
  readonly inadvertent: ReadonlySet<VaccineIndex>;
  readonly skips: {
    readonly evaluation: readonly CompiledSkip[];
    readonly forecast: readonly CompiledSkip[];
  };
  readonly recurring: boolean;
  readonly seasonStart: DayNumber | null;
  readonly seasonEnd: DayNumber;
  /** True when every preferable interval overrides (FORECASTPRIORITY-1). */
  readonly priority: boolean;
}

export interface Effective {
  readonly from: DayNumber;
  readonly to: DayNumber;
}

export interface CompiledAge extends Effective {
  readonly absoluteMinimum: AgeIndex;
  readonly minimum: AgeIndex;
  readonly earliestRecommended: AgeIndex;
  readonly latestRecommended: AgeIndex;
  readonly maximum: AgeIndex;
}

export interface CompiledInterval extends Effective {
  readonly reference:
    | { readonly kind: 'previous-dose' }
    | { readonly kind: 'target-dose'; readonly number: number }
    | { readonly kind: 'most-recent'; readonly vaccines: ReadonlySet<VaccineIndex> }
    | { readonly kind: 'observation'; readonly observation: ObservationIndex };
  readonly absoluteMinimum: CalendarSpan | null;
  readonly minimum: CalendarSpan | null;
  readonly earliestRecommended: CalendarSpan | null;
  readonly latestRecommended: CalendarSpan | null;
}

export interface CompiledDoseVaccine {
  readonly vaccine: VaccineIndex;
  readonly begin: AgeIndex;
  readonly end: AgeIndex;
  readonly tradeName: string | undefined;
  readonly volumeMl: number | undefined;
  readonly recommend: boolean;
}

export interface CompiledSkip {
  readonly logic: Logic;
  readonly sets: readonly CompiledSkipSet[];
}

export interface CompiledSkipSet extends Effective {
  readonly id: string;
  readonly logic: Logic;
  readonly conditions: readonly CompiledCondition[];
}

export type CompiledCondition =
  | { readonly kind: 'age'; readonly begin: AgeIndex; readonly end: AgeIndex }
  | { readonly kind: 'completed-series'; readonly groups: readonly string[] }
  | { readonly kind: 'interval'; readonly span: CalendarSpan }
  | {
      readonly kind: 'vaccine-count';
      readonly begin: AgeIndex;
      readonly end: AgeIndex;
      readonly startDate: DayNumber;
      readonly endDate: DayNumber;
      readonly count: number;
      readonly compare: 'greater-than' | 'equal-to' | 'less-than';
      readonly onlyValid: boolean;
      readonly vaccines: ReadonlySet<VaccineIndex> | null;
    };
