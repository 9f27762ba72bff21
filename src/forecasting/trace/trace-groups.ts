import type { History } from '../history/organise-history';
import type { DatedSeries } from '../history/patient-series';
import type { GroupForecast } from '../person-forecast';
import type { CompiledGroup } from '../schedule/compiled-schedule';
import { dateOf, note, type Note } from './note';
import type { TraceRule } from './rules';

/** How the series of a group became one forecast (chapter 9). Decides nothing. */
export function traceGroup(
  history: History,
  group: CompiledGroup,
  parts: readonly DatedSeries[],
  answer: GroupForecast,
): void {
  const several = group.antigens.length > 1;
  const each = parts.map(({ patient, forecast }) => `${patient.series.name}: ${forecast.status}`);
  note(history, {
    rule: several ? 'TABLE 9-4' : 'SINGLEANTVG-1',
    group,
    inputs: { series: each },
    outcome: answer.status,
  });
  if (answer.status !== 'not-complete') return;
  const open = parts.flatMap(({ dates }) => dates ?? []);
  const given = (rule: TraceRule, inputs: NonNullable<Note['inputs']>, value: string | undefined) =>
    note(history, { rule, group, inputs, ...(value ? { outcome: 'date', value } : { outcome: 'blank' }) });
  const earliest = open.map(dates => dateOf(dates.earliest));
  const priority = open.some(({ target }) => target.priority);
  given(several ? 'MULTIANTVG-1' : 'SINGLEANTVG-2', { earliest, priority }, answer.earliest);
  const recommended = open.map(dates => dateOf(dates.recommended));
  given('FORECASTVG-2', { recommended, earliest: answer.earliest ?? null }, answer.recommended);
  given('FORECASTVG-3', { pastDue: open.map(dates => dateOf(dates.pastDue)) }, answer.pastDue);
  given('FORECASTVG-4', { latest: open.map(dates => dateOf(dates.latest)) }, answer.latest);
  const numbers = {
    numbers: open.map(({ number }) => number),
    administerFullGroup: group.administerFullGroup,
  };
  note(history, {
    rule: 'FORECASTDN-2',
    group,
    inputs: numbers,
    outcome: 'number',
    value: answer.targetDoseNumber,
  });
}
