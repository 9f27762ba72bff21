import { addSpan, type CalendarSpan, type DayNumber } from '../../common';
import {
  type CompiledAge,
  type CompiledAntigen,
  type CompiledDose,
  type CompiledInterval,
  FIRST_DAY,
  LAST_DAY,
  type VaccineIndex,
} from '../schedule/compiled-schedule';
import { isVaccineContraindicated } from './contraindications';
import { ageRuleOn, isInEffect } from '../evaluation/evaluate-age';
import { forecastConflictEnd } from '../evaluation/evaluate-conflict';
import { referenceDay } from '../evaluation/evaluate-interval';
import { ageDay, type History, isWithinAges } from '../history/organise-history';
import type { ForecastDates, NextDose, PatientSeries } from '../history/patient-series';
import type { ForecastReason } from '../person-forecast';

/**
 * FORECASTDTCAN-1: the latest of six dates. Where the schedule gives none of them the specification leaves the date
 * blank; we answer with the date of birth, since no dose can be given before it.
 */
export function candidateEarliest(history: History, patient: PatientSeries, target: CompiledDose): NextDose {
  let earliest = history.birth;
  let earliestReason: ForecastReason = 'no-limit';
  eachCandidate(history, patient, target, (candidate, why) => {
    if (candidate === null || candidate < earliest) return;
    if (candidate === earliest && earliestReason !== 'no-limit') return;
    earliest = candidate;
    earliestReason = why;
  });
  return { target, earliest, earliestReason };
}

/** The six dates of FORECASTDTCAN-1, in its order; null where there is none. */
export function eachCandidate(
  history: History,
  patient: PatientSeries,
  target: CompiledDose,
  consider: (day: DayNumber | null, why: ForecastReason) => void,
): void {
  const minimumAge = ageRuleOn(target, history.on)?.minimum ?? -1;
  consider(minimumAge < 0 ? null : ageDay(history, minimumAge, FIRST_DAY), 'minimum-age');
  consider(latestIntervalDay(history, patient, target, minimumOf), 'minimum-interval');
  consider(forecastConflictEnd(history, target), 'vaccine-conflict');
  consider(target.seasonStart, 'season-start');
  for (const { dose, inadvertent } of patient.evaluations)
    if (inadvertent) consider(dose.day, 'inadvertent-dose');
  consider(patient.evaluations.at(-1)?.dose.day ?? null, 'latest-dose');
}

const minimumOf = (interval: CompiledInterval) => interval.minimum;
const earliestOf = (interval: CompiledInterval) => interval.earliestRecommended;
const latestOf = (interval: CompiledInterval) => interval.latestRecommended;

/** The latest over all intervals in effect of CALCDTINT-4, CALCDTINT-5 or CALCDTINT-6; null when there is none. */
function latestIntervalDay(
  history: History,
  patient: PatientSeries,
  target: CompiledDose,
  spanOf: (interval: CompiledInterval) => CalendarSpan | null,
): DayNumber | null {
  let latest: DayNumber | null = null;
  for (const interval of target.intervals) {
    const span = spanOf(interval);
    if (!span || !isInEffect(interval, history.on)) continue;
    const reference = referenceDay(history, patient, interval, null);
    if (reference === null) continue;
    const day = addSpan(reference, span, history.schedule.monthEnd);
    if (latest === null || day > latest) latest = day;
  }
  return latest;
}

/** The maximum age date of a target dose on the assessment date (CALCDTAGE-1); far away when there is none. */
export function maximumAgeDay(history: History, target: CompiledDose): DayNumber {
  const age = ageRuleOn(target, history.on);
  return age ? ageDay(history, age.maximum, LAST_DAY) : LAST_DAY;
}

/** FORECASTDT-1 to FORECASTDT-6, FORECASTDN-1 and FORECASTRECVAC-1. */
export function forecastDates(history: History, patient: PatientSeries, next: NextDose): ForecastDates {
  const { target, earliest } = next;
  const age = ageRuleOn(target, history.on);
  const { day: unadjustedRecommended, reason: recommendedReason } = recommendedDay(
    history,
    patient,
    target,
    age,
    earliest,
  );
  const unadjustedPastDue = pastDueDay(history, patient, target, age);
  const recommended = Math.max(earliest, unadjustedRecommended);
  const hasLatest = age !== null && age.maximum >= 0;
  return {
    number: forecastDoseNumber(patient),
    unadjustedRecommended,
    recommendedReason,
    unadjustedPastDue,
    recommended,
    pastDue: unadjustedPastDue === null ? null : Math.max(earliest, unadjustedPastDue),
    latest: hasLatest ? ageDay(history, age.maximum, LAST_DAY) - 1 : null,
    ...next,
    ...vaccinesToGive(history, history.schedule.antigens[patient.series.antigen]!, next, recommended),
  };
}

/** FORECASTDT-2. */
function recommendedDay(
  history: History,
  patient: PatientSeries,
  target: CompiledDose,
  age: CompiledAge | null,
  earliest: DayNumber,
): { day: DayNumber; reason: ForecastReason } {
  if (age && age.earliestRecommended >= 0) {
    return { day: ageDay(history, age.earliestRecommended, FIRST_DAY), reason: 'recommended-age' };
  }
  const byInterval = latestIntervalDay(history, patient, target, earliestOf);
  if (byInterval !== null) return { day: byInterval, reason: 'recommended-interval' };
  return { day: earliest, reason: 'earliest-date' };
}

/** FORECASTDT-3. */
function pastDueDay(
  history: History,
  patient: PatientSeries,
  target: CompiledDose,
  age: CompiledAge | null,
): DayNumber | null {
  if (age && age.latestRecommended >= 0) return ageDay(history, age.latestRecommended, LAST_DAY) - 1;
  const byInterval = latestIntervalDay(history, patient, target, latestOf);
  return byInterval === null ? null : byInterval - 1;
}

/** FORECASTDN-1: doses that met a target, less those of seasons past, plus one. */
function forecastDoseNumber(patient: PatientSeries): number {
  let number = 1;
  for (const { target, dose } of patient.satisfied) {
    if (target.seasonStart === null || dose.day >= target.seasonStart) number++;
  }
  return number;
}

/** FORECASTRECVAC-1, and the same without the schedule's mark: every preferable vaccine that may be given then. */
function vaccinesToGive(
  history: History,
  antigen: CompiledAntigen,
  { target, earliest }: NextDose,
  recommended: DayNumber,
): { vaccines: VaccineIndex[]; preferableVaccines: VaccineIndex[] } {
  const vaccines: VaccineIndex[] = [];
  const preferableVaccines: VaccineIndex[] = [];
  for (const rule of target.preferable) {
    if (!isWithinAges(history, rule, earliest) && !isWithinAges(history, rule, recommended)) continue;
    if (isVaccineContraindicated(history, antigen, rule.vaccine)) continue;
    if (!preferableVaccines.includes(rule.vaccine)) preferableVaccines.push(rule.vaccine);
    if (rule.recommend && !vaccines.includes(rule.vaccine)) vaccines.push(rule.vaccine);
  }
  return { vaccines, preferableVaccines };
}
