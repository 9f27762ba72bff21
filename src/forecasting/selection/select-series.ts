import { LAST_DAY } from '../schedule/compiled-schedule';
import { ageDay, type History } from '../history/organise-history';
import type { ForecastSeries } from '../history/patient-series';
import { bestScored } from './score-series';
import { note, yes } from '../trace/note';

/** SELECTB-6. */
export const isComplete = ({ forecast }: ForecastSeries): boolean => forecast.status === 'complete';
/** SELECTB-16. */
const isInProcess = ({ forecast, patient }: ForecastSeries): boolean =>
  forecast.status === 'not-complete' && patient.satisfied.length > 0;
/** SELECTB-7. */
const isDefault = ({ patient }: ForecastSeries): boolean => patient.series.isDefault;

/** The best series of an antigen: one for each series group that no equivalent group speaks for (CDSi chapter 8). */
export function selectBestSeries(
  history: History,
  relevant: readonly ForecastSeries[],
): readonly ForecastSeries[] {
  if (areOfOneGroup(relevant)) {
    const one = relevant.length > 0 ? prioritisedSeries(history, relevant) : undefined;
    if (!one) return NONE;
    const best = [one];
    return isBest(history, one, best) ? best : NONE;
  }
  const prioritised = byGroup(relevant).flatMap(ofGroup => prioritisedSeries(history, ofGroup) ?? []);
  return prioritised.filter(candidate => isBest(history, candidate, prioritised));
}

const NONE: readonly ForecastSeries[] = [];

const groupOf = ({ patient }: ForecastSeries): string => patient.series.seriesGroup;

/** As the series of most antigens are. */
const areOfOneGroup = (relevant: readonly ForecastSeries[]): boolean =>
  relevant.every(one => groupOf(one) === groupOf(relevant[0]!));

const byGroup = (relevant: readonly ForecastSeries[]): ForecastSeries[][] =>
  [...new Set(relevant.map(groupOf))].map(group => relevant.filter(one => groupOf(one) === group));

/** Sections 8.1 to 8.7: the one prioritised series of a series group, if it has any. */
function prioritisedSeries(history: History, group: readonly ForecastSeries[]): ForecastSeries | undefined {
  if (group.length === 1 && !history.trace) return theOnly(history, group[0]!, group);
  const scorable = group.filter(candidate => {
    const met = isScorable(history, candidate, group);
    if (history.trace) noteScorable(history, candidate, group, met);
    return met;
  });
  const only = onlyCandidate(scorable, group);
  const chosen = only ?? (scorable.length > 0 ? bestScored(history, seriesToScore(scorable)) : undefined);
  if (history.trace) {
    const inputs = { seriesGroup: group[0]!.patient.series.seriesGroup, scorable: scorable.length };
    note(history, {
      rule: 'TABLE 8-3',
      series: only?.patient.series,
      inputs,
      outcome: only ? 'prioritised' : 'not-met',
    });
    if (chosen && !only)
      note(history, { rule: 'SELECTBEST-2', series: chosen.patient.series, inputs, outcome: 'prioritised' });
  }
  return chosen;
}

/** As most series are: alone in their group there is nothing to score, and one that may not be scored is the default or none. */
const theOnly = (history: History, one: ForecastSeries, group: readonly ForecastSeries[]) =>
  isDefault(one) || isScorable(history, one, group) ? one : undefined;

function noteScorable(
  history: History,
  candidate: ForecastSeries,
  group: readonly ForecastSeries[],
  met: boolean,
): void {
  const { series, satisfied } = candidate.patient;
  const inputs = {
    seriesType: series.type,
    candidate: isCandidate(candidate, group),
    priority: series.priority,
    validDoses: satisfied.length,
    default: series.isDefault,
  };
  note(history, { rule: 'SELECTSCORE-2', series, inputs, outcome: yes(met) });
}

/** SELECTB-24: a contraindicated series is a candidate only when all of its group are. */
function isCandidate({ forecast }: ForecastSeries, group: readonly ForecastSeries[]): boolean {
  if (forecast.status !== 'contraindicated') return true;
  return group.every(other => other.forecast.status === 'contraindicated');
}

/** SELECTSCORE-2. */
function isScorable(history: History, candidate: ForecastSeries, group: readonly ForecastSeries[]): boolean {
  const { series } = candidate.patient;
  if (series.type === 'evaluation-only') return isComplete(candidate);
  if (!isCandidate(candidate, group)) return false;
  if (series.type === 'risk') return group.every(({ patient }) => series.priority <= patient.series.priority);
  const firstValid = candidate.patient.satisfied[0];
  if (firstValid) return firstValid.dose.day < ageDay(history, series.maxAgeToStart, LAST_DAY);
  return group.every(({ patient }) => patient.satisfied.length === 0) && !group.some(isDefault);
}

/** Table 8-3: is one series the only choice? */
function onlyCandidate(
  scorable: readonly ForecastSeries[],
  group: readonly ForecastSeries[],
): ForecastSeries | undefined {
  if (scorable.length === 1) return scorable[0];
  if (scorable.some(isComplete)) return theOne(scorable, isComplete);
  if (scorable.some(isInProcess)) return theOne(scorable, isInProcess);
  return theOne(group, isDefault);
}

/** The one series that is so; none when several are. */
function theOne(
  series: readonly ForecastSeries[],
  is: (one: ForecastSeries) => boolean,
): ForecastSeries | undefined {
  const first = series.findIndex(is);
  return series.findLastIndex(is) === first ? series[first] : undefined;
}

/** Table 8-5: which series are scored, and by which rules. */
function seriesToScore(scorable: readonly ForecastSeries[]): {
  readonly as: 'complete' | 'in-process' | 'no-valid-doses' | 'unscored';
  readonly series: readonly ForecastSeries[];
} {
  const complete = scorable.filter(isComplete);
  if (complete.length > 1) return { as: 'complete', series: complete };
  const inProcess = scorable.filter(isInProcess);
  if (inProcess.length > 1) return { as: 'in-process', series: inProcess };
  const untouched = scorable.every(({ patient }) => patient.satisfied.length === 0);
  return { as: untouched ? 'no-valid-doses' : 'unscored', series: scorable };
}

/** Table 8-14: does the prioritised series of a group speak for the person, or that of an equivalent group? */
function isBest(
  history: History,
  candidate: ForecastSeries,
  prioritised: readonly ForecastSeries[],
): boolean {
  const { series } = candidate.patient;
  const equivalent =
    series.equivalentGroups.length > 0
      ? prioritised.filter(other => series.equivalentGroups.includes(groupOf(other)))
      : NONE;
  const best =
    isComplete(candidate) ||
    (!equivalent.some(isComplete) &&
      series.type !== 'evaluation-only' &&
      (series.type === 'risk' || !equivalent.some(({ patient }) => patient.series.type === 'risk')));
  if (history.trace) {
    const inputs = { equivalent: equivalent.map(({ patient }) => patient.series.name) };
    note(history, { rule: 'TABLE 8-14', series, inputs, outcome: best ? 'best' : 'not-best' });
  }
  return best;
}
