import {
  addSpan,
  type CalendarSpan,
  type CivilDate,
  type DayNumber,
  isCivilDate,
  toCivilDate,
  toDayNumber,
} from '../common';
import { type CompiledSchedule, type Effective, FIRST_DAY, LAST_DAY } from './schedule/compiled-schedule';
import type { Person } from './person';

/** The days by which a schedule looks at the calendar, and the spans by which it looks back at doses. */
interface Edges {
  /** Ascending. */
  readonly days: readonly DayNumber[];
  readonly afterDoses: readonly CalendarSpan[];
}

const known = new WeakMap<CompiledSchedule, Edges>();

/**
 * The first day after `on` on which time alone may change what is forecast (statuses, dose numbers, dates) for a person
 * whose record stays as it is; null when there is none. Before that day every forecast is the same but for `dueStatus`,
 * which follows from the dates. Careful rather than exact: the answer may well be the same on that day too. It is the
 * next day on which she reaches an age the schedule knows, a rule begins or ceases to hold, a season begins or ends, or
 * an interval after one of her doses is over.
 */
export function nextChange(schedule: CompiledSchedule, person: Person, on: CivilDate): CivilDate | null {
  const today = toDayNumber(on);
  const birth = toDayNumber(person.birthDate);
  const { days, afterDoses } = edgesOf(schedule);
  let next = days.find(day => day > today) ?? Number.POSITIVE_INFINITY;
  const consider = (day: DayNumber): void => {
    if (day > today && day < next) next = day;
  };
  for (const span of schedule.ageSpans) consider(addSpan(birth, span, schedule.monthEnd));
  for (const { date } of person.doses) {
    if ((date <= on && afterDoses.length === 0) || !isCivilDate(date)) continue;
    consider(toDayNumber(date));
    for (const span of afterDoses) consider(addSpan(toDayNumber(date), span, schedule.monthEnd));
  }
  for (const { date } of person.observations ?? []) if (isCivilDate(date)) consider(toDayNumber(date));
  return next < LAST_DAY ? toCivilDate(next) : null;
}

function edgesOf(schedule: CompiledSchedule): Edges {
  const found = known.get(schedule);
  if (found) return found;
  const days = new Set<DayNumber>();
  const afterDoses = new Map<string, CalendarSpan>();
  const inEffect = ({ from, to }: Effective): void => void days.add(from).add(to + 1);
  for (const { series } of schedule.antigens)
    for (const dose of series.flatMap(one => one.doses)) {
      [...dose.ages, ...dose.intervals, ...dose.allowableIntervals].forEach(inEffect);
      if (dose.seasonStart !== null) days.add(dose.seasonStart);
      days.add(dose.seasonEnd + 1);
      for (const set of [...dose.skips.evaluation, ...dose.skips.forecast].flatMap(({ sets }) => sets)) {
        inEffect(set);
        for (const condition of set.conditions)
          if (condition.kind === 'interval') afterDoses.set(JSON.stringify(condition.span), condition.span);
      }
    }
  const edges = {
    days: [...days].filter(day => day > FIRST_DAY && day < LAST_DAY).sort((a, b) => a - b),
    afterDoses: [...afterDoses.values()],
  };
  known.set(schedule, edges);
  return edges;
}
