import type { History } from '../history/organise-history';
import { isWithinAges } from '../history/organise-history';
import type { ForecastDates, PatientSeries, SeriesForecast } from '../history/patient-series';
import {
  isAntigenContraindicated,
  isSeriesContraindicated,
  isVaccineContraindicated,
} from '../next-dose/contraindications';
import { eachCandidate, forecastDates } from '../next-dose/forecast-dates';
import { hasEvidenceOfImmunity } from '../next-dose/immunity';
import type { CompiledAntigen, CompiledSeries, VaccineIndex } from '../schedule/compiled-schedule';
import { dateOf, note, noteDate, yes } from './note';

/** Table 5-4 for each indication observed, and table 5-5. */
export function traceRelevance(history: History, series: CompiledSeries, relevant: boolean): void {
  for (const indication of series.indications) {
    if (!history.observations.has(indication.observation)) continue;
    const inputs = { observation: history.schedule.observations[indication.observation]! };
    const applies = isWithinAges(history, indication, history.on);
    note(history, { rule: 'TABLE 5-4', series, inputs, outcome: yes(applies) });
  }
  const inputs = { sex: history.sex, requiredSex: [...(series.sexes ?? [])], seriesType: series.type };
  note(history, { rule: 'TABLE 5-5', series, inputs, outcome: yes(relevant) });
}

/** Whether a dose is needed, and how each of its dates came about (chapter 7). Decides nothing. */
export function traceForecast(
  history: History,
  patient: PatientSeries,
  antigen: CompiledAntigen,
  forecast: SeriesForecast,
): void {
  const { status, reason, next } = forecast;
  const { series } = patient;
  if (antigen.immuneBy.length > 0 || antigen.immuneByBirth.length > 0) {
    const inputs = { birthDate: dateOf(history.birth), countryOfBirth: history.countryOfBirth ?? null };
    note(history, {
      rule: 'TABLE 7-3',
      series,
      inputs,
      outcome: yes(hasEvidenceOfImmunity(history, antigen)),
    });
  }
  if (history.observations.size > 0) traceContraindications(history, series, antigen);
  const inputs = {
    reason,
    targetDosesSatisfied: patient.satisfied.length,
    targetDosesLeft: series.doses.length - patient.next,
  };
  note(history, { rule: 'TABLE 7-10', series, target: next?.target, inputs, outcome: status });
  if (next) traceDates(history, patient, forecastDates(history, patient, next));
}

function traceContraindications(history: History, series: CompiledSeries, antigen: CompiledAntigen): void {
  const byAntigen = isAntigenContraindicated(history, antigen);
  note(history, { rule: 'TABLE 7-5', series, outcome: yes(byAntigen) });
  const codes = (vaccines: readonly VaccineIndex[]) =>
    vaccines.map(one => history.schedule.vaccines[one]!.code);
  const against = series.preferableVaccines.filter(one => isVaccineContraindicated(history, antigen, one));
  const inputs = { vaccines: codes(series.preferableVaccines) };
  if (antigen.vaccineContraindications.length > 0)
    note(history, { rule: 'TABLE 7-6', series, inputs, outcome: 'codes', value: codes(against) });
  const whole = isSeriesContraindicated(history, antigen, series);
  note(history, { rule: 'TABLE 7-7', series, outcome: yes(whole) });
}

function traceDates(history: History, patient: PatientSeries, dates: ForecastDates): void {
  const at = { series: patient.series, target: dates.target };
  const { earliest, unadjustedRecommended, recommended, unadjustedPastDue, pastDue, latest } = dates;
  const candidates: Record<string, string> = {};
  eachCandidate(history, patient, dates.target, (day, why) => {
    const known = candidates[why];
    if (day !== null && (known === undefined || dateOf(day)! > known)) candidates[why] = dateOf(day)!;
  });
  noteDate(history, { ...at, rule: 'FORECASTDTCAN-1', inputs: candidates }, earliest);
  const decidedBy = { decidedBy: dates.recommendedReason };
  noteDate(history, { ...at, rule: 'FORECASTDT-2', inputs: decidedBy }, unadjustedRecommended);
  noteDate(history, { ...at, rule: 'FORECASTDT-3' }, unadjustedPastDue);
  noteDate(history, { ...at, rule: 'FORECASTDT-4' }, latest);
  const both = (unadjusted: number | null) => ({
    earliest: dateOf(earliest),
    unadjusted: dateOf(unadjusted),
  });
  noteDate(history, { ...at, rule: 'FORECASTDT-5', inputs: both(unadjustedRecommended) }, recommended);
  noteDate(history, { ...at, rule: 'FORECASTDT-6', inputs: both(unadjustedPastDue) }, pastDue);
  note(history, { ...at, rule: 'FORECASTDN-1', outcome: 'number', value: dates.number });
  const value = dates.vaccines.map(one => history.schedule.vaccines[one]!.code);
  note(history, { ...at, rule: 'FORECASTRECVAC-1', outcome: 'codes', value });
}
