import { addSpan, type CalendarSpan } from '../../common';
import { ageRuleOn, evaluateAge, isInEffect } from '../evaluation/evaluate-age';
import { isInConflict } from '../evaluation/evaluate-conflict';
import {
  evaluateAllowableIntervals,
  evaluatePreferableIntervals,
  referenceDay,
} from '../evaluation/evaluate-interval';
import { evaluateVaccine } from '../evaluation/evaluate-vaccine';
import { ageDay, type History, type HistoryDose } from '../history/organise-history';
import type { Evaluation, PatientSeries } from '../history/patient-series';
import type { CompiledDose, CompiledInterval } from '../schedule/compiled-schedule';
import { dateOf, note, yes } from './note';

/**
 * Every check of a dose against a target dose (chapter 6), with the dates compared. Asks the same functions again,
 * before the evaluation joins the series: nothing here decides anything.
 */
export function traceEvaluation(history: History, patient: PatientSeries, evaluation: Evaluation): void {
  const { dose, target, status, reasons, inadvertent } = evaluation;
  const { series } = patient;
  const at = { series, target, dose };
  const inputs = { vaccine: dose.given.vaccineCode, date: dose.given.date };
  const substandard = status === 'sub-standard';
  const { lotExpiry, condition } = dose.given;
  if (substandard || lotExpiry !== undefined || condition !== undefined) {
    const told = { date: dose.given.date, lotExpiry: lotExpiry ?? null, condition: condition ?? null };
    note(history, {
      ...at,
      rule: 'TABLE 6-3',
      inputs: told,
      outcome: substandard ? status : 'does-not-apply',
    });
  }
  if (substandard) return;
  if (!target) return note(history, { ...at, rule: 'FIGURE 4-6', inputs, outcome: status });
  if (target.inadvertent.size > 0)
    note(history, { ...at, rule: 'TABLE 6-13', inputs, outcome: yes(inadvertent) });
  if (inadvertent) return;
  traceAge(history, patient, target, evaluation);
  traceIntervals(history, patient, target, evaluation);
  if (history.schedule.conflicts.has(dose.vaccine)) {
    note(history, { ...at, rule: 'CONFLICT-3', inputs, outcome: yes(isInConflict(history, patient, dose)) });
  }
  const vaccine = evaluateVaccine(history, target, dose);
  const of = { ...inputs, reasons: [...vaccine.reasons] };
  note(history, {
    ...at,
    rule: 'TABLE 6-26',
    inputs: of,
    outcome: yes(vaccine.accepted && vaccine.rule === 'TABLE 6-26'),
  });
  if (vaccine.rule === 'TABLE 6-29')
    note(history, { ...at, rule: 'TABLE 6-29', inputs: of, outcome: yes(vaccine.accepted) });
  note(history, { ...at, rule: 'TABLE 6-31', inputs: { ...inputs, reasons: [...reasons] }, outcome: status });
}

function traceAge(
  history: History,
  { series }: PatientSeries,
  target: CompiledDose,
  { dose }: Evaluation,
): void {
  const age = ageRuleOn(target, dose.day);
  const dayOf = (index: number | undefined) =>
    index === undefined || index < 0 ? null : dateOf(ageDay(history, index, 0));
  const { outcome, reason } = evaluateAge(history, target, dose.day);
  const inputs = {
    date: dose.given.date,
    absoluteMinimumAgeDate: dayOf(age?.absoluteMinimum),
    minimumAgeDate: dayOf(age?.minimum),
    maximumAgeDate: dayOf(age?.maximum),
  };
  note(history, { rule: 'TABLE 6-15', series, target, dose, inputs, outcome: reason ?? outcome });
}

function traceIntervals(
  history: History,
  patient: PatientSeries,
  target: CompiledDose,
  { dose }: Evaluation,
): void {
  const at = { series: patient.series, target, dose };
  for (const interval of target.intervals) {
    if (!isInEffect(interval, dose.day)) continue;
    note(history, { ...at, rule: 'TABLE 6-18', ...intervalCheck(history, patient, interval, dose) });
  }
  if (evaluatePreferableIntervals(history, patient, target, dose).satisfied) return;
  const { satisfied } = evaluateAllowableIntervals(history, patient, target, dose);
  const checks = target.allowableIntervals
    .filter(interval => isInEffect(interval, dose.day))
    .map(interval => intervalCheck(history, patient, interval, dose).inputs.absoluteMinimumIntervalDate);
  const inputs = { date: dose.given.date, absoluteMinimumIntervalDates: checks };
  note(history, { ...at, rule: 'TABLE 6-21', inputs, outcome: satisfied ? 'met' : 'interval-too-soon' });
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
  const inputs = {
    date: dose.given.date,
    from: interval.reference.kind,
    referenceDate: dateOf(reference),
    absoluteMinimumIntervalDate: dateOf(absoluteMinimum),
    minimumIntervalDate: dateOf(minimum),
  };
  const tooSoon = absoluteMinimum !== null && dose.day < absoluteMinimum;
  const withGrace = minimum !== null && dose.day < minimum;
  if (reference === null) return { inputs, outcome: 'does-not-apply' as const };
  if (tooSoon) return { inputs, outcome: 'interval-too-soon' as const };
  return { inputs, outcome: withGrace ? ('interval-grace-period' as const) : ('valid' as const) };
}
