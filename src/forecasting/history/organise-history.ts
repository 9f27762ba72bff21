import {
  addSpan,
  type CivilDate,
  type DayNumber,
  dayNumberOf,
  daysInMonth,
  isCivilDate,
  toDayNumber,
} from '../../common';
import {
  type AgeIndex,
  type CompiledSchedule,
  FIRST_DAY,
  LAST_DAY,
  type ObservationIndex,
  type VaccineIndex,
} from '../schedule/compiled-schedule';
import type { DoseGiven, Person } from '../person';
import type { Finding } from '../person-forecast';
import type { TraceStep } from '../trace/rules';
import type { Sex } from '../schedule/schedule-format';
import { followedBy } from './short-list';

/** A dose of the history that can be evaluated. */
export interface HistoryDose {
  readonly id: string;
  /** Its place in the whole history, by day and then by id. */
  readonly order: number;
  readonly day: DayNumber;
  readonly vaccine: VaccineIndex;
  /** The last day on which its lot may be used. */
  readonly lastUse: DayNumber;
  readonly given: DoseGiven;
}

/** Everything about the person that the rules ask for, organised once (CDSi 4.1 and 4.2). */
export interface History {
  readonly schedule: CompiledSchedule;
  readonly birth: DayNumber;
  readonly on: DayNumber;
  readonly sex: Sex;
  readonly countryOfBirth: string | undefined;
  readonly doses: readonly HistoryDose[];
  /** Antigen administered records: by index of the antigen, ascending by day. */
  readonly dosesOf: (readonly HistoryDose[])[];
  /** Active observations and the latest day each was recorded with, if any. */
  readonly observations: ReadonlyMap<ObservationIndex, DayNumber | null>;
  readonly findings: Finding[];
  readonly trace: TraceStep[] | null;
  /** Memo of birth date + age, filled as asked. */
  readonly ageDays: DayNumber[];
}

const NOT_YET = -2_147_483_648;
/** Most antigens have had no dose: they share one list. */
const NONE: readonly HistoryDose[] = [];
const NOTHING_OBSERVED: ReadonlyMap<ObservationIndex, DayNumber | null> = new Map();

/** Breaks the doses into antigen records in order, and names the records that cannot be used (CDSi 4.2). */
export function organiseHistory(
  schedule: CompiledSchedule,
  person: Person,
  on: CivilDate,
  traced: boolean,
): History {
  const birth = toDayNumber(person.birthDate);
  const today = toDayNumber(on);
  const findings: Finding[] = [];
  if (birth > today)
    findings.push({ code: 'born-after-assessment', params: { birthDate: person.birthDate, on } });
  const doses = usableDoses(schedule, person.doses, birth, today, findings);
  const history: History = {
    schedule,
    birth,
    on: today,
    sex: person.sex,
    countryOfBirth: person.countryOfBirth,
    doses,
    dosesOf: schedule.antigens.map(() => NONE),
    observations: activeObservations(schedule, person, today, findings),
    findings,
    trace: traced ? [] : null,
    ageDays: schedule.ageSpans.map(() => NOT_YET),
  };
  for (const dose of doses) recordAntigens(history, dose);
  return history;
}

/** The antigens a dose counts for depend on the age at which it was given. */
function recordAntigens(history: History, dose: HistoryDose): void {
  for (const link of history.schedule.vaccines[dose.vaccine]!.antigens) {
    const holds =
      dose.day >= ageDay(history, link.begin, FIRST_DAY) && dose.day < ageDay(history, link.end, LAST_DAY);
    if (holds) history.dosesOf[link.antigen] = followedBy(history.dosesOf[link.antigen]!, dose);
  }
}

/** The day the person reaches an age, or `absent` where the schedule gives none (CALCDTAGE-1 to CALCDTAGE-5 and alike). */
export function ageDay(history: History, age: AgeIndex, absent: DayNumber): DayNumber {
  if (age < 0) return absent;
  const known = history.ageDays[age]!;
  if (known !== NOT_YET) return known;
  return (history.ageDays[age] = addSpan(
    history.birth,
    history.schedule.ageSpans[age]!,
    history.schedule.monthEnd,
  ));
}

/** True at `begin` ≤ the person's age on the day < `end`. */
export function isWithinAges(
  history: History,
  range: { readonly begin: AgeIndex; readonly end: AgeIndex },
  day: DayNumber,
): boolean {
  return day >= ageDay(history, range.begin, FIRST_DAY) && day < ageDay(history, range.end, LAST_DAY);
}

