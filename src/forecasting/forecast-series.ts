import type { DayNumber } from '../common';
import { toCivilDate } from '../common';
import type { CompiledAntigen, CompiledDose } from './compiled-schedule';
import { canBeSkipped, type CompletedGroups } from './conditional-skip';
import { isSeriesContraindicated } from './contraindications';
import { candidateEarliest, forecastDates, maximumAgeDay } from './forecast-dates';
import { hasEvidenceOfImmunity } from './immunity';
import type { History } from './organise-history';
import { note, type PatientSeries, type SeriesForecast } from './patient-series';

const NEED = 'TABLE 7-10';
const without = (status: SeriesForecast['status'], reason: SeriesForecast['reason']): SeriesForecast => ({
  status,
  rule: NEED,
  reason,
  dates: null,
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
  if (history.trace) traceForecast(history, patient, forecast);
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
  const skippable = (target: CompiledDose, reference: DayNumber) =>
    target.skips.forecast.length > 0 &&
    canBeSkipped(history, patient, target.skips.forecast, {
      reference,
      anchor: history.on,
      before: null,
      completed,
    });
  for (; patient.next < doses.length; patient.next++) {
    const target = doses[patient.next]!;
    if (skippable(target, history.on)) continue;
    const refusal = whyNoDose(history, patient, antigen, target);
    if (refusal) return refusal;
    const candidate = candidateEarliest(history, patient, target);
    if (candidate.day >= maximumAgeDay(history, target)) return CANNOT_FINISH;
    if (skippable(target, candidate.day)) continue;
    const dates = forecastDates(history, patient, target, candidate, antigen);
    return { status: 'not-complete', rule: NEED, reason: dates.earliestReason, dates };
  }
  return patient.satisfied.length > 0 ? COMPLETE : ENOUGH_ALREADY;
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

function traceForecast(
  history: History,
  patient: PatientSeries,
  { status, reason, dates }: SeriesForecast,
): void {
  const { series } = patient;
  const day = (value: DayNumber | null) => (value === null ? null : toCivilDate(value));
  note(history, { rule: NEED, series, target: dates?.target ?? null, outcome: `${status} ${reason}` });
  if (!dates) return;
  const { target } = dates;
  note(history, {
    rule: 'FORECASTDTCAN-1',
    series,
    target,
    inputs: { decidedBy: dates.earliestReason },
    outcome: toCivilDate(dates.earliest),
  });
  note(history, {
    rule: 'FORECASTDT-2',
    series,
    target,
    inputs: { decidedBy: dates.recommendedReason },
    outcome: toCivilDate(dates.unadjustedRecommended),
  });
  note(history, {
    rule: 'FORECASTDT-5',
    series,
    target,
    inputs: { pastDue: day(dates.pastDue), latest: day(dates.latest) },
    outcome: toCivilDate(dates.recommended),
  });
}
