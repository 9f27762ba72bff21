import { type CalendarSpan, parseSpan, toDayNumber } from '../../common';
import {
  type AgedObservation,
  type AgeIndex,
  type CompiledAge,
  type CompiledAntigen,
  type CompiledCondition,
  type CompiledConflict,
  type CompiledDose,
  type CompiledInterval,
  type CompiledSchedule,
  type CompiledSeries,
  type CompiledSkip,
  type Effective,
  FIRST_DAY,
  LAST_DAY,
  type ObservationIndex,
  type ObservedGuidance,
  type VaccineIndex,
} from './compiled-schedule';
import type { Guidance } from '../person-forecast';
import type {
  AgeRule,
  AllowableIntervalRule,
  Antigen,
  ConditionalSkip,
  Duration,
  EffectiveDated,
  IntervalRule,
  PreferableVaccine,
  Schedule,
  Series,
  SeriesDose,
  SkipCondition,
  Text,
} from './schedule-format';
import { isChosen } from './options';
import { plainName } from './plain-name';
import { type ScheduleFault, validateSchedule } from './validate-schedule';

/** Thrown for a schedule that cannot be used; says where and why. */
export class ScheduleInvalid extends Error {
  override readonly name = 'ScheduleInvalid';

  constructor(readonly faults: readonly ScheduleFault[]) {
    super(
      `schedule invalid: ${faults.length} fault(s), first at ${faults[0]?.path ?? '?'}: ${faults[0]?.reason ?? ''}`,
    );
  }
}

/**
 * Turns a schedule into the form made for evaluation. Do it once for a version and keep the result.
 * @throws ScheduleInvalid with every fault found by `validateSchedule`.
 */
export function compileSchedule(schedule: Schedule): CompiledSchedule {
  const faults = validateSchedule(schedule);
  if (faults.length > 0) throw new ScheduleInvalid(faults);
  return new Compiler(schedule).compile();
}

/** Holds the tables of codes and ages while the rules are read; thrown away afterwards. */
class Compiler {
  private readonly ageSpans: CalendarSpan[] = [];
  private readonly ageIndexes = new Map<string, AgeIndex>();
  private readonly spans = new Map<string, CalendarSpan>();
  private readonly vaccineIndex = new Map<string, VaccineIndex>();
  private readonly observationIndex = new Map<string, ObservationIndex>();
  private readonly antigenIndex = new Map<string, number>();
  private readonly groupIndex = new Map<string, number>();
  private readonly guidances = new Map<string, Guidance>();

  constructor(private readonly schedule: Schedule) {
    schedule.vaccines.forEach(({ code }, i) => this.vaccineIndex.set(code, i));
    schedule.observations?.forEach(({ code }, i) => this.observationIndex.set(code, i));
    schedule.antigens.forEach(({ code }, i) => this.antigenIndex.set(code, i));
    schedule.vaccineGroups.forEach(({ code }, i) => this.groupIndex.set(code, i));
  }

  compile(): CompiledSchedule {
    const { schedule } = this;
    const offered = schedule.policy.offeredGroups;
    return {
      schedule,
      monthEnd: schedule.policy.monthEnd,
      ageSpans: this.ageSpans,
      vaccines: schedule.vaccines.map(({ code, antigens }) => ({
        code,
        antigens: antigens.map(link => ({ antigen: this.antigen(link.antigen), ...this.ageRange(link) })),
      })),
      vaccineIndex: this.vaccineLookup(),
      observations: (schedule.observations ?? []).map(({ code }) => code),
      observationIndex: this.observationLookup(),
      antigens: schedule.antigens.map((antigen, i) => this.compileAntigen(antigen, i)),
      groups: schedule.vaccineGroups.map(group => ({
        code: group.code,
        antigens: group.antigens.map(code => this.antigen(code)),
        administerFullGroup: group.administerFullGroup === true,
        offered: offered ? offered.includes(group.code) : true,
      })),
      conflicts: this.conflicts(),
    };
  }

  private vaccine = (code: string): VaccineIndex => found(this.vaccineIndex, code);
  private observation = (code: string): ObservationIndex => found(this.observationIndex, code);
  private antigen = (code: string): number => found(this.antigenIndex, code);

