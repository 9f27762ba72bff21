import { type CivilDate, type DayNumber, toCivilDate } from '../../common';
import type { CompiledGroup, VaccineIndex } from '../schedule/compiled-schedule';
import { type History, isWithinAges } from '../history/organise-history';
import { forecastDates } from '../next-dose/forecast-dates';
import type { DatedSeries, ForecastDates, ForecastSeries } from '../history/patient-series';
import { guidanceOf } from '../next-dose/guidance';
import type { Because, DueStatus, ForecastReason, GroupForecast } from '../person-forecast';
import { traceGroup } from '../trace/trace-groups';
import type { SeriesStatus, Text } from '../schedule/schedule-format';

/**
 * Chapter 9: the best series of a group's antigens as one forecast for each series group (FORECASTVG-1). Series that
 * stand in for each other are already reduced to one, so a second forecast is a second need.
 */
export function forecastGroup(
  history: History,
  group: CompiledGroup,
  best: readonly ForecastSeries[],
): GroupForecast[] {
  const seriesGroups = [...new Set(best.map(({ patient }) => patient.series.seriesGroup))];
  return seriesGroups.map(seriesGroup => {
    const parts = best
      .filter(({ patient }) => patient.series.seriesGroup === seriesGroup)
      .map(one => dated(history, one));
    const answer = blend(history, group, parts);
    if (history.trace) traceGroup(history, group, parts, answer);
    return answer;
  });
}

const dated = (history: History, { patient, forecast }: ForecastSeries): DatedSeries => ({
  patient,
  forecast,
  dates: forecast.next && forecastDates(history, patient, forecast.next),
});

function blend(history: History, group: CompiledGroup, parts: readonly DatedSeries[]): GroupForecast {
  const several = group.antigens.length > 1;
  const status = several ? multipleAntigenStatus(parts) : parts[0]!.forecast.status;
  const speaker = speakerOf(parts, status);
  const open = parts.filter(({ dates }) => dates !== null);
  const next = status === 'not-complete' ? datesOf(history, group, open, several) : NOTHING_NEXT;
  const { rule, reason } = speaker.forecast;
  const { series } = speaker.patient;
  return {
    vaccineGroup: group.code,
    seriesGroup: series.seriesGroup,
    seriesType: series.type,
    seriesName: series.name,
    seriesNames: parts.map(({ patient }) => patient.series.name),
    status,
    dueStatus: next.dueStatus ?? (status as DueStatus),
    targetDoseNumber: next.targetDoseNumber,
    earliest: next.earliest,
    recommended: next.recommended,
    pastDue: next.pastDue,
    latest: next.latest,
    unadjustedRecommended: next.unadjustedRecommended,
    unadjustedPastDue: next.unadjustedPastDue,
    antigens: next.antigens,
    vaccines: next.vaccines,
    preferableVaccines: next.preferableVaccines,
    furtherEvaluation: toEvaluate(history, parts),
    guidance: guidanceOf(history, parts),
    rule: next.because[0]?.rule ?? rule,
    reason: next.because[0]?.reason ?? reason,
    because: [...next.because, { rule, reason }, { rule: several ? 'TABLE 9-4' : 'SINGLEANTVG-1', reason }],
  };
}

const NOTHING_TO_EVALUATE: readonly Text[] = [];

/** What the series of the group leave to a clinician. */
function toEvaluate(history: History, parts: readonly ForecastSeries[]): readonly Text[] {
  if (parts.every(({ patient }) => patient.series.furtherEvaluation.length === 0)) return NOTHING_TO_EVALUATE;
  return parts.flatMap(({ patient, forecast }) =>
    patient.series.furtherEvaluation
      .filter(({ status }) => status === undefined || status === forecast.status)
      .filter(({ observation }) => observation === null || history.observations.has(observation))
      .filter(rule => isWithinAges(history, rule, history.on))
      .map(({ text }) => text),
  );
}

/** The part of a group's forecast that only a dose to come has. */
type Next = Pick<
  GroupForecast,
  | 'targetDoseNumber'
  | 'earliest'
  | 'recommended'
  | 'pastDue'
  | 'latest'
  | 'unadjustedRecommended'
  | 'unadjustedPastDue'
  | 'antigens'
  | 'vaccines'
  | 'preferableVaccines'
  | 'because'
> & { readonly dueStatus?: DueStatus };

const NOTHING_NEXT: Next = { antigens: [], vaccines: [], preferableVaccines: [], because: [] };

/** Table 9-4. */
function multipleAntigenStatus(parts: readonly ForecastSeries[]): SeriesStatus {
  const has = (status: SeriesStatus) => parts.some(({ forecast }) => forecast.status === status);
  if (has('contraindicated')) return 'contraindicated';
  if (has('aged-out')) return 'aged-out';
  if (has('not-recommended')) return 'not-recommended';
  if (has('not-complete')) return 'not-complete';
  return parts.every(({ forecast }) => forecast.status === 'immune') ? 'immune' : 'complete';
}

