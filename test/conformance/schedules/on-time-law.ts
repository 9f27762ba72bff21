import { addTo, type CivilDate } from '../../../src/common';
import {
  type CompiledSchedule,
  compileSchedule,
  type Schedule,
  type Series,
  type Sex,
} from '../../../src/forecasting';
import { vaccinateOnTime } from './on-time-child';
import { isForOneSex, isRoutine, nameOf, publishedDay, type PublishedRow, spanOf } from './published-rows';

/**
 * For a child vaccinated on time, each routine row's recommended date is the published age. A row that the schedule
 * has for those only who have had too few doses, and says so by a skip that counts them, is held against a child who
 * comes for the first time at the age of that row.
 *
 * Returns a line for each row that is not kept: how often, and the first child. Girls are born on every one of the
 * dates; where the schedule tells the sexes apart, boys on one in thirty.
 */
export function rowsNotKept(
  schedule: Schedule,
  rows: readonly PublishedRow[],
  birthDates: readonly CivilDate[],
): string[] {
  const compiled = compileSchedule(schedule);
  const routine = rows.filter(isRoutine);
  const broken = new Map<string, string[]>();
  const hold = (sex: Sex, dates: readonly CivilDate[]): void => {
    const owed = routine.filter(isOwedTo(sex, schedule));
    for (const born of dates)
      for (const { row, why } of notKeptFor(compiled, owed, born, sex))
        broken.set(nameOf(row), [...(broken.get(nameOf(row)) ?? []), `${sex} born ${born}: ${why}`]);
  };
  hold('female', birthDates);
  if (tellsSexesApart(schedule))
    hold(
      'male',
      birthDates.filter((_, i) => i % 30 === 0),
    );
  return [...broken].map(([name, cases]) => `${name}: ${cases.length} times, first ${cases[0]}`);
}

interface Missed {
  readonly row: PublishedRow;
  readonly day?: CivilDate;
  readonly why: string;
}

function notKeptFor(
  schedule: CompiledSchedule,
  owed: readonly PublishedRow[],
  birthDate: CivilDate,
  sex: Sex,
): Missed[] {
  const { monthEnd } = schedule.schedule.policy;
  const dated = owed.map(row => ({ row, day: publishedDay(row, owed, birthDate, monthEnd) }));
  const until = dated.reduce((latest, { day }) => (day && day > latest ? day : latest), birthDate);
  const missedFrom = (from: CivilDate, rows: readonly { row: PublishedRow; day?: CivilDate }[]) => {
    const given = vaccinateOnTime(schedule, { birthDate, sex, from, until });
    return rows.flatMap(({ row, day }) => {
      const end =
        row.age?.op === '<' && row.age.to ? addTo(birthDate, spanOf(row.age.to), monthEnd) : undefined;
      const days = given.filter(dose => dose.vaccines.includes(row.vaccineCode)).map(dose => dose.day);
      if (day ? days.includes(day) : !end || days.some(one => one < end)) return [];
      return [{ row, day, why: `${day ?? `before ${end}`} is not among ${days.join(' ')}` }];
    });
  };
  const missed = missedFrom(birthDate, dated);
  const late = missed.filter(({ row }) => countsEarlierDoses(schedule.schedule, row.vaccineCode));
  const lateVaccines = [...new Set(late.map(({ row }) => row.vaccineCode))];
  return [
    ...missed.filter(one => !late.includes(one)),
    ...lateVaccines.flatMap(vaccine => {
      const rows = late.filter(({ row }) => row.vaccineCode === vaccine);
      const first = rows.map(({ day }) => day ?? birthDate).sort()[0]!;
      return missedFrom(first, rows);
    }),
  ];
}

/** Whether a dose of the vaccine is skipped by who has had doses enough before. */
function countsEarlierDoses(schedule: Schedule, vaccineCode: string): boolean {
  return seriesOf(schedule, vaccineCode)
    .flatMap(({ doses }) => doses.flatMap(dose => dose.conditionalSkips ?? []))
    .flatMap(({ sets }) => sets.flatMap(({ conditions }) => conditions))
    .some(({ type }) => type === 'vaccine-count');
}

/** The series with a dose that the vaccine is meant for. */
const seriesOf = ({ antigens }: Schedule, vaccineCode: string): Series[] =>
  antigens
    .flatMap(({ series }) => series)
    .filter(({ doses }) =>
      doses.some(dose => dose.preferableVaccines?.some(({ vaccine }) => vaccine === vaccineCode)),
    );

const tellsSexesApart = ({ antigens }: Schedule): boolean =>
  antigens.some(({ series }) => series.some(({ requiredSex }) => requiredSex));

/**
 * Who is owed a row. The form says the sex for HPV only: where the country remarks on a row, its pack may have read
 * there that the row is for one sex.
 */
function isOwedTo(sex: Sex, schedule: Schedule): (row: PublishedRow) => boolean {
  return ({ targetPop, vaccineCode, comment }) => {
    if (isForOneSex(targetPop)) return targetPop === sex.toUpperCase();
    const series = seriesOf(schedule, vaccineCode);
    return comment === null || !series.some(({ requiredSex }) => requiredSex && !requiredSex.includes(sex));
  };
}
