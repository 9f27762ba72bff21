import { addSpan, type DayNumber } from '../../common';
import type { CompiledCondition, CompiledSkip, CompiledSkipSet } from '../schedule/compiled-schedule';
import { isInEffect } from './evaluate-age';
import { type History, type HistoryDose, isWithinAges } from '../history/organise-history';
import type { PatientSeries } from '../history/patient-series';
import type { Logic } from '../schedule/schedule-format';
import { dateOf, type Inputs, note, yes } from '../trace/note';

/** Series groups with a complete series, each with the place in the history of the dose that completed it. */
export type CompletedGroups = ReadonlyMap<string, number>;

/** What a conditional skip is looked at with (CONDSKIP-2). */
export interface SkipMoment {
  /** Date administered, assessment date, or earliest date of the forecast to be validated. */
  readonly reference: DayNumber;
  /** Chooses the sets in effect: date administered or assessment date (RELEVANT-1 and RELEVANT-2). */
  readonly anchor: DayNumber;
  /** The dose being evaluated, or null in a forecast. Only doses before it are counted. */
  readonly before: HistoryDose | null;
  /** The complete series groups of the antigen. */
  readonly completed: CompletedGroups;
}

/** Table 6-11: can the target dose be skipped? Any one of the instances given may say so. */
export function canBeSkipped(
  history: History,
  patient: PatientSeries,
  skips: readonly CompiledSkip[],
  moment: SkipMoment,
): boolean {
  const skipped = skips.some(skip =>
    isMet(skip.sets, skip.logic, set => isSetMet(history, patient, set, moment)),
  );
  if (history.trace) {
    const outcome = skipped ? 'skipped' : 'not-skipped';
    note(history, { ...stepAt(patient, moment), rule: 'TABLE 6-11', outcome });
  }
  return skipped;
}

/** For the trace: the target dose that the series has come to, as things stood at the moment. */
const stepAt = ({ series, next }: PatientSeries, { reference, before }: SkipMoment, inputs: Inputs = {}) => ({
  series,
  target: series.doses[next],
  dose: before,
  inputs: { referenceDate: dateOf(reference), ...inputs },
});

function isMet<T>(items: readonly T[], logic: Logic, met: (item: T) => boolean): boolean {
  return logic === 'or' ? items.some(met) : items.length > 0 && items.every(met);
}

/** Table 6-10, for a set in effect. */
function isSetMet(
  history: History,
  patient: PatientSeries,
  set: CompiledSkipSet,
  moment: SkipMoment,
): boolean {
  const inEffect = isInEffect(set, moment.anchor);
  const met =
    inEffect &&
    isMet(set.conditions, set.logic, condition => {
      const one = isConditionMet(history, patient, condition, moment);
      if (history.trace) {
        const inputs = inputsOf(history, patient, condition, moment);
        const rule = TABLES[condition.kind];
        note(history, { ...stepAt(patient, moment, inputs), rule, outcome: yes(one) });
      }
      return one;
    });
  if (history.trace) {
    const inputs = { set: set.id, inEffect };
    note(history, { ...stepAt(patient, moment, inputs), rule: 'TABLE 6-10', outcome: yes(met) });
  }
  return met;
}

const TABLES = {
  age: 'TABLE 6-6',
  'completed-series': 'TABLE 6-7',
  interval: 'TABLE 6-8',
  'vaccine-count': 'TABLE 6-9',
} as const;

function inputsOf(
  history: History,
  patient: PatientSeries,
  condition: CompiledCondition,
  { before }: SkipMoment,
): Inputs {
  if (condition.kind === 'completed-series') return { seriesGroups: condition.groups };
  if (condition.kind !== 'vaccine-count') return {};
  const doses = countDoses(history, patient, condition, before);
  return { doses, compare: condition.compare, with: condition.count };
}

/** Tables 6-6 to 6-9. */
function isConditionMet(
  history: History,
  patient: PatientSeries,
  condition: CompiledCondition,
  moment: SkipMoment,
): boolean {
  switch (condition.kind) {
    case 'age':
      return isWithinAges(history, condition, moment.reference);
    case 'completed-series':
      return condition.groups.some(group => isCompleteAt(moment, group));
    case 'interval': {
      const previous = patient.evaluations.at(-1)?.dose.day;
      if (previous === undefined) return false;
      return moment.reference >= addSpan(previous, condition.span, history.schedule.monthEnd);
    }
    case 'vaccine-count': {
      const count = countDoses(history, patient, condition, moment.before);
      if (condition.compare === 'greater-than') return count > condition.count;
      return condition.compare === 'equal-to' ? count === condition.count : count < condition.count;
    }
  }
}

/**
 * Table 6-7, as things stood at the moment: when a dose is evaluated, a series that a later dose completes is not yet
 * complete, or else that later dose would undo the earlier ones.
 */
function isCompleteAt({ completed, before }: SkipMoment, group: string): boolean {
  const by = completed.get(group);
  return by !== undefined && (before === null || by < before.order);
}

/** CONDSKIP-1. Without vaccine types, every dose of the antigen counts. */
function countDoses(
  history: History,
  patient: PatientSeries,
  condition: Extract<CompiledCondition, { kind: 'vaccine-count' }>,
  before: HistoryDose | null,
): number {
  const { vaccines } = condition;
  const doses = vaccines ? history.doses : history.dosesOf[patient.series.antigen]!;
  let count = 0;
  for (const dose of doses) {
    if (before && dose.order >= before.order) break;
    if (vaccines && !vaccines.has(dose.vaccine)) continue;
    if (dose.day < condition.startDate || dose.day >= condition.endDate) continue;
    if (!isWithinAges(history, condition, dose.day)) continue;
    if (!condition.onlyValid || isValid(patient, dose)) count++;
  }
  return count;
}

function isValid(patient: PatientSeries, dose: HistoryDose): boolean {
  return patient.evaluations.some(evaluation => evaluation.dose === dose && evaluation.status === 'valid');
}
