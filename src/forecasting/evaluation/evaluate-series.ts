import type { CompiledDose, CompiledSeries } from '../schedule/compiled-schedule';
import { canBeSkipped, type CompletedGroups } from './conditional-skip';
import { evaluateAge } from './evaluate-age';
import { isInConflict } from './evaluate-conflict';
import { evaluateAllowableIntervals, evaluatePreferableIntervals } from './evaluate-interval';
import { evaluateVaccine } from './evaluate-vaccine';
import type { History, HistoryDose } from '../history/organise-history';
import type { Evaluation, PatientSeries } from '../history/patient-series';
import { followedBy } from '../history/short-list';
import type { EvaluationReason } from '../person-forecast';
import { traceEvaluation } from '../trace/trace-evaluation';

const NOT_EVALUATED: PatientSeries['evaluations'] = [];
const NONE_MET: PatientSeries['satisfied'] = [];

/** Holds every dose of the antigen against the target doses of a series, in order (CDSi 4.4, figure 4-6). */
export function evaluateSeries(
  history: History,
  series: CompiledSeries,
  completed: CompletedGroups,
): PatientSeries {
  const patient: PatientSeries = { series, evaluations: NOT_EVALUATED, satisfied: NONE_MET, next: 0 };
  for (const dose of history.dosesOf[series.antigen]!) {
    const evaluation = subStandard(patient, dose) ?? evaluateNext(history, patient, dose, completed);
    if (history.trace) traceEvaluation(history, patient, evaluation);
    patient.evaluations = followedBy(patient.evaluations, evaluation);
    if (evaluation.status === 'valid') satisfy(patient, evaluation);
  }
  return patient;
}

/** A recurring target dose is followed by another like it (section 4.4, step 5). */
function satisfy(patient: PatientSeries, { target, dose }: Evaluation): void {
  if (!target) return;
  patient.satisfied = followedBy(patient.satisfied, { target, dose });
  if (!target.recurring) patient.next++;
}

/** Table 6-3: a dose of an expired lot, or with a condition, is not evaluated further and must be repeated. */
function subStandard(patient: PatientSeries, dose: HistoryDose): Evaluation | null {
  const expired = dose.day > dose.lastUse;
  if (!expired && !dose.given.condition) return null;
  const reasons: EvaluationReason[] = [expired ? 'lot-expired' : 'dose-condition'];
  const target = patient.series.doses[patient.next] ?? null;
  return { dose, target, status: 'sub-standard', reasons, rules: ['TABLE 6-3'], inadvertent: false };
}

function evaluateNext(
  history: History,
  patient: PatientSeries,
  dose: HistoryDose,
  completed: CompletedGroups,
): Evaluation {
  skipAhead(history, patient, dose, completed);
  const target = patient.series.doses[patient.next];
  if (!target) {
    const reasons: EvaluationReason[] = ['series-already-complete'];
    return { dose, target: null, status: 'extraneous', reasons, rules: ['FIGURE 4-6'], inadvertent: false };
  }
  return evaluateDose(history, patient, target, dose);
}

/** Section 6.2: target doses that need not be met by this dose are passed over, for good. */
function skipAhead(
  history: History,
  patient: PatientSeries,
  dose: HistoryDose,
  completed: CompletedGroups,
): void {
  const { series } = patient;
  for (let target = series.doses[patient.next]; target; target = series.doses[patient.next]) {
    const skips = target.skips.evaluation;
    if (skips.length === 0) return;
    const moment = { reference: dose.day, anchor: dose.day, before: dose, completed };
    if (!canBeSkipped(history, patient, skips, moment)) return;
    patient.next++;
  }
}

/** Of a dose that nothing is against. */
const MET: readonly string[] = ['TABLE 6-31'];
const NOTHING: readonly EvaluationReason[] = [];
const NO_RULES: readonly string[] = [];

/** Sections 6.3 to 6.10: every check is made, so that every reason against a dose is known (table 6-31). */
export function evaluateDose(
  history: History,
  patient: PatientSeries,
  target: CompiledDose,
  dose: HistoryDose,
): Evaluation {
  if (target.inadvertent.has(dose.vaccine)) {
    const reasons: EvaluationReason[] = ['inadvertent-vaccine'];
    return { dose, target, status: 'not-valid', reasons, rules: ['TABLE 6-13'], inadvertent: true };
  }
  let against = NOTHING;
  let remarks = NOTHING;
  let rules = NO_RULES;

  const age = evaluateAge(history, target, dose.day);
  if (age.outcome !== 'valid') rules = followedBy(rules, 'TABLE 6-15');
  if (age.reason && age.outcome === 'valid') remarks = followedBy(remarks, age.reason);
  else if (age.reason) against = followedBy(against, age.reason);

  const preferable = evaluatePreferableIntervals(history, patient, target, dose);
  if (preferable.satisfied) {
    if (preferable.reason) remarks = followedBy(remarks, preferable.reason);
  } else if (!evaluateAllowableIntervals(history, patient, target, dose).satisfied) {
    against = followedBy(against, 'interval-too-soon');
    rules = [...rules, 'TABLE 6-18', 'TABLE 6-21'];
  }

  if (isInConflict(history, patient, dose)) {
    against = followedBy(against, 'live-vaccine-conflict');
    rules = followedBy(rules, 'CONFLICT-3');
  }

  const vaccine = evaluateVaccine(history, target, dose);
  if (!vaccine.accepted) {
    against = [...against, ...vaccine.reasons];
    rules = followedBy(rules, vaccine.rule);
  } else if (vaccine.reasons.length > 0) remarks = [...remarks, ...vaccine.reasons];

  if (against.length === 0)
    return { dose, target, status: 'valid', reasons: remarks, rules: MET, inadvertent: false };
  const status = age.outcome === 'extraneous' ? 'extraneous' : 'not-valid';
  rules = followedBy(rules, 'TABLE 6-31');
  return { dose, target, status, reasons: [...against, ...remarks], rules, inadvertent: false };
}
