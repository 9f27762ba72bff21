import { addSpan, type DayNumber } from '../../common';
import type { CompiledConflict, CompiledDose } from '../schedule/compiled-schedule';
import type { History, HistoryDose } from '../history/organise-history';
import type { PatientSeries } from '../history/patient-series';

const NONE: readonly CompiledConflict[] = [];

/**
 * CONFLICT-3: was the dose given too soon after another live vaccine? Looks at the whole history, whatever the antigen.
 */
export function isInConflict(history: History, patient: PatientSeries, dose: HistoryDose): boolean {
  const conflicts = history.schedule.conflicts.get(dose.vaccine);
  if (!conflicts) return false;
  for (let i = 0; i < dose.order; i++) {
    const previous = history.doses[i]!;
    for (const conflict of conflicts.get(previous.vaccine) ?? NONE) {
      if (isWithin(history, patient, conflict, previous, dose.day)) return true;
    }
  }
  return false;
}

/** CALCDTCONFLICT-1 and CALCDTCONFLICT-2. A dose that this series has not evaluated has no evaluation status. */
function isWithin(
  history: History,
  patient: PatientSeries,
  conflict: CompiledConflict,
  previous: HistoryDose,
  day: DayNumber,
): boolean {
  const { monthEnd } = history.schedule;
  if (day < addSpan(previous.day, conflict.begin, monthEnd)) return false;
  const status = patient.evaluations.find(evaluation => evaluation.dose === previous)?.status;
  const end = status === undefined || status === 'valid' ? conflict.minimumEnd : conflict.end;
  return day < addSpan(previous.day, end, monthEnd);
}

/** CALCDTCONFLICT-3: until when any dose given stands against a preferable vaccine of the target dose, or null. */
export function forecastConflictEnd(history: History, target: CompiledDose): DayNumber | null {
  if (history.schedule.conflicts.size === 0) return null;
  let latest: DayNumber | null = null;
  for (const { vaccine } of target.preferable) {
    const conflicts = history.schedule.conflicts.get(vaccine);
    if (!conflicts) continue;
    for (const dose of history.doses) {
      for (const conflict of conflicts.get(dose.vaccine) ?? NONE) {
        const end = addSpan(dose.day, conflict.end, history.schedule.monthEnd);
        if (latest === null || end > latest) latest = end;
      }
    }
  }
  return latest;
}