/** The series whose status is the group's; of those with a dose to come, the first due. */
function speakerOf(parts: readonly DatedSeries[], status: SeriesStatus): DatedSeries {
  const speakers = parts.filter(({ forecast }) => forecast.status === status);
  return speakers.reduce((first, next) =>
    (next.dates?.recommended ?? 0) < (first.dates?.recommended ?? 0) ? next : first,
  );
}

/** FORECASTVG-2 to FORECASTVG-9, FORECASTDN-2, SINGLEANTVG-2 and MULTIANTVG-1. */
function datesOf(
  history: History,
  group: CompiledGroup,
  open: readonly DatedSeries[],
  several: boolean,
): Next {
  const forecasts = open.map(({ dates }) => dates!);
  const decisive = several ? groupEarliest(history, group, forecasts) : first(forecasts);
  const { earliest, reason } = decisive;
  const firstDue = forecasts.reduce((a, b) => (b.recommended < a.recommended ? b : a));
  const recommended = Math.max(firstDue.recommended, earliest);
  const pastDueFirst = earliestOf(forecasts, f => f.pastDue);
  const pastDue = pastDueFirst === null ? null : Math.max(pastDueFirst, earliest);
  const numbers = forecasts.map(({ number }) => number);
  const because: Because[] = [
    { rule: 'FORECASTDTCAN-1', reason },
    { rule: 'FORECASTDT-2', reason: firstDue.recommendedReason },
    { rule: several ? 'MULTIANTVG-1' : 'SINGLEANTVG-2', reason },
  ];
  return {
    dueStatus: dueStatusOn(history.on, recommended, pastDue),
    targetDoseNumber: group.administerFullGroup ? Math.min(...numbers) : Math.max(...numbers),
    earliest: toCivilDate(earliest),
    recommended: toCivilDate(recommended),
    pastDue: dateOf(pastDue),
    latest: dateOf(earliestOf(forecasts, f => f.latest)),
    unadjustedRecommended: dateOf(earliestOf(forecasts, f => f.unadjustedRecommended)),
    unadjustedPastDue: dateOf(earliestOf(forecasts, f => f.unadjustedPastDue)),
    antigens: open.map(({ patient }) => history.schedule.antigens[patient.series.antigen]!.code),
    vaccines: codesOf(history, forecasts, f => f.vaccines),
    preferableVaccines: codesOf(history, forecasts, f => f.preferableVaccines),
    because,
  };
}

function codesOf(
  history: History,
  forecasts: readonly ForecastDates[],
  pick: (forecast: ForecastDates) => readonly VaccineIndex[],
): string[] {
  const { vaccines } = history.schedule;
  const all = forecasts.length === 1 ? pick(forecasts[0]!) : [...new Set(forecasts.flatMap(pick))];
  return all.map(vaccine => vaccines[vaccine]!.code);
}

function dueStatusOn(on: DayNumber, recommended: DayNumber, pastDue: DayNumber | null): DueStatus {
  if (pastDue !== null && on > pastDue) return 'overdue';
  return on >= recommended ? 'due' : 'not-due';
}

interface Decisive {
  readonly earliest: DayNumber;
  readonly reason: ForecastReason;
}

const asDecisive = ({ earliest, earliestReason }: ForecastDates): Decisive => ({
  earliest,
  reason: earliestReason,
});

function first(forecasts: readonly ForecastDates[]): Decisive {
  return asDecisive(forecasts.reduce((a, b) => (b.earliest < a.earliest ? b : a)));
}

/** MULTIANTVG-1, with FORECASTPRIORITY-1. */
function groupEarliest(
  history: History,
  group: CompiledGroup,
  forecasts: readonly ForecastDates[],
): Decisive {
  if (!forecasts.some(({ target }) => target.priority)) {
    return asDecisive(forecasts.reduce((a, b) => (b.earliest > a.earliest ? b : a)));
  }
  const earliest = first(forecasts);
  const lastDose = latestDoseOfGroup(history, group);
  return lastDose > earliest.earliest ? { earliest: lastDose, reason: 'latest-dose' } : earliest;
}

function latestDoseOfGroup(history: History, group: CompiledGroup): DayNumber {
  let latest = Number.NEGATIVE_INFINITY;
  for (const antigen of group.antigens)
    latest = Math.max(latest, history.dosesOf[antigen]!.at(-1)?.day ?? latest);
  return latest;
}

function earliestOf(
  forecasts: readonly ForecastDates[],
  pick: (forecast: ForecastDates) => DayNumber | null,
): DayNumber | null {
  let earliest: DayNumber | null = null;
  for (const forecast of forecasts) {
    const day = pick(forecast);
    if (day !== null && (earliest === null || day < earliest)) earliest = day;
  }
  return earliest;
}

const dateOf = (day: DayNumber | null): CivilDate | undefined =>
  day === null ? undefined : toCivilDate(day);
