import Ajv2020, { type ErrorObject } from 'ajv/dist/2020';
import { type CalendarSpan, isCivilDate, isSpan, parseSpan, shapeOf } from '../../common';
import type {
  GroupContraindication,
  Schedule,
  Series,
  SeriesDose,
  Sourced,
  VaccineContraindication,
} from './schedule-format';
import { SCHEDULE_SCHEMA } from './schedule-schema';

/** Why a schedule cannot be used. */
export interface ScheduleFault {
  /** JSON pointer to the place, e.g. `/antigens/0/series/1/doses/2/ages/0/minimum`; `""` is the whole document. */
  readonly path: string;
  /** `schema.<keyword>` for a fault of shape; otherwise one of {@link ReferenceFaultCode}. The key of its text. */
  readonly code: string;
  /** Facts for the text, e.g. the code that is not known. */
  readonly params: Readonly<Record<string, string | number>>;
  /** The reason in English, for logs and developers. */
  readonly reason: string;
}

/** Faults a JSON Schema cannot see: a name that nothing bears, or that two things bear. */
export type ReferenceFaultCode =
  | 'date-does-not-exist'
  | 'duplicate'
  | 'unknown-antigen'
  | 'unknown-group'
  | 'unknown-observation'
  | 'unknown-option'
  | 'unknown-source'
  | 'unknown-target-dose'
  | 'unknown-vaccine';

const REASONS: Record<ReferenceFaultCode, string> = {
  'date-does-not-exist': 'no such day in the calendar',
  duplicate: 'defined twice',
  'unknown-antigen': 'no antigen has this code',
  'unknown-group': 'no vaccine group has this code',
  'unknown-observation': 'no observation has this code',
  'unknown-option': 'no option has this code',
  'unknown-source': 'no source has this id',
  'unknown-target-dose': 'not an earlier dose of this series',
  'unknown-vaccine': 'no vaccine has this code',
};

const validateShape = shapeOf(() =>
  new Ajv2020({ allErrors: true, strict: false }).compile<Schedule>(SCHEDULE_SCHEMA),
);

/**
 * Everything that keeps a JSON document from being a schedule: first its shape (the published JSON Schema); when that
 * holds, every name it uses. Empty: {@link compileSchedule} will accept it. Doubtful but usable rules are the linter's.
 */
export function validateSchedule(json: unknown): ScheduleFault[] {
  if (!validateShape(json)) return (validateShape.errors ?? []).map(shapeFault);
  return [...unusableValues(json, ''), ...brokenReferences(json)];
}

function shapeFault(error: ErrorObject): ScheduleFault {
  const params: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(error.params as Record<string, unknown>)) {
    params[name] =
      typeof value === 'number' ? value : typeof value === 'string' ? value : JSON.stringify(value);
  }
  return {
    path: error.instancePath,
    code: `schema.${error.keyword}`,
    params,
    reason: error.message ?? error.keyword,
  };
}

/** More than a year before the event, or more than a thousand years after it: surely mistyped, and off the calendar. */
const isPlausible = ({ months, days }: CalendarSpan) => {
  const years = months / 12 + days / 365;
  return years >= -1 && years < 1000;
};

