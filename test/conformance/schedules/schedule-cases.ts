import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CdsiFile,
  compileSchedule,
  type CompiledSchedule,
  type DoseEvaluation,
  type EvaluationReason,
  forecast,
  type GroupForecast,
  importCdsi,
  type Person,
  type PersonForecast,
} from '../../../src/forecasting';
import { DATA as ALL, GIVEN } from '../material';

/** Where the vectors from outside lie; they are read in place and never copied. */
export const DATA = join(ALL, 'schedules');

/** A case of CDC's, as in `cdsi/*.open.jsonl`. */
export interface CdsiCase {
  readonly id: string;
  readonly vaccineGroup: string;
  readonly patient: {
    readonly dob: string;
    readonly sex: string;
    readonly observations: readonly { readonly code: string; readonly date: string | null }[];
  };
  readonly assessmentDate: string;
  readonly doses: readonly {
    readonly seq: number;
    readonly date: string;
    readonly cvx: string;
    readonly mvx: string | null;
    readonly vaccineName: string | null;
    readonly evaluationStatus: string | null;
    readonly reason: string | null;
    /** Only the underlying-conditions suite: its doses count in one or another of several best series. */
    readonly seriesType?: string | null;
  }[];
  readonly expected: {
    readonly seriesStatus: string;
    readonly forecast: {
      readonly doseNumber: number | null;
      readonly earliest: string | null;
      readonly recommended: string | null;
      readonly pastDue: string | null;
    } | null;
  };
}

/** The folders of releases, `supporting-data-*`, newest version last: those beside the cases, else the given ones. */
export function releases(): string[] {
  const [own = [], given = []] = [DATA, join(GIVEN, 'schedules')].map(at => releasesIn(join(at, 'cdsi')));
  return own.length > 0 ? own : given;
}

function releasesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && entry.name.startsWith('supporting-data-'))
    .map(({ name }) => name);
  return found.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).map(name => join(folder, name));
}

/** The files of a release in one of its two notations. */
export function readRelease(folder: string, notation: 'xml' | 'json'): CdsiFile[] {
  const from = join(folder, notation);
  if (!existsSync(from)) return [];
  const names = readdirSync(from).filter(name => name.endsWith(`.${notation}`));
  return names.map(name => ({ name, content: readFileSync(join(from, name), 'utf8') }));
}

export function importRelease(folder: string, notation: 'xml' | 'json') {
  const version = folder.slice(folder.lastIndexOf('-') + 1);
  return importCdsi(readRelease(folder, notation), { version, effectiveFrom: '1900-01-01', year: 2025 });
}

export function compileRelease(folder: string): CompiledSchedule {
  const notation = readRelease(folder, 'xml').length > 0 ? 'xml' : 'json';
  return compileSchedule(importRelease(folder, notation));
}

/** Every case of a suite, from any number of files (`healthy.open.jsonl`, `healthy-4.46.jsonl`, …). */
export function readCases<T>(folder: string, suite: string): T[] {
  const from = join(DATA, folder);
  if (!existsSync(from)) return [];
  const names = readdirSync(from).filter(name => new RegExp(`^${suite}\\b.*\\.jsonl$`).test(name));
  return names.sort().flatMap(name =>
    readFileSync(join(from, name), 'utf8')
      .split('\n')
      .filter(line => line.trim() !== '')
      .map(line => JSON.parse(line) as T),
  );
}

const SEXES: Readonly<Record<string, Person['sex']>> = {
  f: 'female',
  m: 'male',
  female: 'female',
  male: 'male',
};

export function personOf({ patient, doses }: CdsiCase): Person {
  return {
    birthDate: patient.dob,
    sex: SEXES[patient.sex.toLowerCase()] ?? 'unknown',
    observations: patient.observations.map(({ code, date }) => ({ code, ...(date && { date }) })),
    doses: doses.map(({ seq, date, cvx, mvx, vaccineName }) => ({
      id: String(seq).padStart(4, '0'),
      vaccineCode: cvx,
      date,
      ...(mvx && { manufacturer: mvx }),
      ...(vaccineName && { tradeName: vaccineName }),
    })),
  };
}

