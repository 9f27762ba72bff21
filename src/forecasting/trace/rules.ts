import type { EvaluationReason, EvaluationStatus } from '../person-forecast';
import type { SeriesStatus } from '../schedule/schedule-format';

/**
 * The rules and decision tables of the CDSi logic specification v4.6 that a trace can name, in its order. A decision
 * table goes by its number. Each is a key for a text.
 */
export const TRACE_RULES = [
  'FIGURE 4-6',
  'TABLE 5-4',
  'TABLE 5-5',
  'TABLE 6-3',
  'TABLE 6-6',
  'TABLE 6-7',
  'TABLE 6-8',
  'TABLE 6-9',
  'TABLE 6-10',
  'TABLE 6-11',
  'TABLE 6-13',
  'TABLE 6-15',
  'TABLE 6-18',
  'TABLE 6-21',
  'CONFLICT-3',
  'TABLE 6-26',
  'TABLE 6-29',
  'TABLE 6-31',
  'TABLE 7-3',
  'TABLE 7-5',
  'TABLE 7-6',
  'TABLE 7-7',
  'TABLE 7-10',
  'FORECASTDTCAN-1',
  'FORECASTDT-2',
  'FORECASTDT-3',
  'FORECASTDT-4',
  'FORECASTDT-5',
  'FORECASTDT-6',
  'FORECASTDN-1',
  'FORECASTRECVAC-1',
  'SELECTSCORE-2',
  'TABLE 8-3',
  'TABLE 8-5',
  'TABLE 8-7',
  'TABLE 8-9',
  'TABLE 8-11',
  'SELECTBEST-1',
  'SELECTBEST-2',
  'TABLE 8-14',
  'SINGLEANTVG-1',
  'SINGLEANTVG-2',
  'TABLE 9-4',
  'MULTIANTVG-1',
  'FORECASTVG-2',
  'FORECASTVG-3',
  'FORECASTVG-4',
  'FORECASTDN-2',
] as const;

export type TraceRule = (typeof TRACE_RULES)[number];

/**
 * What came out of a rule, as a key for a text: yes or no (`met`, `not-met`), that it has no say (`does-not-apply`),
 * that it gave a date, a number or nothing (then in `value`), or a status or reason that a forecast also speaks of.
 */
export type TraceOutcome =
  | 'met'
  | 'not-met'
  | 'does-not-apply'
  | 'date'
  | 'number'
  | 'codes'
  | 'blank'
  | 'skipped'
  | 'not-skipped'
  | 'prioritised'
  | 'scored'
  | 'best'
  | 'not-best'
  | EvaluationStatus
  | EvaluationReason
  | SeriesStatus;

type Plain = string | number | boolean | null;

/** One step of the reasoning, in the order taken: rule, what it looked at, what came out. */
export interface TraceStep {
  readonly rule: TraceRule;
  readonly vaccineGroup?: string;
  /** Name of the series. */
  readonly series?: string;
  readonly targetDose?: number;
  readonly doseId?: string;
  /** What the rule looked at, by name: dates as YYYY-MM-DD, codes, counts; null where there is none. */
  readonly inputs: Readonly<Record<string, Plain | readonly Plain[]>>;
  readonly outcome: TraceOutcome;
  /** With `date` the day, with `number` the number, with `codes` the codes. */
  readonly value?: string | number | readonly string[];
}