  /** Own codes, mapped codes, and a numeric code with or without its leading zeros (CVX 08 and 8). */
  private vaccineLookup(): Map<string, VaccineIndex> {
    const lookup = new Map(this.vaccineIndex);
    const alias = (code: string, index: VaccineIndex) => lookup.has(code) || lookup.set(code, index);
    for (const map of this.schedule.vocabulary.vaccines.maps ?? []) {
      for (const [code, own] of Object.entries(map.codes)) alias(code, this.vaccine(own));
    }
    for (const [code, index] of lookup) if (/^0\d+$/.test(code)) alias(String(Number(code)), index);
    for (const [code, index] of lookup) if (/^\d$/.test(code)) alias(code.padStart(2, '0'), index);
    return lookup;
  }

  /** Own codes, and `system|code` of every coding. */
  private observationLookup(): Map<string, ObservationIndex> {
    const lookup = new Map(this.observationIndex);
    this.schedule.observations?.forEach(({ codings }, index) =>
      codings?.forEach(({ system, code }) => lookup.set(`${system}|${code}`, index)),
    );
    for (const { system, codes } of this.schedule.vocabulary.observations?.maps ?? []) {
      for (const [code, own] of Object.entries(codes)) {
        const index = this.observationIndex.get(own);
        if (index !== undefined) lookup.set(`${system}|${code}`, index);
      }
    }
    return lookup;
  }

  private span(text: Duration): CalendarSpan {
    const known = this.spans.get(text);
    if (known) return known;
    const span = parseSpan(text);
    this.spans.set(text, span);
    return span;
  }

  private optionalSpan = (text: Duration | undefined): CalendarSpan | null =>
    text === undefined ? null : this.span(text);

  private ageOfSpan(span: CalendarSpan): AgeIndex {
    const key = `${span.months},${span.days}`;
    const known = this.ageIndexes.get(key);
    if (known !== undefined) return known;
    this.ageIndexes.set(key, this.ageSpans.length);
    return this.ageSpans.push(span) - 1;
  }

  private age = (text: Duration | undefined): AgeIndex =>
    text === undefined ? -1 : this.ageOfSpan(this.span(text));

  private ageRange(rule: { readonly beginAge?: Duration; readonly endAge?: Duration }) {
    return { begin: this.age(rule.beginAge), end: this.age(rule.endAge) };
  }

  /** The absolute minimum as given, else the minimum less the policy's grace days (only where the policy has any). */
  private absoluteMinimum(rule: {
    readonly absoluteMinimum?: Duration;
    readonly minimum?: Duration;
  }): CalendarSpan | null {
    if (rule.absoluteMinimum !== undefined) return this.span(rule.absoluteMinimum);
    const { graceDays } = this.schedule.policy;
    if (rule.minimum === undefined || graceDays === undefined) return null;
    const { months, days } = this.span(rule.minimum);
    return { months, days: days - graceDays };
  }

  private compileAntigen(antigen: Antigen, index: number): CompiledAntigen {
    const aged = (rule: {
      observation: string;
      beginAge?: Duration;
      endAge?: Duration;
    }): AgedObservation => ({
      observation: this.observation(rule.observation),
      ...this.ageRange(rule),
    });
    return {
      index,
      code: antigen.code,
      immuneBy: (antigen.immunity?.clinicalHistory ?? []).map(this.observation),
      immuneByBirth: (antigen.immunity?.birth ?? []).map(({ before, country, unless }) => ({
        before: toDayNumber(before),
        country,
        unless: (unless ?? []).map(this.observation),
      })),
      contraindications: (antigen.contraindications?.group ?? []).map(rule => ({
        ...aged(rule),
        unless: (rule.unless ?? []).map(this.observation),
      })),
      vaccineContraindications: (antigen.contraindications?.vaccine ?? []).map(rule => ({
        observation: this.observation(rule.observation),
        unless: (rule.unless ?? []).map(this.observation),
        vaccines: new Map(
          rule.vaccines.map(against => [this.vaccine(against.vaccine), this.ageRange(against)]),
        ),
      })),
      contraindicationGuidance: this.observedGuidance('contraindication', [
        ...(antigen.contraindications?.group ?? []),
        ...(antigen.contraindications?.vaccine ?? []),
      ]),
      series: inOrderOfNeed(antigen.series.filter(series => isChosen(this.schedule, series))).map(series =>
        this.compileSeries(series, index, aged),
      ),
    };
  }

