import type { DayNumber } from '../../common';
import type { CompiledAntigen, CompiledDose } from '../schedule/compiled-schedule';
import { canBeSkipped, type CompletedGroups } from '../evaluation/conditional-skip';
import { isSeriesContraindicated } from './contraindications';
import { candidateEarliest, maximumAgeDay } from './forecast-dates';
import { hasEvidenceOfImmunity } from './immunity';
import type { History } from '../history/organise-history';
import type { PatientSeries, SeriesForecast } from '../history/patient-series';
import { traceForecast } from '../trace/trace-forecast';

const NEED = 'TABLE 7-10';
const without = (status: SeriesForecast['status'], reason: SeriesForecast['reason']): SeriesForecast => ({
  status,
  rule: NEED,
  reason,
  next: null,
});

const COMPLETE = without('complete', 'series-complete');
const ENOUGH_ALREADY = without('not-recommended', 'immunization-history');
const IMMUNE = without('immune', 'evidence-of-immunity');
const CONTRAINDICATED = without('contraindicated', 'contraindicated');
const PAST_SEASON = without('not-recommended', 'past-season');
const PAST_MAXIMUM_AGE = without('aged-out', 'past-maximum-age');
const CANNOT_FINISH = without('aged-out', 'cannot-finish-before-maximum-age');

/** What comes next in a series after its doses are evaluated (CDSi chapter 7, figure 7-1). */
export function forecastSeries(
  history: History,
  patient: PatientSeries,
  antigen: CompiledAntigen,
  completed: CompletedGroups,
): SeriesForecast {
  const forecast = nextForecast(history, patient, antigen, completed);
  if (history.trace) traceForecast(history, patient, antigen, forecast);
  return forecast;
}

/**
 * Table 7-10 for the first target dose that cannot be skipped today (7.1) and could not be skipped either on the
 * earliest date forecast for it (7.6); every target dose that can is passed over.
 */
function nextForecast(
  history: History,
  patient: PatientSeries,
  antigen: CompiledAntigen,
  completed: CompletedGroups,
): SeriesForecast {
  const { doses } = patient.series;
  for (; patient.next < doses.length; patient.next++) {
    const target = doses[patient.next]!;
    if (isSkippable(history, patient, completed, history.on)) continue;
    const refusal = whyNoDose(history, patient, antigen, target);
    if (refusal) return refusal;
    const next = candidateEarliest(history, patient, target);
    if (next.earliest >= maximumAgeDay(history, target)) return CANNOT_FINISH;
    if (isSkippable(history, patient, completed, next.earliest)) continue;
    return { status: 'not-complete', rule: NEED, reason: next.earliestReason, next };
  }
  return patient.satisfied.length > 0 ? COMPLETE : ENOUGH_ALREADY;
}

/** Can the target dose that the series has come to be skipped on a day? */
function isSkippable(
  history: History,
  patient: PatientSeries,
  completed: CompletedGroups,
  reference: DayNumber,
): boolean {
  const { forecast: skips } = patient.series.doses[patient.next]!.skips;
  if (skips.length === 0) return false;
  return canBeSkipped(history, patient, skips, { reference, anchor: history.on, before: null, completed });
}

/** The columns of table 7-10 that need no forecast date, in its order. */
function whyNoDose(
  history: History,
  patient: PatientSeries,
  antigen: CompiledAntigen,
  target: CompiledDose,
): SeriesForecast | null {
  if (hasEvidenceOfImmunity(history, antigen)) return IMMUNE;
  if (isSeriesContraindicated(history, antigen, patient.series)) return CONTRAINDICATED;
  if (history.on > target.seasonEnd) return PAST_SEASON;
  return history.on >= maximumAgeDay(history, target) ? PAST_MAXIMUM_AGE : null;
}