const REASONS: Readonly<Record<string, EvaluationReason>> = {
  'age: too young': 'too-young',
  'age: too old': 'too-old',
  'interval: too soon': 'interval-too-soon',
  'inadvertent vaccine': 'inadvertent-vaccine',
  'live virus conflict': 'live-vaccine-conflict',
  'not a preferable or allowable vaccine': 'not-a-preferable-or-allowable-vaccine',
  'series already complete': 'series-already-complete',
};

const code = (text: string) => text.trim().toLowerCase().replaceAll(/\s+/g, '-');
/** Cases and data are edited apart: their names of a group may differ in case and spaces. */
const isSame = (group: string, other: string) => code(group) === code(other);
const orNone = (value: string | number | null | undefined) => value ?? null;

/** Why an answer is not the one expected; empty when the case passes. Judged as `data/README.md` says. */
export function judge(schedule: CompiledSchedule, one: CdsiCase): string[] {
  const answer = forecast(schedule, personOf(one), one.assessmentDate);
  const groups = answer.groups.filter(({ vaccineGroup }) => isSame(vaccineGroup, one.vaccineGroup));
  if (groups.length === 0)
    return [`no forecast for ${one.vaccineGroup}; expected ${one.expected.seriesStatus}`];
  const verdicts = groups.map(group => [...againstForecast(one, group), ...againstDoses(one, group, answer)]);
  return verdicts.sort((a, b) => a.length - b.length)[0]!;
}

function againstForecast({ expected }: CdsiCase, group: GroupForecast): string[] {
  const faults: string[] = [];
  const compare = (what: string, got: string | number | null, wanted: string | number | null) => {
    if (got !== wanted)
      faults.push(`${what}: expected ${wanted ?? 'none'}, got ${got ?? 'none'} (${group.seriesName})`);
  };
  compare('status', group.status, code(expected.seriesStatus));
  const wanted = expected.forecast;
  compare('dose number', orNone(group.targetDoseNumber), orNone(wanted?.doseNumber));
  compare('earliest', orNone(group.earliest), orNone(wanted?.earliest));
  compare('recommended', orNone(group.recommended), orNone(wanted?.recommended));
  compare('past due', orNone(group.pastDue), orNone(wanted?.pastDue));
  return faults;
}

/**
 * Each dose in the series of the forecast that is matched; a dose with a series type of its own, in any best series of
 * the group. Doses without an antigen of the group have no evaluation there and are not judged.
 */
function againstDoses(
  { doses, vaccineGroup }: CdsiCase,
  group: GroupForecast,
  answer: PersonForecast,
): string[] {
  return doses.flatMap(({ seq, evaluationStatus, reason, seriesType }) => {
    const of = answer.evaluations.filter(
      ({ doseId, vaccineGroup: evaluated, seriesName }) =>
        Number(doseId) === seq &&
        isSame(evaluated, vaccineGroup) &&
        (seriesType != null || group.seriesNames.includes(seriesName)),
    );
    if (of.length === 0 || evaluationStatus === null) return [];
    const matching = of.filter(({ status }) => status === code(evaluationStatus));
    if (seriesType != null ? matching.length === 0 : matching.length !== of.length) {
      return [
        `dose ${seq}: expected ${evaluationStatus} (${reason ?? '-'}), got ${of.map(described).join('; ')}`,
      ];
    }
    const wanted = reason === null ? undefined : (REASONS[reason.toLowerCase()] ?? reason);
    if (wanted === undefined || of.some(({ reasons }) => (reasons as readonly string[]).includes(wanted)))
      return [];
    return [`dose ${seq}: expected reason ${wanted}, got ${of.map(described).join('; ')}`];
  });
}

function described({ status, reasons, seriesName, targetDoseNumber }: DoseEvaluation): string {
  return `${status} [${reasons.join(', ')}] as dose ${targetDoseNumber ?? '-'} of ${seriesName}`;
}