  private compileSeries(
    series: Series,
    antigen: number,
    aged: (rule: { observation: string; beginAge?: Duration; endAge?: Duration }) => AgedObservation,
  ): CompiledSeries {
    const { select } = series;
    const doses = series.doses.map((dose, i) => this.compileDose(dose, i + 1));
    return {
      name: series.name,
      antigen,
      vaccineGroup: found(this.groupIndex, series.vaccineGroup),
      type: series.type,
      sexes: series.requiredSex ? new Set(series.requiredSex) : null,
      indications: (series.indications ?? []).map(aged),
      seriesGroup: select.group,
      equivalentGroups: series.equivalentSeriesGroups ?? [],
      isDefault: select.default,
      isProductPath: select.productPath,
      priority: select.priority,
      preference: select.preference,
      maxAgeToStart: this.age(select.maxAgeToStart),
      furtherEvaluation: (series.furtherEvaluation ?? []).map(rule => ({
        status: rule.status,
        observation: rule.observation === undefined ? null : this.observation(rule.observation),
        ...this.ageRange(rule),
        text: rule.text,
      })),
      guidance: (series.guidance ?? []).map(guidance => this.guidance({ about: 'series', guidance })),
      indicationGuidance: this.observedGuidance('indication', series.indications ?? []),
      doses,
      preferableVaccines: [...new Set(doses.flatMap(dose => dose.preferable.map(({ vaccine }) => vaccine)))],
    };
  }

  private guidance(guidance: Guidance): Guidance {
    const wording = JSON.stringify(guidance);
    const known = this.guidances.get(wording) ?? guidance;
    this.guidances.set(wording, known);
    return known;
  }

  private observedGuidance(
    about: Guidance['about'],
    rules: readonly { readonly observation: string; readonly text?: Text; readonly guidance?: Text }[],
  ): ObservedGuidance[] {
    return rules
      .filter(({ text, guidance }) => text !== undefined || guidance !== undefined)
      .map(({ observation, text, guidance }) => ({
        observation: this.observation(observation),
        guidance: this.guidance({ about, observation, text, guidance }),
      }));
  }

  private compileDose(dose: SeriesDose, number: number): CompiledDose {
    const intervals = dose.preferableIntervals ?? [];
    const skips = dose.conditionalSkips ?? [];
    const skipsIn = (context: 'evaluation' | 'forecast') =>
      skips
        .filter(skip => skip.context === context || skip.context === 'both')
        .map(skip => this.compileSkip(skip));
    return {
      number,
      ages: (dose.ages ?? []).map(age => this.compileAge(age)),
      intervals: intervals.map(interval => this.compileInterval(interval)),
      allowableIntervals: (dose.allowableIntervals ?? []).map(interval => this.compileInterval(interval)),
      preferable: (dose.preferableVaccines ?? []).map(rule => this.compileVaccine(rule)),
      allowable: (dose.allowableVaccines ?? []).map(rule => this.compileVaccine(rule)),
      inadvertent: new Set((dose.inadvertentVaccines ?? []).map(this.vaccine)),
      skips: { evaluation: skipsIn('evaluation'), forecast: skipsIn('forecast') },
      recurring: dose.recurring === true,
      seasonStart: dose.season ? toDayNumber(dose.season.from) : null,
      seasonEnd: dose.season?.to ? toDayNumber(dose.season.to) : LAST_DAY,
      priority: intervals.length > 0 && intervals.every(({ override }) => override === true),
    };
  }

  private compileAge(rule: AgeRule): CompiledAge {
    const absoluteMinimum = this.absoluteMinimum(rule);
    return {
      ...effective(rule),
      absoluteMinimum: absoluteMinimum ? this.ageOfSpan(absoluteMinimum) : -1,
      minimum: this.age(rule.minimum),
      earliestRecommended: this.age(rule.earliestRecommended),
      latestRecommended: this.age(rule.latestRecommended),
      maximum: this.age(rule.maximum),
    };
  }

  private compileInterval(rule: IntervalRule | AllowableIntervalRule): CompiledInterval {
    const full: Partial<IntervalRule> = rule;
    return {
      ...effective(rule),
      reference: this.reference(rule.from),
      absoluteMinimum: this.absoluteMinimum(full),
      minimum: this.optionalSpan(full.minimum),
      earliestRecommended: this.optionalSpan(full.earliestRecommended),
      latestRecommended: this.optionalSpan(full.latestRecommended),
    };
  }

