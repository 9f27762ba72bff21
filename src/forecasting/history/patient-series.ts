import type { DayNumber } from '../../common';
import type { CompiledDose, CompiledSeries, VaccineIndex } from '../schedule/compiled-schedule';
import type { HistoryDose } from './organise-history';
import type { EvaluationReason, EvaluationStatus, ForecastReason } from '../person-forecast';
import type { SeriesStatus } from '../schedule/schedule-format';

/** One dose held against one target dose (CDSi chapter 6). */
export interface Evaluation {
  readonly dose: HistoryDose;
  /** Null once the series is complete. */
  readonly target: CompiledDose | null;
  readonly status: EvaluationStatus;
  readonly reasons: readonly EvaluationReason[];
  readonly rules: readonly string[];
  readonly inadvertent: boolean;
}

/** A series as one person goes through it. */
export interface PatientSeries {
  readonly series: CompiledSeries;
  /** By day, as far as evaluated. */
  evaluations: readonly Evaluation[];
  /** Target doses met, in order, each with the dose that met it. */
  satisfied: readonly { readonly target: CompiledDose; readonly dose: HistoryDose }[];
  /** Index of the target dose to be met next; `series.doses.length` when none is left. */
  next: number;
}

/** What chapter 7 says about a series. Days are empty (null) where the specification leaves them blank. */
export interface SeriesForecast {
  readonly status: SeriesStatus;
  readonly rule: string;
  readonly reason: ForecastReason;
  /** Null unless `not-complete`. */
  readonly next: NextDose | null;
}

/** The dose to come, with the first day on which it may be given and why (FORECASTDTCAN-1). */
export interface NextDose {
  readonly target: CompiledDose;
  readonly earliest: DayNumber;
  readonly earliestReason: ForecastReason;
}

/** The dose to come with all its dates: asked for only of the series that speak for the person. */
export interface ForecastDates extends NextDose {
  readonly number: number;
  readonly unadjustedRecommended: DayNumber;
  readonly recommendedReason: ForecastReason;
  readonly unadjustedPastDue: DayNumber | null;
  readonly recommended: DayNumber;
  readonly pastDue: DayNumber | null;
  readonly latest: DayNumber | null;
  readonly vaccines: readonly VaccineIndex[];
  readonly preferableVaccines: readonly VaccineIndex[];
}

/** A relevant patient series, evaluated and forecast. */
export interface ForecastSeries {
  readonly patient: PatientSeries;
  readonly forecast: SeriesForecast;
}

/** A best series. Its dates are null where no dose is to come. */
export interface DatedSeries extends ForecastSeries {
  readonly dates: ForecastDates | null;
}
