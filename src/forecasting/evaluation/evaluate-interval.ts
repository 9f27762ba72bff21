import { addSpan, type DayNumber } from '../../common';
import type { CompiledDose, CompiledInterval } from '../schedule/compiled-schedule';
import { isInEffect } from './evaluate-age';
import type { History, HistoryDose } from '../history/organise-history';
import type { PatientSeries } from '../history/patient-series';
import type { EvaluationReason } from '../person-forecast';

export interface IntervalVerdict {
  readonly satisfied: boolean;
  readonly reason: EvaluationReason | null;
}

const SATISFIED: IntervalVerdict = { satisfied: true, reason: null };
const GRACE: IntervalVerdict = { satisfied: true, reason: 'interval-grace-period' };
const TOO_SOON: IntervalVerdict = { satisfied: false, reason: 'interval-too-soon' };

/**
 * Reference dose date of an interval: CALCDTINT-1, CALCDTINT-2, CALCDTINT-8, CALCDTINT-9. `before` is the dose being
 * evaluated, or null in a forecast. Null when the event has not happened: the interval then does not apply.
 */
export function referenceDay(
  history: History,
  patient: PatientSeries,
  interval: CompiledInterval,
  before: HistoryDose | null,
): DayNumber | null {
  const { reference } = interval;
  switch (reference.kind) {
    case 'previous-dose':
      return previousDoseDay(patient);
    case 'target-dose':
      return patient.satisfied.find(({ target }) => target.number === reference.number)?.dose.day ?? null;
    case 'most-recent':
      return mostRecentDay(history, patient, reference.vaccines, before);
    case 'observation':
      return history.observations.get(reference.observation) ?? null;
  }
}

/** CALCDTINT-1: the immediate previous dose that is valid or not valid and was not inadvertent. */
function previousDoseDay(patient: PatientSeries): DayNumber | null {
  for (let i = patient.evaluations.length - 1; i >= 0; i--) {
    const { status, inadvertent, dose } = patient.evaluations[i]!;
    if ((status === 'valid' || status === 'not-valid') && !inadvertent) return dose.day;
  }
  return null;
}

/** CALCDTINT-8: the most recent dose of these vaccines in the whole history that was not inadvertent in this series. */
function mostRecentDay(
  history: History,
  patient: PatientSeries,
  vaccines: ReadonlySet<number>,
  before: HistoryDose | null,
): DayNumber | null {
  const last = before ? before.order : history.doses.length;
  for (let i = last - 1; i >= 0; i--) {
    const dose = history.doses[i]!;
    if (!vaccines.has(dose.vaccine)) continue;
    if (!patient.evaluations.some(evaluation => evaluation.dose === dose && evaluation.inadvertent))
      return dose.day;
  }
  return null;
}

function evaluateInterval(
  history: History,
  patient: PatientSeries,
  interval: CompiledInterval,
  dose: HistoryDose,
): IntervalVerdict {
  const reference = referenceDay(history, patient, interval, dose);
  if (reference === null) return SATISFIED;
  const { monthEnd } = history.schedule;
  const { absoluteMinimum, minimum } = interval;
  if (absoluteMinimum && dose.day < addSpan(reference, absoluteMinimum, monthEnd)) return TOO_SOON;
  return minimum && dose.day < addSpan(reference, minimum, monthEnd) ? GRACE : SATISFIED;
}

/** Table 6-18: did the dose satisfy every preferable interval in effect? None: it did. */
export function evaluatePreferableIntervals(
  history: History,
  patient: PatientSeries,
  target: CompiledDose,
  dose: HistoryDose,
): IntervalVerdict {
  let verdict = SATISFIED;
  for (const interval of target.intervals) {
    if (!isInEffect(interval, dose.day)) continue;
    const one = evaluateInterval(history, patient, interval, dose);
    if (!one.satisfied) return one;
    if (one.reason) verdict = one;
  }
  return verdict;
}

/** Table 6-21: did the dose satisfy every allowable interval in effect? None: it did not. */
export function evaluateAllowableIntervals(
  history: History,
  patient: PatientSeries,
  target: CompiledDose,
  dose: HistoryDose,
): IntervalVerdict {
  let verdict = TOO_SOON;
  for (const interval of target.allowableIntervals) {
    if (!isInEffect(interval, dose.day)) continue;
    verdict = evaluateInterval(history, patient, interval, dose);
    if (!verdict.satisfied) return verdict;
  }
  return verdict;
}
