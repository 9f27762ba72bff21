import type { CivilDate } from '../../common';
import { type CompiledSchedule, type DueStatus, forecast, type Person } from '../../forecasting';

/** `PROVISIONAL` while the schedule still has doses to come of what the person has begun, `FINAL` after. */
export type Standing = 'PROVISIONAL' | 'FINAL';

/** While a vaccine group stands so, a dose of it is to come. */
const TO_COME: readonly DueStatus[] = ['due', 'overdue', 'not-due'];

/**
 * How a certificate of these doses stands on a day. Vaccines that the person has not begun are no part of it: the
 * certificate says nothing of them, and so nothing is wanting.
 */
export function standingOf(schedule: CompiledSchedule, person: Person, on: CivilDate): Standing {
  const { evaluations, groups } = forecast(schedule, person, on);
  const begun = new Set(evaluations.map(({ vaccineGroup }) => vaccineGroup));
  const waits = groups.some(
    ({ vaccineGroup, dueStatus }) => begun.has(vaccineGroup) && TO_COME.includes(dueStatus),
  );
  return waits ? 'PROVISIONAL' : 'FINAL';
}
