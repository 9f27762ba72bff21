import { addSpan, type DayNumber } from '../common';
import { isInEffect } from './evaluate-age';
import { maximumAgeDay } from './forecast-dates';
import type { History } from './organise-history';
import type { ForecastSeries } from './patient-series';
import { note } from './trace';

/** Series of one group to be scored, and by which of the three sets of rules. */
interface ToScore {
  readonly as: 'complete' | 'in-process' | 'no-valid-doses' | 'unscored';
  readonly series: readonly ForecastSeries[];
}

/** SELECTBEST-1 and SELECTBEST-2: most points; among equals the best series preference. */
export function bestScored(history: History, { as, series }: ToScore): ForecastSeries {
  const facts = series.map(candidate => factsOf(history, candidate));
  const points = facts.map(one => pointsOf(as, one, facts));
  if (history.trace) {
    series.forEach(({ patient }, i) =>
      note(history, {
        rule: 'SELECTBEST-1',
        series: patient.series,
        inputs: { as, ...facts[i]! },
        outcome: `${points[i]} points`,
      }),
    );
  }
  let best = 0;
  for (let i = 1; i < series.length; i++) {
    const preferred = series[i]!.patient.series.preference < series[best]!.patient.series.preference;
    if (points[i]! > points[best]! || (points[i] === points[best] && preferred)) best = i;
  }
  return series[best]!;
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
  const finish = forecastFinish(history, { patient, forecast });
  return {
    validDoses: patient.satisfied.length,
    dosesLeft: series.doses.length - patient.next,
    start: forecast.dates?.earliest ?? null,
    finish,
    completable: finish !== null && finish < maximumAgeDay(history, series.doses.at(-1)!),
    productPath: series.isProductPath,
    allValid: patient.evaluations.every(({ status }) => status === 'valid'),
  };
}

/** SELECTB-12: the earliest date plus the latest minimum interval of the target doses that remain after it. */
function forecastFinish(history: History, { patient, forecast }: ForecastSeries): DayNumber | null {
  if (!forecast.dates) return null;
  const { earliest } = forecast.dates;
  const { monthEnd } = history.schedule;
  let finish = earliest;
  for (let i = patient.next + 1; i < patient.series.doses.length; i++) {
    for (const interval of patient.series.doses[i]!.intervals) {
      if (!interval.minimum || !isInEffect(interval, history.on)) continue;
      finish = Math.max(finish, addSpan(earliest, interval.minimum, monthEnd));
    }
  }
  return finish;
}

/** Tables 8-7, 8-9 and 8-11. A series that no table covers gets no points, so that its preference decides. */
function pointsOf(as: ToScore['as'], one: Facts, all: readonly Facts[]): number {
  const most = Math.max(...all.map(({ validDoses }) => validDoses));
  const best = (points: number, isBest: (facts: Facts) => boolean) => contest(points, one, all, isBest);
  switch (as) {
    case 'complete':
      return best(1, ({ validDoses }) => validDoses === most);
    case 'in-process': {
      const fewestLeft = Math.min(...all.map(({ dosesLeft }) => dosesLeft));
      const firstFinish = earliestOf(all.map(({ completable, finish }) => (completable ? finish : null)));
      return (
        (one.productPath && one.allValid ? 2 : -2) +
        (one.completable ? 3 : -3) +
        best(2, ({ validDoses }) => validDoses === most) +
        best(2, ({ dosesLeft }) => dosesLeft === fewestLeft) +
        best(1, ({ completable, finish }) => completable && finish === firstFinish)
      );
    }
    case 'no-valid-doses': {
      const firstStart = earliestOf(all.map(({ start }) => start));
      return (
        best(1, ({ start }) => start !== null && start === firstStart) +
        (one.completable ? 1 : -1) +
        (one.productPath ? -1 : 1)
      );
    }
    case 'unscored':
      return 0;
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
