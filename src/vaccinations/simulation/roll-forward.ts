import type { CivilDate } from '../../common';
import {
  type CompiledSchedule,
  type DoseGiven,
  type DueStatus,
  forecast,
  type GroupForecast,
  type Person,
} from '../../forecasting';

/** A dose that would be given. */
export interface DoseToCome {
  day: CivilDate;
  vaccineCode: string;
}

/** More visits than anybody has in two years; a schedule that asks for more than this contradicts itself. */
const MOST_VISITS = 60;

/**
 * The doses a person would be given from one day up to another (not included), if she came on every day on which one is
 * recommended: what has been due for long, on the first day. Of several vaccines that count, the schedule's first. Pure.
 */
export function rollForward(
  schedule: CompiledSchedule,
  person: Person,
  { from, before }: { from: CivilDate; before: CivilDate },
): DoseToCome[] {
  const doses: DoseGiven[] = [...person.doses];
  const coming: DoseToCome[] = [];
  let day = from;
  for (let visit = 0; visit < MOST_VISITS; visit++) {
    const open = forecast(schedule, { ...person, doses }, day).groups.filter(
      group => vaccineFor(group) !== undefined,
    );
    const next = firstDay(open);
    if (next === null) break;
    if (next > day) day = next;
    if (day >= before) break;
    const today = new Set(coming.filter(dose => dose.day === day).map(dose => dose.vaccineCode));
    const due = open.filter(({ recommended }) => recommended! <= day).map(group => vaccineFor(group)!);
    const given = [...new Set(due)].filter(vaccine => !today.has(vaccine));
    if (given.length === 0) break; // the schedule does not count what it asks for
    for (const vaccineCode of given) {
      coming.push({ day, vaccineCode });
      doses.push({ id: `~${String(coming.length).padStart(3, '0')}`, vaccineCode, date: day });
    }
  }
  return coming;
}

const vaccineFor = ({ recommended, vaccines, preferableVaccines }: GroupForecast): string | undefined =>
  recommended === undefined ? undefined : (vaccines[0] ?? preferableVaccines[0]);

function firstDay(open: readonly GroupForecast[]): CivilDate | null {
  let first: CivilDate | null = null;
  for (const { recommended } of open) if (first === null || recommended! < first) first = recommended!;
  return first;
}

/** From what somebody must act on to what nobody need. */
const URGENT_FIRST: readonly DueStatus[] = [
  'overdue',
  'due',
  'not-due',
  'contraindicated',
  'complete',
  'immune',
  'aged-out',
  'not-recommended',
];

/** How a person stands with each vaccine group on a day; of a group with two series groups, the more urgent. Pure. */
export function standings(schedule: CompiledSchedule, person: Person, on: CivilDate): Map<string, DueStatus> {
  const found = new Map<string, DueStatus>();
  for (const { vaccineGroup, dueStatus } of forecast(schedule, person, on).groups) {
    const known = found.get(vaccineGroup);
    if (!known || URGENT_FIRST.indexOf(dueStatus) < URGENT_FIRST.indexOf(known))
      found.set(vaccineGroup, dueStatus);
  }
  return found;
}
