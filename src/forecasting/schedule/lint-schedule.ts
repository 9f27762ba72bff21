import { parseSpan } from '../../common';
import { isChosen } from './options';
import type {
  AgeRule,
  Antigen,
  Duration,
  EffectiveDated,
  IntervalRule,
  Schedule,
  Series,
  SeriesDose,
  Sex,
} from './schedule-format';

/** Something in a valid schedule that is surely wrong (`error`) or deserves a second look (`warning`). */
export interface LintFinding {
  readonly code: LintCode;
  readonly severity: 'error' | 'warning';
  /** JSON pointer to the place. */
  readonly path: string;
  /** Name of the series, where it stands in one. */
  readonly series?: string;
  /** Number of the dose, where it stands in one. */
  readonly dose?: number;
  /** Facts for the text, e.g. the two fields that contradict each other. */
  readonly params: Readonly<Record<string, string | number>>;
}

const SEVERITY = {
  /** People without any dose have several series to begin with, or none. */
  'several-default-series': 'error',
  /** The country has chosen two of the ways that exclude each other. */
  'several-options-of-a-decision': 'error',
  'no-default-series': 'warning',
  'ages-not-in-order': 'error',
  'interval-not-in-order': 'error',
  'age-before-previous-dose': 'warning',
  /** Nobody is young enough for the dose by the time it may be given. */
  'unreachable-dose': 'error',
  'unreachable-after-recurring': 'error',
  'no-minimum-age': 'warning',
  'no-vaccine': 'error',
  /** Doses given count, but none can be recommended. */
  'no-preferable-vaccine': 'warning',
  'vaccine-without-antigen': 'error',
  'vaccine-also-inadvertent': 'error',
  'overlapping-windows': 'error',
  'window-ends-before-it-begins': 'error',
  'risk-without-indication': 'error',
  'unknown-series-group': 'error',
  'antigen-not-in-group': 'error',
  'antigen-without-series': 'error',
} as const;

export type LintCode = keyof typeof SEVERITY;

type Report = (
  code: LintCode,
  path: string,
  params?: LintFinding['params'],
  where?: { readonly series?: string; readonly dose?: number },
) => void;

/**
 * Looks for what makes a valid schedule wrong or doubtful in use. Expects a schedule without faults
 * (`validateSchedule`).
 */
export function lintSchedule(schedule: Schedule): LintFinding[] {
  const findings: LintFinding[] = [];
  const report: Report = (code, path, params = {}, where = {}) =>
    findings.push({ code, severity: SEVERITY[code], path, ...where, params });
  lintGroups(schedule, report);
  lintOptions(schedule, report);
  const antigensOf = new Map(
    schedule.vaccines.map(({ code, antigens }) => [code, antigens.map(link => link.antigen)]),
  );
  schedule.antigens.forEach((antigen, a) => {
    lintDefaults(schedule, antigen, `/antigens/${a}`, report);
    antigen.series.forEach((series, s) => {
      const path = `/antigens/${a}/series/${s}`;
      const inSeries: Report = (code, at, params, where) =>
        report(code, at, params, { series: series.name, ...where });
      lintSeries(antigen, series, path, inSeries);
      series.doses.forEach((dose, d) => {
        const inDose: Report = (code, at, params) => inSeries(code, at, params, { dose: d + 1 });
        lintDose(dose, `${path}/doses/${d}`, inDose);
        lintVaccines(dose, antigen.code, antigensOf, `${path}/doses/${d}`, inDose);
      });
    });
  });
  return findings;
}

