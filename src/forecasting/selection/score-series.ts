import { addSpan, type DayNumber } from '../../common';
import { isInEffect } from '../evaluation/evaluate-age';
import { maximumAgeDay } from '../next-dose/forecast-dates';
import type { History } from '../history/organise-history';
import type { ForecastSeries, PatientSeries, SeriesForecast } from '../history/patient-series';
import { dateOf, note } from '../trace/note';

/** Series of one group to be scored, and by which of the three sets of rules. */
interface ToScore {
  readonly as: 'complete' | 'in-process' | 'no-valid-doses' | 'unscored';
  readonly series: readonly ForecastSeries[];
}

/** SELECTBEST-1 and SELECTBEST-2: most points; among equals the best series preference. */
export function bestScored(history: History, { as, series }: ToScore): ForecastSeries {
  const facts = series.map(candidate => factsOf(history, candidate));
  const awarded = facts.map(one => pointsOf(as, one, facts));
  const points = awarded.map(sum);
  if (history.trace)
    series.forEach(({ patient }, i) => noteScore(history, patient, as, facts[i]!, awarded[i]!));
  let best = 0;
  for (let i = 1; i < series.length; i++) {
    const preferred = series[i]!.patient.series.preference < series[best]!.patient.series.preference;
    if (points[i]! > points[best]! || (points[i] === points[best] && preferred)) best = i;
  }
  return series[best]!;
}

const TABLES = {
  complete: 'TABLE 8-7',
  'in-process': 'TABLE 8-9',
  'no-valid-doses': 'TABLE 8-11',
  unscored: null,
} as const;

function noteScore(
  history: History,
  { series }: PatientSeries,
  as: ToScore['as'],
  { start, finish, ...facts }: Facts,
  points: Points,
): void {
  const inputs = { as, ...facts, start: dateOf(start), finish: dateOf(finish) };
  note(history, { rule: 'TABLE 8-5', series, inputs, outcome: 'scored' });
  const table = TABLES[as];
  if (table) note(history, { rule: table, series, inputs: points, outcome: 'scored' });
  note(history, { rule: 'SELECTBEST-1', series, outcome: 'number', value: sum(points) });
}

interface Facts {
  readonly validDoses: number;
  readonly dosesLeft: number;
  readonly start: DayNumber | null;
  readonly finish: DayNumber | null;
  readonly completable: boolean;
  readonly productPath: boolean;
  readonly allValid: boolean;
}

/** SELECTB-2, SELECTB-3, SELECTB-5, SELECTB-12, SELECTB-14, SELECTB-21 and SELECTB-23. */
function factsOf(history: History, { patient, forecast }: ForecastSeries): Facts {
  const { series } = patient;
  const start = startDay(forecast);
  const finish = start === null ? null : finishDay(history, patient, start);
  return {
    validDoses: patient.satisfied.length,
    dosesLeft: series.doses.length - patient.next,
    start,
    finish,
    completable: finish !== null && finish < maximumAgeDay(history, series.doses.at(-1)!),
    productPath: series.isProductPath,
    allValid: patient.evaluations.every(({ status }) => status === 'valid'),
  };
}

/**
 * SELECTB-14 knows series without a start date: no dose is forecast, or none of the dates of FORECASTDTCAN-1 is given
 * and the earliest date is blank (section 7.5: an empty value is not assumed). The date of birth that we tell people
 * in that case is no start to score.
 */
function startDay({ next }: SeriesForecast): DayNumber | null {
  return next === null || next.earliestReason === 'no-limit' ? null : next.earliest;
}

/** SELECTB-12: the earliest date plus the latest minimum interval of the target doses that remain after it. */
function finishDay(history: History, patient: PatientSeries, start: DayNumber): DayNumber {
  let finish = start;
  for (let i = patient.next + 1; i < patient.series.doses.length; i++) {
    for (const interval of patient.series.doses[i]!.intervals) {
      if (!interval.minimum || !isInEffect(interval, history.on)) continue;
      finish = Math.max(finish, addSpan(start, interval.minimum, history.schedule.monthEnd));
    }
  }
  return finish;
}

/** Points by the condition they are for. */
type Points = Readonly<Record<string, number>>;

function sum(points: Points): number {
  let total = 0;
  for (const name in points) total += points[name]!;
  return total;
}

const NO_POINTS: Points = {};

/** Tables 8-7, 8-9 and 8-11. A series that no table covers gets no points, so that its preference decides. */
function pointsOf(as: ToScore['as'], one: Facts, all: readonly Facts[]): Points {
  const most = Math.max(...all.map(({ validDoses }) => validDoses));
  const best = (points: number, isBest: (facts: Facts) => boolean) => contest(points, one, all, isBest);
  switch (as) {
    case 'complete':
      return { mostValidDoses: best(1, ({ validDoses }) => validDoses === most) };
    case 'in-process': {
      const fewestLeft = Math.min(...all.map(({ dosesLeft }) => dosesLeft));
      const firstFinish = earliestOf(all.map(({ completable, finish }) => (completable ? finish : null)));
      return {
        productWithAllValidDoses: one.productPath && one.allValid ? 2 : -2,
        completable: one.completable ? 3 : -3,
        mostValidDoses: best(2, ({ validDoses }) => validDoses === most),
        closestToCompletion: best(2, ({ dosesLeft }) => dosesLeft === fewestLeft),
        finishesEarliest: best(1, ({ completable, finish }) => completable && finish === firstFinish),
      };
    }
    case 'no-valid-doses': {
      const firstStart = earliestOf(all.map(({ start }) => start));
      return {
        startsEarliest: best(1, ({ start }) => start !== null && start === firstStart),
        completable: one.completable ? 1 : -1,
        product: one.productPath ? -1 : 1,
      };
    }
    case 'unscored':
      return NO_POINTS;
  }
}

/** Points if true of this series alone, none if true of several, points lost if not true of it. */
function contest(
  points: number,
  one: Facts,
  all: readonly Facts[],
  isBest: (facts: Facts) => boolean,
): number {
  if (!isBest(one)) return -points;
  return all.filter(isBest).length > 1 ? 0 : points;
}

function earliestOf(days: readonly (DayNumber | null)[]): DayNumber {
  return Math.min(...days.map(day => day ?? Number.POSITIVE_INFINITY));
}
