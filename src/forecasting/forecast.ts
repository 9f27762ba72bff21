import type { CivilDate } from '../common';
import type { CompiledAntigen, CompiledSchedule, CompiledSeries } from './schedule/compiled-schedule';
import type { CompletedGroups } from './evaluation/conditional-skip';
import { evaluateSeries } from './evaluation/evaluate-series';
import { forecastSeries } from './next-dose/forecast-series';
import { type History, organiseHistory } from './history/organise-history';
import type { Evaluation, ForecastSeries } from './history/patient-series';
import { followedBy } from './history/short-list';
import type { Person } from './person';
import type { DoseEvaluation, GroupForecast, PersonForecast } from './person-forecast';
import { isRelevant } from './selection/relevant-series';
import { isComplete, selectBestSeries } from './selection/select-series';
import { traceRelevance } from './trace/trace-forecast';
import { forecastGroup } from './selection/vaccine-groups';

export interface ForecastOptions {
  /** Also return every step of the reasoning, for the one who asks why. Slower. */
  readonly trace?: boolean;
}

/**
 * Evaluates a person's doses and forecasts what is next on a day, under one schedule (CDSi chapter 4). Pure: the same
 * input gives the same answer, whatever the order of the doses. A record that cannot be used is left out and named in
 * `findings`.
 * @throws RangeError when `birthDate` or `on` is not a civil date.
 */
export function forecast(
  schedule: CompiledSchedule,
  person: Person,
  on: CivilDate,
  options: ForecastOptions = {},
): PersonForecast {
  const history = organiseHistory(schedule, person, on, options.trace === true);
  const best = bestSeries(history, schedule.antigens);
  const groups: GroupForecast[] = [];
  schedule.groups.forEach((group, index) => {
    if (!group.offered) return;
    const ofGroup = best.filter(({ patient }) => patient.series.vaccineGroup === index);
    if (ofGroup.length > 0) groups.push(...forecastGroup(history, group, ofGroup));
  });
  return {
    schedule: { code: schedule.schedule.code, version: schedule.schedule.version },
    on,
    groups,
    evaluations: evaluationsOf(history, best),
    findings: history.findings,
    trace: history.trace ?? undefined,
  };
}

/**
 * How a person's doses count, as {@link forecast} says, without what is next for her: of the antigens that she had, or
 * of those in one dose alone (`about`, its id). An antigen's series ask nothing of another's.
 * @throws RangeError when `birthDate` or `on` is not a civil date.
 */
export function evaluate(
  schedule: CompiledSchedule,
  person: Person,
  on: CivilDate,
  about?: string,
): DoseEvaluation[] {
  const history = organiseHistory(schedule, person, on, false);
  const antigens = schedule.antigens.filter((_, index) =>
    history.dosesOf[index]!.some(({ id }) => about === undefined || id === about),
  );
  return evaluationsOf(history, bestSeries(history, antigens), about);
}

/** Of each antigen the series that speak for her. */
function bestSeries(history: History, antigens: readonly CompiledAntigen[]): ForecastSeries[] {
  const best: ForecastSeries[] = [];
  for (const antigen of antigens) best.push(...selectBestSeries(history, relevantSeries(history, antigen)));
  return best;
}

const NO_GROUPS: CompletedGroups = new Map();
const NONE_RELEVANT: readonly ForecastSeries[] = [];

/** Chapters 5 to 7: every series that is relevant for the person, evaluated and forecast. */
function relevantSeries(history: History, antigen: CompiledAntigen): readonly ForecastSeries[] {
  let relevant: readonly ForecastSeries[] = NONE_RELEVANT;
  let completed = NO_GROUPS;
  for (const series of antigen.series) {
    const isForHer = isRelevant(history, series);
    if (history.trace) traceRelevance(history, series, isForHer);
    if (!isForHer) continue;
    const patient = evaluateSeries(history, series, completed);
    const one = { patient, forecast: forecastSeries(history, patient, antigen, completed) };
    if (isComplete(one)) {
      const by = patient.satisfied.at(-1)!.dose.order;
      const first = Math.min(by, completed.get(series.seriesGroup) ?? by);
      completed = new Map([...completed, [series.seriesGroup, first]]);
    }
    relevant = followedBy(relevant, one);
  }
  return relevant;
}

/** What the doses, or the one with the id `about`, came to in these series. */
function evaluationsOf(history: History, best: readonly ForecastSeries[], about?: string): DoseEvaluation[] {
  const all: DoseEvaluation[] = [];
  for (const { patient } of best)
    for (const evaluation of patient.evaluations)
      if (about === undefined || evaluation.dose.id === about)
        all.push(evaluationOf(history, patient.series, evaluation));
  return all;
}

const evaluationOf = (
  { schedule }: History,
  series: CompiledSeries,
  { dose, target, status, reasons, rules }: Evaluation,
): DoseEvaluation => ({
  doseId: dose.id,
  vaccineGroup: schedule.groups[series.vaccineGroup]!.code,
  antigen: schedule.antigens[series.antigen]!.code,
  seriesName: series.name,
  targetDoseNumber: target?.number,
  status,
  reasons,
  rules,
});