function lintGroups(schedule: Schedule, report: Report): void {
  schedule.vaccineGroups.forEach((group, g) =>
    group.antigens.forEach((code, i) => {
      const series = schedule.antigens.find(antigen => antigen.code === code)?.series ?? [];
      if (series.some(({ vaccineGroup }) => vaccineGroup === group.code)) return;
      report('antigen-without-series', `/vaccineGroups/${g}/antigens/${i}`, {
        antigen: code,
        group: group.code,
      });
    }),
  );
  schedule.antigens.forEach((antigen, a) =>
    antigen.series.forEach((series, s) => {
      const group = schedule.vaccineGroups.find(({ code }) => code === series.vaccineGroup);
      if (group?.antigens.includes(antigen.code)) return;
      const params = { antigen: antigen.code, group: series.vaccineGroup };
      report('antigen-not-in-group', `/antigens/${a}/series/${s}/vaccineGroup`, params, {
        series: series.name,
      });
    }),
  );
}

const SEXES: readonly Sex[] = ['female', 'male'];

function lintOptions({ options, policy }: Schedule, report: Report): void {
  const decided = new Set<string>();
  policy.options?.forEach((code, i) => {
    const decision = options?.find(option => option.code === code)?.decision;
    if (decision === undefined) return;
    if (decided.has(decision)) {
      report('several-options-of-a-decision', `/policy/options/${i}`, { option: code, decision });
    }
    decided.add(decision);
  });
}

/** One default series for each standard series group, for either sex. */
function lintDefaults(schedule: Schedule, antigen: Antigen, path: string, report: Report): void {
  const standard = antigen.series.filter(series => series.type === 'standard' && isChosen(schedule, series));
  for (const group of new Set(standard.map(({ select }) => select.group))) {
    const ofGroup = standard.filter(({ select }) => select.group === group);
    for (const sex of SEXES) {
      const relevant = ofGroup.filter(({ requiredSex }) => !requiredSex || requiredSex.includes(sex));
      const defaults = relevant.filter(({ select }) => select.default);
      const params = { antigen: antigen.code, group, sex, count: defaults.length };
      if (defaults.length > 1) report('several-default-series', path, params, { series: defaults[1]!.name });
      if (defaults.length === 0 && relevant.length > 0) report('no-default-series', path, params);
    }
  }
}

function lintSeries(antigen: Antigen, series: Series, path: string, report: Report): void {
  if (series.type === 'risk' && (series.indications ?? []).length === 0)
    report('risk-without-indication', path);
  const groups = new Set(antigen.series.map(({ select }) => select.group));
  const asked = series.doses
    .flatMap(dose => dose.conditionalSkips ?? [])
    .flatMap(({ sets }) => sets.flatMap(({ conditions }) => conditions))
    .flatMap(condition => (condition.type === 'completed-series' ? condition.seriesGroups : []));
  for (const group of new Set([...(series.equivalentSeriesGroups ?? []), ...asked])) {
    if (!groups.has(group)) report('unknown-series-group', path, { group });
  }
  const first = series.doses[0]!;
  if (!first.ages?.some(({ minimum }) => minimum !== undefined)) {
    report('no-minimum-age', `${path}/doses/0`, {}, { dose: 1 });
  }
  lintReach(series, path, report);
}

/** Walks the doses at their minimum ages and intervals: may each still be given by the time it can be? */
function lintReach(series: Series, path: string, report: Report): void {
  let earliest = 0;
  series.doses.forEach((dose, d) => {
    const where = { dose: d + 1 };
    const age = dose.ages?.at(-1);
    const interval = Math.max(
      0,
      ...(dose.preferableIntervals ?? []).filter(isFromPrevious).map(rule => days(rule.minimum)),
    );
    const minimum = days(age?.minimum);
    if (d > 0 && age?.minimum !== undefined && minimum < days(series.doses[d - 1]!.ages?.at(-1)?.minimum)) {
      report('age-before-previous-dose', `${path}/doses/${d}/ages`, { minimum: age.minimum }, where);
    }
    earliest = Math.max(minimum, d > 0 ? earliest + interval : 0);
    if (age?.maximum !== undefined && earliest >= days(age.maximum)) {
      report('unreachable-dose', `${path}/doses/${d}/ages`, { maximum: age.maximum }, where);
    }
    if (dose.recurring && !dose.conditionalSkips?.length && d + 1 < series.doses.length) {
      report('unreachable-after-recurring', `${path}/doses/${d + 1}`, {}, { dose: d + 2 });
    }
  });
}

