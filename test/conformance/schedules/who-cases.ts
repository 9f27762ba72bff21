import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  compileSchedule,
  type CompiledSchedule,
  forecast,
  type GroupForecast,
  type ObservationGiven,
  type Person,
  type Schedule,
  type ScheduleOption,
} from '../../../src/forecasting';
import { DATA, readCases } from './schedule-cases';

/** A test patient of WHO's decision tables, as in `who/*.jsonl`. */
export interface WhoCase {
  readonly id: string;
  /** The decision table, e.g. `IMMZ.D2.DT.Measles.Low transmission`. */
  readonly table: string;
  readonly antigen: string;
  readonly patient: {
    readonly sex: string;
    readonly dob: string;
    readonly observations: readonly DataElement[];
  };
  readonly assessmentDate: string;
  readonly doses: readonly { readonly date: string; readonly whoCode: string }[];
  readonly expected: {
    readonly status: WhoStatus | null;
    /** What the status is of, where the table speaks of several: `bOPV and IPV`, `Pertussis-containing vaccines`. */
    readonly for: string | null;
  };
}

interface DataElement {
  readonly code: string;
  readonly value: boolean | number | string;
}

type WhoStatus = 'Due' | 'Not due' | 'Complete' | 'Further evaluation needed';

/** Every case of every file in `who/`. */
export function whoCases(): WhoCase[] {
  const folder = join(DATA, 'who');
  const names = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.jsonl')) : [];
  const suites = new Set(names.map(name => name.slice(0, name.indexOf('.'))));
  return [...suites].flatMap(suite => readCases<WhoCase>('who', suite));
}

/** WHO's default schedule, which ships with the product. */
export const whoSchedule = (): Schedule =>
  JSON.parse(readFileSync(join(__dirname, '../../../countries/who/schedule.json'), 'utf8')) as Schedule;

/** The schedule of a country that has chosen an option: instead of those of the same decision, beside the others. */
function choosing(schedule: Schedule, chosen: ScheduleOption): CompiledSchedule {
  const options = (schedule.policy.options ?? []).filter(code => {
    const other = schedule.options?.find(option => option.code === code);
    return code !== chosen.code && (chosen.decision === undefined || other?.decision !== chosen.decision);
  });
  return compileSchedule({ ...schedule, policy: { ...schedule.policy, options: [...options, chosen.code] } });
}

const DATA_ELEMENTS = 'http://smart.who.int/immunizations/CodeSystem/IMMZ.D';
/** Thresholds that the tables hold a number against. */
const THRESHOLDS: Readonly<Record<string, number>> = { DE211: 2000 };

/** A data element of WHO's as an observation, if it is so: `DE210=true`, `DE204=HIV-positive`, `DE211<2000`. */
function observationsOf({ code, value }: DataElement): ObservationGiven[] {
  if (value === false) return [];
  if (typeof value !== 'number') return [{ system: DATA_ELEMENTS, code: `${code}=${value}` }];
  const limit = THRESHOLDS[code];
  return limit !== undefined && value < limit ? [{ system: DATA_ELEMENTS, code: `${code}<${limit}` }] : [];
}

function personOf({ patient, doses }: WhoCase): Person {
  return {
    birthDate: patient.dob,
    sex: patient.sex as Person['sex'],
    observations: patient.observations.flatMap(observationsOf),
    doses: doses.map(({ date, whoCode }, i) => ({
      id: String(i).padStart(4, '0'),
      vaccineCode: whoCode,
      date,
    })),
  };
}

/** What WHO calls a product or a booster, where a table has several, and our vaccine groups or vaccines for it. */
const SPOKEN_OF: readonly (readonly [RegExp, readonly string[]])[] = [
  [/bOPV/, ['OPV']],
  [/IPV/, ['IPV']],
  [/Pertussis/, ['PERTUSSIS']],
  [/Tetanus and diphtheria/, ['TD']],
];

/**
 * The status in WHO's words. Nothing for the person in the schedule, or something left to a clinician: further
 * evaluation. Contraindicated, too old or past its season: not due.
 */
function statusOf(groups: readonly GroupForecast[]): WhoStatus {
  const some = (...statuses: GroupForecast['dueStatus'][]) =>
    groups.some(({ dueStatus }) => statuses.includes(dueStatus));
  if (groups.length === 0 || groups.some(({ furtherEvaluation }) => furtherEvaluation.length > 0))
    return 'Further evaluation needed';
  if (some('due', 'overdue')) return 'Due';
  return groups.every(({ status }) => status === 'complete' || status === 'immune') ? 'Complete' : 'Not due';
}

/** Judges WHO's cases, each under the option that its table belongs to. */
export class WhoJudge {
  private readonly compiled = new Map<string, CompiledSchedule>();

  constructor(private readonly schedule: Schedule) {}

  /** Why an answer is not the one expected; empty when the case passes. */
  judge(one: WhoCase): string[] {
    const option = this.schedule.options?.find(({ references }) => references?.includes(one.table));
    if (!option) return [`no option of the schedule is WHO's table ${one.table}`];
    const answer = forecast(this.compile(option), personOf(one), one.assessmentDate);
    const unusable = answer.findings
      .filter(({ code }) => code === 'unknown-vaccine')
      .map(({ params }) => `the schedule knows no vaccine ${JSON.stringify(params)}`);
    return [...unusable, ...this.against(one, answer.groups, option)];
  }

  private against(one: WhoCase, groups: readonly GroupForecast[], option: ScheduleOption): string[] {
    const ofTable = this.groupsOf(option);
    const meant = SPOKEN_OF.filter(([name]) => name.test(one.expected.for ?? '')).flatMap(([, code]) => code);
    const named = meant.filter(code => ofTable.has(code));
    // A status of nothing sends the reader to another table: of this one, no dose is due.
    const wanted = one.expected.status ?? 'Not due';
    const of = (named.length > 0 ? named.map(code => new Set([code])) : [ofTable]).map(codes =>
      groups.filter(({ vaccineGroup }) => codes.has(vaccineGroup)),
    );
    const faults = of
      .filter(list => statusOf(list) !== wanted)
      .map(list => `expected ${wanted}, got ${statusOf(list)} (${list.map(described).join('; ')})`);
    if (wanted !== 'Due' || faults.length > 0) return faults;
    const offered = new Set(of.flat().flatMap(({ vaccineGroup, vaccines }) => [vaccineGroup, ...vaccines]));
    return meant.filter(code => !offered.has(code)).map(code => `expected ${code} to be due`);
  }

  private groupsOf({ code }: ScheduleOption): Set<string> {
    const series = this.schedule.antigens.flatMap(antigen => antigen.series);
    return new Set(
      series.filter(({ options }) => options?.includes(code)).map(({ vaccineGroup }) => vaccineGroup),
    );
  }

  private compile(option: ScheduleOption): CompiledSchedule {
    const known = this.compiled.get(option.code) ?? choosing(this.schedule, option);
    this.compiled.set(option.code, known);
    return known;
  }
}

const described = ({ seriesName, dueStatus, recommended, reason }: GroupForecast) =>
  `${seriesName}: ${dueStatus}${recommended ? ` from ${recommended}` : ''}, ${reason}`;
