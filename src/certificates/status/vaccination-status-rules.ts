import type { CivilDate } from '../../common';
import { type CompiledSchedule, type DueStatus, forecast, type Person } from '../../forecasting';

/** How far somebody is with one vaccine group: all that a checker is told. */
export const VACCINATION_STATUSES = ['NONE', 'PARTLY', 'FULLY'] as const;
export type VaccinationStatus = (typeof VACCINATION_STATUSES)[number];

/** While a vaccine group stands so, a dose of it is to come. */
const TO_COME: readonly DueStatus[] = ['due', 'overdue', 'not-due'];

/** By the schedule, on a day: no valid dose; some, with doses to come; all that the schedule asks for. */
export function vaccinationStatus(
  schedule: CompiledSchedule,
  person: Person,
  vaccineGroup: string,
  on: CivilDate,
): VaccinationStatus {
  const { evaluations, groups } = forecast(schedule, person, on);
  const counts = evaluations.some(one => one.vaccineGroup === vaccineGroup && one.status === 'valid');
  if (!counts) return 'NONE';
  const waits = groups.some(one => one.vaccineGroup === vaccineGroup && TO_COME.includes(one.dueStatus));
  return waits ? 'PARTLY' : 'FULLY';
}