  private reference(from: IntervalRule['from']): CompiledInterval['reference'] {
    if ('previousDose' in from) return { kind: 'previous-dose' };
    if ('targetDose' in from) return { kind: 'target-dose', number: from.targetDose };
    if ('mostRecentOf' in from)
      return { kind: 'most-recent', vaccines: new Set(from.mostRecentOf.map(this.vaccine)) };
    return { kind: 'observation', observation: this.observation(from.observation) };
  }

  private compileVaccine(rule: PreferableVaccine) {
    return {
      vaccine: this.vaccine(rule.vaccine),
      ...this.ageRange(rule),
      tradeName: rule.tradeName === undefined ? undefined : plainName(rule.tradeName),
      volumeMl: rule.volumeMl,
      recommend: rule.recommend === true,
    };
  }

  private compileSkip(skip: ConditionalSkip): CompiledSkip {
    return {
      logic: skip.logic ?? 'and',
      sets: skip.sets.map(set => ({
        ...effective(set),
        id: set.id,
        logic: set.logic ?? 'and',
        conditions: set.conditions.map(condition => this.compileCondition(condition)),
      })),
    };
  }

  private compileCondition(condition: SkipCondition): CompiledCondition {
    switch (condition.type) {
      case 'age':
        return { kind: 'age', ...this.ageRange(condition) };
      case 'completed-series':
        return { kind: 'completed-series', groups: condition.seriesGroups };
      case 'interval':
        return { kind: 'interval', span: this.span(condition.interval) };
      case 'vaccine-count':
        return {
          kind: 'vaccine-count',
          ...this.ageRange(condition),
          startDate: condition.startDate ? toDayNumber(condition.startDate) : FIRST_DAY,
          endDate: condition.endDate ? toDayNumber(condition.endDate) : LAST_DAY,
          count: condition.doseCount,
          compare: condition.compare,
          onlyValid: condition.doseType === 'valid',
          vaccines: condition.vaccines ? new Set(condition.vaccines.map(this.vaccine)) : null,
        };
    }
  }

  private conflicts(): CompiledSchedule['conflicts'] {
    const byCurrent = new Map<VaccineIndex, Map<VaccineIndex, CompiledConflict[]>>();
    for (const rule of this.schedule.liveVaccineConflicts ?? []) {
      const conflict = {
        begin: this.span(rule.begin),
        minimumEnd: this.span(rule.minimumEnd),
        end: this.span(rule.end),
      };
      for (const current of rule.current.map(this.vaccine)) {
        const byPrevious = byCurrent.get(current) ?? new Map<VaccineIndex, CompiledConflict[]>();
        byCurrent.set(current, byPrevious);
        for (const previous of rule.previous.map(this.vaccine)) {
          byPrevious.set(previous, [...(byPrevious.get(previous) ?? []), conflict]);
        }
      }
    }
    return byCurrent;
  }
}

function found(map: ReadonlyMap<string, number>, code: string): number {
  const index = map.get(code);
  if (index === undefined) throw new RangeError(`validated schedule names unknown code ${code}`);
  return index;
}

function effective(rule: EffectiveDated): Effective {
  return {
    from: rule.effectiveFrom ? toDayNumber(rule.effectiveFrom) : FIRST_DAY,
    to: rule.effectiveTo ? toDayNumber(rule.effectiveTo) : LAST_DAY,
  };
}

/** Series groups that others ask about (condition *Completed Series*) first; otherwise as written. */
function inOrderOfNeed(all: readonly Series[]): Series[] {
  const groups = [...new Set(all.map(({ select }) => select.group))];
  const needs = (group: string): string[] =>
    all
      .filter(({ select }) => select.group === group)
      .flatMap(({ doses }) => doses.flatMap(dose => dose.conditionalSkips ?? []))
      .flatMap(({ sets }) => sets.flatMap(({ conditions }) => conditions))
      .flatMap(condition => (condition.type === 'completed-series' ? condition.seriesGroups : []));
  const ordered: string[] = [];
  const visit = (group: string, path: readonly string[]): void => {
    if (ordered.includes(group) || path.includes(group)) return;
    for (const needed of needs(group)) if (groups.includes(needed)) visit(needed, [...path, group]);
    ordered.push(group);
  };
  for (const group of groups) visit(group, []);
  return ordered.flatMap(group => all.filter(({ select }) => select.group === group));
}