function usableDoses(
  schedule: CompiledSchedule,
  given: readonly DoseGiven[],
  birth: DayNumber,
  today: DayNumber,
  findings: Finding[],
): readonly HistoryDose[] {
  let usable: readonly Unordered[] = [];
  for (const dose of given) {
    const fault = whyUnusable(schedule, dose, birth, today);
    if (fault) findings.push(fault);
    else usable = followedBy(usable, usableDose(schedule, dose));
  }
  const inOrder = usable.length > 1 ? usable.toSorted(byDay) : usable;
  duplicates(inOrder, findings);
  findings.sort((a, b) => compareText(a.doseId ?? '', b.doseId ?? '') || compareText(a.code, b.code));
  inOrder.forEach((dose, order) => (dose.order = order));
  return inOrder;
}

/** A dose before its place among the others is known. */
type Unordered = { -readonly [Part in keyof HistoryDose]: HistoryDose[Part] };

const usableDose = (schedule: CompiledSchedule, given: DoseGiven): Unordered => ({
  id: given.id,
  order: 0,
  day: toDayNumber(given.date),
  vaccine: schedule.vaccineIndex.get(given.vaccineCode)!,
  lastUse: given.lotExpiry === undefined ? LAST_DAY : lotExpiryDay(given.lotExpiry)!,
  given,
});

const byDay = (a: HistoryDose, b: HistoryDose): number =>
  a.day - b.day || compareText(a.id, b.id) || compareText(a.given.vaccineCode, b.given.vaccineCode);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function whyUnusable(
  schedule: CompiledSchedule,
  dose: DoseGiven,
  birth: DayNumber,
  today: DayNumber,
): Finding | null {
  const finding = (code: Finding['code'], params: Finding['params']): Finding => ({
    code,
    doseId: dose.id,
    params,
  });
  if (!isCivilDate(dose.date)) return finding('invalid-date', { date: String(dose.date) });
  if (dose.lotExpiry !== undefined && lotExpiryDay(dose.lotExpiry) === null)
    return finding('invalid-date', { lotExpiry: String(dose.lotExpiry) });
  if (!schedule.vaccineIndex.has(dose.vaccineCode))
    return finding('unknown-vaccine', { vaccine: dose.vaccineCode });
  const day = toDayNumber(dose.date);
  if (day < birth) return finding('dose-before-birth', { date: dose.date });
  if (day > today) return finding('future-dose', { date: dose.date });
  return null;
}

/** Doses of one vaccine on one day, whichever of its codes they were recorded with. */
function duplicates(sorted: readonly HistoryDose[], findings: Finding[]): void {
  sorted.forEach(({ id, day, vaccine, given }, i) => {
    let first = i;
    while (first > 0 && sorted[first - 1]!.day === day) first--;
    const original = sorted.slice(first, i).find(earlier => earlier.vaccine === vaccine);
    if (!original) return;
    const params = { date: given.date, vaccine: given.vaccineCode, duplicateOf: original.id };
    findings.push({ code: 'duplicate-dose', doseId: id, params });
  });
}

function activeObservations(
  schedule: CompiledSchedule,
  person: Person,
  today: DayNumber,
  findings: Finding[],
): ReadonlyMap<ObservationIndex, DayNumber | null> {
  if (!person.observations?.length) return NOTHING_OBSERVED;
  const active = new Map<ObservationIndex, DayNumber | null>();
  for (const { code, system, date } of person.observations) {
    const index =
      (system === undefined ? undefined : schedule.observationIndex.get(`${system}|${code}`)) ??
      schedule.observationIndex.get(code);
    if (index === undefined) findings.push({ code: 'unknown-observation', params: { observation: code } });
    else if (date !== undefined && !isCivilDate(date)) {
      findings.push({ code: 'invalid-date', params: { observation: code, date: String(date) } });
    } else if (date !== undefined && toDayNumber(date) > today) {
      findings.push({ code: 'future-observation', params: { observation: code, date } });
    } else {
      const day = date === undefined ? null : toDayNumber(date);
      const known = active.get(index);
      active.set(index, known == null ? day : day === null ? known : Math.max(known, day));
    }
  }
  return active;
}

/** CALCDTLOTEXP-1: the last day on which a lot may be used, of the month where only that is known; null for no date. */
export function lotExpiryDay(lotExpiry: string): DayNumber | null {
  if (isCivilDate(lotExpiry)) return toDayNumber(lotExpiry);
  const month = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(lotExpiry);
  return month
    ? dayNumberOf(Number(month[1]), Number(month[2]), daysInMonth(Number(month[1]), Number(month[2])))
    : null;
}
