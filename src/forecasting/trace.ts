import { addSpan, type CalendarSpan, type DayNumber, toCivilDate } from '../common';
import type { CompiledDose, CompiledInterval, CompiledSeries } from './compiled-schedule';
import { ageRuleOn, evaluateAge, isInEffect } from './evaluate-age';
import { referenceDay } from './evaluate-interval';
import { eachCandidate } from './forecast-dates';
import { ageDay, type History, type HistoryDose } from './organise-history';
import type { Evaluation, PatientSeries, SeriesForecast } from './patient-series';
import type { TraceStep } from './person-forecast';

// The reasoning, written down only when asked for: nothing here decides anything.

type Inputs = Record<string, string | number | boolean | null>;

/** Writes one step of the reasoning, if anyone asked for it. */
export function note(
  history: History,
  step: {
    readonly rule: string;
    readonly series?: CompiledSeries;
    readonly target?: CompiledDose | null;
    readonly dose?: HistoryDose;
    readonly inputs?: TraceStep['inputs'];
    readonly outcome: string;
  },
): void {
  history.trace?.push({
    rule: step.rule,
    ...(step.series && { series: step.series.name }),
    ...(step.target && { targetDose: step.target.number }),
    ...(step.dose && { doseId: step.dose.id }),
    inputs: step.inputs ?? {},
    outcome: step.outcome,
  });
}

/** Every check of a dose against a target dose, with the dates compared. Before the evaluation joins the series. */
export function traceEvaluation(history: History, patient: PatientSeries, evaluation: Evaluation): void {
  const { dose, target, status, reasons, rules, inadvertent } = evaluation;
  const at = { series: patient.series, target, dose };
  const inputs = { vaccine: dose.given.vaccineCode, date: dose.given.date };
  const outcome = [status, ...reasons].join(' ');
  if (target && !inadvertent && status !== 'sub-standard') {
    note(history, { ...at, rule: 'TABLE 6-15', ...ageCheck(history, target, dose) });
    for (const interval of target.intervals) {
      if (!isInEffect(interval, dose.day)) continue;
      note(history, { ...at, rule: 'TABLE 6-18', ...intervalCheck(history, patient, interval, dose) });
    }
  }
  const shown = new Set(['TABLE 6-15', 'TABLE 6-18']);
  for (const rule of rules) if (!shown.has(rule)) note(history, { ...at, rule, inputs, outcome });
}

const dateOf = (day: DayNumber | null) => (day === null ? null : toCivilDate(day));

function ageCheck(history: History, target: CompiledDose, dose: HistoryDose) {
  const age = ageRuleOn(target, dose.day);
  const dayOf = (index: number | undefined) =>
    index === undefined || index < 0 ? null : toCivilDate(ageDay(history, index, 0));
  const { outcome, reason } = evaluateAge(history, target, dose.day);
  const inputs: Inputs = {
    date: dose.given.date,
    absoluteMinimumAgeDate: dayOf(age?.absoluteMinimum),
    minimumAgeDate: dayOf(age?.minimum),
    maximumAgeDate: dayOf(age?.maximum),
  };
  return { inputs, outcome: reason ?? outcome };
}

function intervalCheck(
  history: History,
  patient: PatientSeries,
  interval: CompiledInterval,
  dose: HistoryDose,
) {
  const reference = referenceDay(history, patient, interval, dose);
  const after = (span: CalendarSpan | null) =>
    reference === null || !span ? null : addSpan(reference, span, history.schedule.monthEnd);
  const [absoluteMinimum, minimum] = [after(interval.absoluteMinimum), after(interval.minimum)];
  const inputs: Inputs = {
    date: dose.given.date,
    from: interval.reference.kind,
    referenceDate: dateOf(reference),
    absoluteMinimumIntervalDate: dateOf(absoluteMinimum),
    minimumIntervalDate: dateOf(minimum),
  };
  if (reference === null) return { inputs, outcome: 'does not apply' };
  if (absoluteMinimum !== null && dose.day < absoluteMinimum) return { inputs, outcome: 'interval-too-soon' };
  return { inputs, outcome: minimum !== null && dose.day < minimum ? 'interval-grace-period' : 'valid' };
}

/** Whether a dose is needed, and how each of its dates came about. */
export function traceForecast(history: History, patient: PatientSeries, forecast: SeriesForecast): void {
  const { status, reason, rule, dates } = forecast;
  const at = { series: patient.series, target: dates?.target ?? null };
  note(history, { ...at, rule, outcome: `${status} ${reason}` });
  if (!dates) return;
  const candidates: Inputs = {};
  eachCandidate(history, patient, dates.target, (day, why) => {
    if (day !== null) candidates[why] = toCivilDate(day);
  });
  note(history, { ...at, rule: 'FORECASTDTCAN-1', inputs: candidates, outcome: toCivilDate(dates.earliest) });
  note(history, {
    ...at,
    rule: 'FORECASTDT-2',
    inputs: { decidedBy: dates.recommendedReason },
    outcome: toCivilDate(dates.unadjustedRecommended),
  });
  note(history, {
    ...at,
    rule: 'FORECASTDT-5',
    inputs: { earliest: toCivilDate(dates.earliest), unadjusted: toCivilDate(dates.unadjustedRecommended) },
    outcome: toCivilDate(dates.recommended),
  });
  if (dates.pastDue === null || dates.unadjustedPastDue === null) return;
  note(history, {
    ...at,
    rule: 'FORECASTDT-6',
    inputs: { earliest: toCivilDate(dates.earliest), unadjusted: toCivilDate(dates.unadjustedPastDue) },
    outcome: toCivilDate(dates.pastDue),
  });
}