const isFromPrevious = ({ from }: IntervalRule) => 'previousDose' in from;

/** Days of a duration, near enough to compare two of them. */
function days(duration: Duration | undefined): number {
  if (duration === undefined) return 0;
  const span = parseSpan(duration);
  return span.months * 30.4375 + span.days;
}

const AGES = ['absoluteMinimum', 'minimum', 'earliestRecommended', 'latestRecommended', 'maximum'] as const;
const INTERVALS = ['absoluteMinimum', 'minimum', 'earliestRecommended', 'latestRecommended'] as const;

function lintDose(dose: SeriesDose, path: string, report: Report): void {
  dose.ages?.forEach((age, i) => {
    inOrder(AGES, age, (first, second) =>
      report('ages-not-in-order', `${path}/ages/${i}/${second}`, { field: second, before: first }),
    );
    lintWindow(age, `${path}/ages/${i}`, report);
  });
  lintOverlap(dose.ages ?? [], `${path}/ages`, report);
  dose.preferableIntervals?.forEach((interval, i) => {
    inOrder(INTERVALS, interval, (first, second) =>
      report('interval-not-in-order', `${path}/preferableIntervals/${i}/${second}`, {
        field: second,
        before: first,
      }),
    );
    lintWindow(interval, `${path}/preferableIntervals/${i}`, report);
  });
  const { season } = dose;
  if (season?.to !== undefined && season.to < season.from)
    report('window-ends-before-it-begins', `${path}/season`);
}

function inOrder<K extends string>(
  fields: readonly K[],
  rule: { readonly [P in K]?: Duration },
  report: (first: K, second: K) => void,
): void {
  const given = fields.filter(field => rule[field] !== undefined);
  for (let i = 1; i < given.length; i++) {
    const [first, second] = [given[i - 1]!, given[i]!];
    if (days(rule[first]) > days(rule[second])) report(first, second);
  }
}

function lintWindow({ effectiveFrom, effectiveTo }: EffectiveDated, path: string, report: Report): void {
  if (effectiveFrom === undefined || effectiveTo === undefined || effectiveFrom <= effectiveTo) return;
  report('window-ends-before-it-begins', path, { from: effectiveFrom, to: effectiveTo });
}

/** Two age rules in effect on one day contradict each other: only one can be used. */
function lintOverlap(ages: readonly AgeRule[], path: string, report: Report): void {
  ages.forEach((age, i) =>
    ages.slice(0, i).forEach((other, j) => {
      const begins = (rule: AgeRule) => rule.effectiveFrom ?? '';
      const ends = (rule: AgeRule) => rule.effectiveTo ?? '9999';
      if (begins(age) <= ends(other) && begins(other) <= ends(age)) {
        report('overlapping-windows', `${path}/${i}`, { with: j });
      }
    }),
  );
}

function lintVaccines(
  dose: SeriesDose,
  antigen: string,
  antigensOf: ReadonlyMap<string, readonly string[]>,
  path: string,
  report: Report,
): void {
  if (!dose.preferableVaccines?.length) {
    report(dose.allowableVaccines?.length ? 'no-preferable-vaccine' : 'no-vaccine', path);
  }
  const lists = {
    preferableVaccines: dose.preferableVaccines ?? [],
    allowableVaccines: dose.allowableVaccines ?? [],
  };
  for (const [list, rules] of Object.entries(lists)) {
    rules.forEach(({ vaccine }, i) => {
      const at = `${path}/${list}/${i}/vaccine`;
      if (!antigensOf.get(vaccine)?.includes(antigen))
        report('vaccine-without-antigen', at, { vaccine, antigen });
      if (dose.inadvertentVaccines?.includes(vaccine)) report('vaccine-also-inadvertent', at, { vaccine });
    });
  }
}
