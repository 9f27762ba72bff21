import { type DayNumber, toCivilDate } from '../../common';
import type { History, HistoryDose } from '../history/organise-history';
import type { CompiledDose, CompiledGroup, CompiledSeries } from '../schedule/compiled-schedule';
import type { TraceStep } from './rules';

export type Inputs = TraceStep['inputs'];

/** What a step of the reasoning is about, in the engine's own terms. */
export interface Note extends Omit<
  TraceStep,
  'inputs' | 'series' | 'targetDose' | 'doseId' | 'vaccineGroup'
> {
  readonly group?: CompiledGroup;
  readonly series?: CompiledSeries;
  readonly target?: CompiledDose | null;
  readonly dose?: HistoryDose | null;
  readonly inputs?: Inputs;
}

/** Writes one step of the reasoning, if anyone asked for it. Ask `history.trace` first where inputs cost something. */
export function note(
  history: History,
  { rule, group, series, target, dose, inputs, outcome, value }: Note,
): void {
  history.trace?.push({
    rule,
    ...(group && { vaccineGroup: group.code }),
    ...(series && { series: series.name }),
    ...(target && { targetDose: target.number }),
    ...(dose && { doseId: dose.id }),
    inputs: inputs ?? {},
    outcome,
    ...(value !== undefined && { value }),
  });
}

export const yes = (met: boolean): 'met' | 'not-met' => (met ? 'met' : 'not-met');
export const dateOf = (day: DayNumber | null): string | null => (day === null ? null : toCivilDate(day));

/** A rule that gives a date, or leaves it blank. */
export function noteDate(
  history: History,
  step: Omit<Note, 'outcome' | 'value'>,
  day: DayNumber | null,
): void {
  note(
    history,
    day === null ? { ...step, outcome: 'blank' } : { ...step, outcome: 'date', value: toCivilDate(day) },
  );
}
