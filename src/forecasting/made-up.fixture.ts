import { compileSchedule } from './schedule/compile-schedule';
import { forecast } from './forecast';
import type { DoseGiven, Person } from './person';
import type { PersonForecast } from './person-forecast';
import {
  type Antigen,
  type Schedule,
  SCHEDULE_FORMAT,
  type Series,
  type SeriesDose,
} from './schedule/schedule-format';

/** For tests: a dose that any vaccine of the made-up country meets, unless said otherwise. */
export const dose = (rule: SeriesDose = {}): SeriesDose => ({
  preferableVaccines: [{ vaccine: 'X', recommend: true }],
  ...rule,
});

/** For tests: the one standard series of antigen Xitis, unless said otherwise. */
export function series(doses: readonly SeriesDose[], rule: Partial<Series> = {}): Series {
  return {
    name: 'Xitis standard',
    vaccineGroup: 'X',
    type: 'standard',
    select: { group: '1', default: true, productPath: false, priority: 'A', preference: 1, ...rule.select },
    doses,
    ...rule,
  };
}

/** For tests: a schedule of a country that does not exist, against diseases that do not either. */
export function madeUp(
  all: readonly Series[],
  rule: Partial<Schedule> = {},
  antigen: Partial<Antigen> = {},
): Schedule {
  return {
    format: SCHEDULE_FORMAT,
    code: 'made-up',
    version: '1',
    effectiveFrom: '2020-01-01',
    title: { en: 'Made up' },
    sources: [{ id: 'none', title: 'None', publisher: 'Nobody', year: 2020 }],
    policy: { monthEnd: 'roll-forward' },
    vocabulary: { vaccines: { system: 'made-up', maps: [{ system: 'other', codes: { 'X-plus': 'X' } }] } },
    vaccineGroups: [{ code: 'X', antigens: ['Xitis'] }],
    vaccines: [
      { code: 'X', name: { en: 'X vaccine' }, antigens: [{ antigen: 'Xitis' }] },
      { code: 'XL', name: { en: 'X vaccine, live' }, antigens: [{ antigen: 'Xitis' }] },
      { code: 'L', name: { en: 'Other live vaccine' }, antigens: [] },
    ],
    observations: [
      { code: 'pregnant', title: { en: 'Pregnant' } },
      { code: 'had-xitis', title: { en: 'Had Xitis' } },
      { code: 'health-worker', title: { en: 'Health worker' }, codings: [{ system: 'icd', code: 'HW1' }] },
    ],
    antigens: [{ code: 'Xitis', series: all, ...antigen }],
    ...rule,
  };
}

/** For tests: X on each of the days; ids in the order given. */
export const doses = (...dates: string[]): DoseGiven[] =>
  dates.map((date, i) => ({ id: `d${i + 1}`, vaccineCode: 'X', date }));

/** For tests: the answer for someone born on 1 January 2020. */
export function ask(schedule: Schedule, on: string, person: Partial<Person> = {}): PersonForecast {
  return forecast(
    compileSchedule(schedule),
    { birthDate: '2020-01-01', sex: 'female', doses: [], ...person },
    on,
  );
}

/** For tests: status and reasons of each evaluation, e.g. `d1 valid`, `d2 not-valid too-young`. */
export const verdicts = ({ evaluations }: PersonForecast): string[] =>
  evaluations.map(({ doseId, status, reasons }) => [doseId, status, ...reasons].join(' '));
