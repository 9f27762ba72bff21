import { hash } from 'node:crypto';
import { addTo, type CivilDate } from '../../common';
import { type CompiledSchedule, forecast, type GroupForecast, nextChange } from '../../forecasting';
import { latestBirthDate, type PersonToPlan } from '../../registry';
import type { DoseForEngine } from '../dose-record';
import { enginePerson } from '../doses';

/** What is kept of a group's forecast. */
export interface ForecastLine {
  vaccineGroup: string;
  seriesGroup: string;
  status: GroupForecast['status'];
  doseNumber: number | null;
  earliest: CivilDate | null;
  recommended: CivilDate | null;
  pastDue: CivilDate | null;
  latest: CivilDate | null;
  vaccines: readonly string[];
}

/** A person's whole forecast as it is kept. */
export interface KeptForecast {
  lines: ForecastLine[];
  /** From this day on it must be made anew, though nothing was recorded; null when never. */
  validUntil: CivilDate | null;
  /** Equal for equal lines in one area. */
  digest: Buffer;
}

/** Statuses that leave nothing to do and nothing achieved: most groups of most grown-up people. Not kept. */
const NOT_KEPT: readonly GroupForecast['status'][] = ['aged-out', 'not-recommended'];

/** A person with these doses, by a schedule, on a day. Nobody dead or gone is ever due. Pure. */
export function keptForecast(
  schedule: CompiledSchedule,
  record: PersonToPlan,
  doses: readonly DoseForEngine[],
  on: CivilDate,
  areaId: string,
): KeptForecast {
  if (record.status !== 'active') return { lines: [], validUntil: null, digest: digestOf([], areaId) };
  const { person, birthDateAssumed } = enginePerson(record, doses, on);
  const lines = forecast(schedule, person, on).groups.filter(isKept).map(asLine);
  return {
    lines,
    // As long as she could be born today or later, the birth date assumed moves with the day.
    validUntil:
      birthDateAssumed &&
      on < latestBirthDate({ date: record.birthDate, precision: record.birthDatePrecision })
        ? addTo(on, { months: 0, days: 1 })
        : nextChange(schedule, person, on),
    digest: digestOf(lines, areaId),
  };
}

const isKept = ({ status }: GroupForecast): boolean => !NOT_KEPT.includes(status);

const asLine = (group: GroupForecast): ForecastLine => ({
  vaccineGroup: group.vaccineGroup,
  seriesGroup: group.seriesGroup,
  status: group.status,
  doseNumber: group.targetDoseNumber ?? null,
  earliest: group.earliest ?? null,
  recommended: group.recommended ?? null,
  pastDue: group.pastDue ?? null,
  latest: group.latest ?? null,
  vaccines: group.vaccines,
});

const digestOf = (lines: readonly ForecastLine[], areaId: string): Buffer =>
  hash('sha1', JSON.stringify([areaId, lines]), 'buffer');