const LOOKS_LIKE_A_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Days that the calendar does not have, and spans that no calendar holds. */
function unusableValues(value: unknown, path: string): ScheduleFault[] {
  if (typeof value === 'string') {
    if (LOOKS_LIKE_A_DATE.test(value) && !isCivilDate(value))
      return [fault('date-does-not-exist', path, { date: value })];
    if (!isSpan(value) || isPlausible(parseSpan(value))) return [];
    const reason = `no such age or interval: ${value}`;
    return [{ path, code: 'schema.pattern', params: { duration: value }, reason }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    unusableValues(inner, `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}

function fault(code: ReferenceFaultCode, path: string, params: ScheduleFault['params']): ScheduleFault {
  return { path, code, params, reason: `${REASONS[code]}: ${Object.values(params).join(', ')}` };
}

/** Collects the faults of one document while it is walked, so that each check is one line below. */
class References {
  readonly faults: ScheduleFault[] = [];
  private readonly vaccines: Set<string>;
  private readonly antigens: Set<string>;
  private readonly groups: Set<string>;
  private readonly observations: Set<string>;
  private readonly options: Set<string>;
  private readonly sources: Set<string>;

  constructor(schedule: Schedule) {
    this.vaccines = this.unique('/vaccines', schedule.vaccines, 'code');
    this.antigens = this.unique('/antigens', schedule.antigens, 'code');
    this.groups = this.unique('/vaccineGroups', schedule.vaccineGroups, 'code');
    this.observations = this.unique('/observations', schedule.observations ?? [], 'code');
    this.options = this.unique('/options', schedule.options ?? [], 'code');
    this.sources = this.unique('/sources', schedule.sources, 'id');
    this.uniqueSeriesNames(schedule);
  }

  private unique<K extends string>(path: string, items: readonly Record<K, string>[], key: K): Set<string> {
    const seen = new Set<string>();
    items.forEach((item, i) => {
      if (seen.has(item[key]))
        this.faults.push(fault('duplicate', `${path}/${i}/${key}`, { [key]: item[key] }));
      seen.add(item[key]);
    });
    return seen;
  }

  private uniqueSeriesNames(schedule: Schedule): void {
    const seen = new Set<string>();
    schedule.antigens.forEach((antigen, a) =>
      antigen.series.forEach(({ name }, s) => {
        if (seen.has(name)) this.faults.push(fault('duplicate', `/antigens/${a}/series/${s}/name`, { name }));
        seen.add(name);
      }),
    );
  }

  vaccine(code: string, path: string): void {
    if (!this.vaccines.has(code)) this.faults.push(fault('unknown-vaccine', path, { vaccine: code }));
  }

  antigen(code: string, path: string): void {
    if (!this.antigens.has(code)) this.faults.push(fault('unknown-antigen', path, { antigen: code }));
  }

  group(code: string, path: string): void {
    if (!this.groups.has(code)) this.faults.push(fault('unknown-group', path, { group: code }));
  }

  observation(code: string, path: string): void {
    if (!this.observations.has(code))
      this.faults.push(fault('unknown-observation', path, { observation: code }));
  }

  option(code: string, path: string): void {
    if (!this.options.has(code)) this.faults.push(fault('unknown-option', path, { option: code }));
  }

  targetDose(number: number, before: number, path: string): void {
    if (number >= before) this.faults.push(fault('unknown-target-dose', path, { dose: number }));
  }

  private sourceIds(source: Sourced['source'], path: string): void {
    const named = typeof source === 'string' ? { '': source } : (source ?? {});
    for (const [property, id] of Object.entries(named)) {
      if (this.sources.has(id)) continue;
      this.faults.push(fault('unknown-source', property ? `${path}/${property}` : path, { source: id }));
    }
  }

  /** Every `source` below a value. */
  source(value: unknown, path: string): void {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'source') this.sourceIds(inner as Sourced['source'], `${path}/source`);
      else this.source(inner, `${path}/${key}`);
    }
  }
}

function brokenReferences(schedule: Schedule): ScheduleFault[] {
  const refs = new References(schedule);
  schedule.policy.offeredGroups?.forEach((code, i) => refs.group(code, `/policy/offeredGroups/${i}`));
  schedule.policy.options?.forEach((code, i) => refs.option(code, `/policy/options/${i}`));
  schedule.vaccineGroups.forEach((group, g) =>
    group.antigens.forEach((code, i) => refs.antigen(code, `/vaccineGroups/${g}/antigens/${i}`)),
  );
  schedule.vaccines.forEach((vaccine, v) =>
    vaccine.antigens.forEach((link, i) => refs.antigen(link.antigen, `/vaccines/${v}/antigens/${i}/antigen`)),
  );
  schedule.vocabulary.vaccines.maps?.forEach((map, m) =>
    Object.entries(map.codes).forEach(([key, code]) =>
      refs.vaccine(code, `/vocabulary/vaccines/maps/${m}/codes/${key}`),
    ),
  );
  schedule.liveVaccineConflicts?.forEach((conflict, c) => {
    conflict.previous.forEach((code, i) => refs.vaccine(code, `/liveVaccineConflicts/${c}/previous/${i}`));
    conflict.current.forEach((code, i) => refs.vaccine(code, `/liveVaccineConflicts/${c}/current/${i}`));
  });
  schedule.antigens.forEach((antigen, a) => {
    const path = `/antigens/${a}`;
    antigen.immunity?.clinicalHistory?.forEach((code, i) =>
      refs.observation(code, `${path}/immunity/clinicalHistory/${i}`),
    );
    antigen.immunity?.birth?.forEach((birth, b) =>
      birth.unless?.forEach((code, i) => refs.observation(code, `${path}/immunity/birth/${b}/unless/${i}`)),
    );
    antigen.contraindications?.group?.forEach((rule, i) =>
      contraindicationReferences(refs, rule, `${path}/contraindications/group/${i}`),
    );
    antigen.contraindications?.vaccine?.forEach((rule, i) => {
      const at = `${path}/contraindications/vaccine/${i}`;
      contraindicationReferences(refs, rule, at);
      rule.vaccines.forEach((against, v) => refs.vaccine(against.vaccine, `${at}/vaccines/${v}/vaccine`));
    });
    antigen.series.forEach((series, s) => seriesReferences(refs, series, `${path}/series/${s}`));
  });
  refs.source({ ...schedule, sources: [] }, '');
  return refs.faults;
}

function contraindicationReferences(
  refs: References,
  { observation, unless }: GroupContraindication | VaccineContraindication,
  path: string,
): void {
  refs.observation(observation, `${path}/observation`);
  unless?.forEach((code, i) => refs.observation(code, `${path}/unless/${i}`));
}

function seriesReferences(refs: References, series: Series, path: string): void {
  refs.group(series.vaccineGroup, `${path}/vaccineGroup`);
  series.options?.forEach((code, i) => refs.option(code, `${path}/options/${i}`));
  series.furtherEvaluation?.forEach(({ observation }, i) => {
    if (observation !== undefined)
      refs.observation(observation, `${path}/furtherEvaluation/${i}/observation`);
  });
  series.indications?.forEach((rule, i) =>
    refs.observation(rule.observation, `${path}/indications/${i}/observation`),
  );
  series.doses.forEach((dose, d) => doseReferences(refs, dose, d + 1, `${path}/doses/${d}`));
}

function doseReferences(refs: References, dose: SeriesDose, number: number, path: string): void {
  dose.preferableIntervals?.forEach(({ from }, i) => {
    const at = `${path}/preferableIntervals/${i}/from`;
    if ('targetDose' in from) refs.targetDose(from.targetDose, number, `${at}/targetDose`);
    if ('observation' in from) refs.observation(from.observation, `${at}/observation`);
    if ('mostRecentOf' in from)
      from.mostRecentOf.forEach((code, v) => refs.vaccine(code, `${at}/mostRecentOf/${v}`));
  });
  dose.allowableIntervals?.forEach(({ from }, i) => {
    if ('targetDose' in from) {
      refs.targetDose(from.targetDose, number, `${path}/allowableIntervals/${i}/from/targetDose`);
    }
  });
  dose.preferableVaccines?.forEach((rule, i) =>
    refs.vaccine(rule.vaccine, `${path}/preferableVaccines/${i}/vaccine`),
  );
  dose.allowableVaccines?.forEach((rule, i) =>
    refs.vaccine(rule.vaccine, `${path}/allowableVaccines/${i}/vaccine`),
  );
  dose.inadvertentVaccines?.forEach((code, i) => refs.vaccine(code, `${path}/inadvertentVaccines/${i}`));
  dose.conditionalSkips?.forEach((skip, k) =>
    skip.sets.forEach((set, s) =>
      set.conditions.forEach((condition, c) => {
        if (condition.type !== 'vaccine-count') return;
        const at = `${path}/conditionalSkips/${k}/sets/${s}/conditions/${c}/vaccines`;
        condition.vaccines?.forEach((code, i) => refs.vaccine(code, `${at}/${i}`));
      }),
    ),
  );
}
