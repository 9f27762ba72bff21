import {
  ages,
  child,
  children,
  codes,
  compact,
  cvx,
  date,
  duration,
  effective,
  english,
  isYes,
  lower,
  type Node,
  node,
  optionalText,
  required,
  text,
  texts,
} from './cdsi-data';
import { readXml, type XmlValue } from './read-xml';
import {
  type Antigen,
  type AllowableIntervalRule,
  type ConditionalSkip,
  type Contraindications,
  type Immunity,
  type IntervalRule,
  type LiveVaccineConflict,
  type Observation,
  type Schedule,
  SCHEDULE_FORMAT,
  type Series,
  type SeriesDose,
  type Sex,
  type SkipCondition,
  type Vaccine,
  type VaccineGroup,
} from './schedule-format';

/** One file of a CDSi supporting-data release: CDC's XML, or the same as JSON. */
export interface CdsiFile {
  readonly name: string;
  readonly content: string;
}

/** What the files of a release do not say about themselves. */
export interface CdsiRelease {
  readonly version: string;
  readonly effectiveFrom: string;
  readonly year: number;
}

const CVX = 'http://hl7.org/fhir/sid/cvx';

/**
 * CDC's CDSi supporting data as a schedule of our own. Takes the files of any release, in any order: those with antigen
 * series and the one with the schedule (vaccine groups, CVX map, observations, conflicts); others are ignored. Mends
 * what releases are known for: stray spaces, uneven case, `n/a` for none, CVX with or without a leading zero.
 * @throws SyntaxError or RangeError for a file that cannot be read as such data.
 */
export function importCdsi(files: readonly CdsiFile[], release: CdsiRelease): Schedule {
  const documents = files.map(({ name, content }) =>
    node(name.endsWith('.xml') ? readXml(content) : (JSON.parse(content) as XmlValue)),
  );
  const antigens = documents
    .map(document => child(document, 'antigenSupportingData') ?? document)
    .filter(document => 'series' in document);
  const schedule = documents
    .map(document => child(document, 'scheduleSupportingData') ?? document)
    .find(document => 'cvxToAntigenMap' in document);
  if (!schedule) throw new RangeError('no file holds the CVX to antigen map');
  const known = antigens.map(antigen).sort((a, b) => (a.code < b.code ? -1 : 1));
  const hasSeries = new Set(known.map(({ code }) => code));
  return {
    format: SCHEDULE_FORMAT,
    code: 'cdc-cdsi',
    version: release.version,
    effectiveFrom: release.effectiveFrom,
    title: english(`CDC CDSi supporting data ${release.version}`),
    sources: [
      {
        id: 'cdsi',
        title: `Clinical Decision Support for Immunization: supporting data ${release.version}`,
        publisher: 'Centers for Disease Control and Prevention',
        year: release.year,
      },
    ],
    policy: { monthEnd: 'roll-forward' },
    vocabulary: { vaccines: { system: CVX }, observations: { system: 'cdsi' } },
    vaccineGroups: vaccineGroups(schedule, hasSeries),
    vaccines: withUnmapped(
      children(schedule, 'cvxToAntigenMap', 'cvxMap').map(map => vaccine(map, hasSeries)),
      documents,
    ),
    observations: withUnlisted(children(schedule, 'observations', 'observation').map(observation), antigens),
    liveVaccineConflicts: children(schedule, 'liveVirusConflicts', 'liveVirusConflict').map(conflict),
    antigens: known,
  };
}

// ---- the schedule file ----

function vaccineGroups(schedule: Node, hasSeries: ReadonlySet<string>): VaccineGroup[] {
  const full = new Map(
    children(schedule, 'vaccineGroups', 'vaccineGroup').map(group => [
      required(group, 'name'),
      isYes(group['administerFullVaccineGroup']),
    ]),
  );
  return children(schedule, 'vaccineGroupToAntigenMap', 'vaccineGroupMap').flatMap(group => {
    const code = required(group, 'name');
    const antigens = texts(group['antigen']).filter(name => hasSeries.has(name));
    if (antigens.length === 0) return [];
    return [{ code, name: english(code), antigens, administerFullGroup: full.get(code) === true }];
  });
}

/** An antigen that the release has no series for cannot be forecast; the vaccine is known all the same. */
function vaccine(map: Node, hasSeries: ReadonlySet<string>): Vaccine {
  const code = cvx(required(map, 'cvx'));
  return {
    code,
    name: english(text(map['shortDescription']) ?? code),
    antigens: children(map, 'association').flatMap(association =>
      texts(association['antigen'])
        .filter(name => hasSeries.has(name))
        .map(name => ({
          antigen: name,
          ...compact({
            beginAge: duration(association['associationBeginAge']),
            endAge: duration(association['associationEndAge']),
          }),
        })),
    ),
  };
}

/**
 * Rules also name vaccines that the map lacks (BCG in the conflicts). They protect against nothing in the schedule, but
 * a history may hold them: they become vaccines without antigens.
 */
function withUnmapped(mapped: Vaccine[], documents: readonly Node[]): Vaccine[] {
  const known = new Map(mapped.map(one => [one.code, one]));
  const add = (code: string, name = code) =>
    known.has(code) || known.set(code, { code, name: english(name), antigens: [] });
  const nodes = documents.flatMap(withDescendants);
  for (const { cvx: code, vaccineType } of nodes)
    if (text(code) !== undefined) add(cvx(text(code)!), text(vaccineType));
  for (const { fromMostRecent, vaccineTypes } of nodes) {
    for (const code of [...codes(fromMostRecent), ...codes(vaccineTypes)]) add(code);
  }
  return [...known.values()];
}

/** Rules may name observations that the list lacks. */
function withUnlisted(listed: Observation[], antigens: readonly Node[]): Observation[] {
  const known = new Map(listed.map(one => [one.code, one]));
  for (const at of antigens.flatMap(withDescendants)) {
    const named = [
      at['observationCode'],
      node(at['observationCode'])['code'],
      node(at['fromRelevantObs'])['code'],
    ];
    for (const code of [...named, at['guidelineCode'], at['exclusionCode']].map(text)) {
      if (code !== undefined && !known.has(code)) known.set(code, { code, title: english(code) });
    }
  }
  return [...known.values()];
}

function withDescendants(value: XmlValue): Node[] {
  if (typeof value !== 'object' || value === null) return [];
  return [node(value), ...Object.values(value).flatMap(withDescendants)];
}

function observation(item: Node): Observation {
  const code = required(item, 'observationCode');
  return compact({
    code,
    title: english(text(item['observationTitle']) ?? code),
    codings: children(item, 'codedValues', 'codedValue')
      .filter(coded => text(coded['code']) !== undefined && text(coded['codeSystem']) !== undefined)
      .map(coded => ({ system: required(coded, 'codeSystem'), code: required(coded, 'code') })),
  });
}

function conflict(rule: Node): LiveVaccineConflict {
  return {
    previous: [cvx(required(node(rule['previous']), 'cvx'))],
    current: [cvx(required(node(rule['current']), 'cvx'))],
    begin: duration(rule['conflictBeginInterval']) ?? '0 days',
    minimumEnd: duration(rule['minConflictEndInterval']) ?? '0 days',
    end: duration(rule['conflictEndInterval']) ?? '0 days',
  };
}

// ---- an antigen file ----

function antigen(document: Node): Antigen {
  const all = children(document, 'series');
  const code = required(all[0] ?? {}, 'targetDisease');
  return compact({
    code,
    name: english(code),
    immunity: immunity(node(document['immunity'])),
    contraindications: contraindications(node(document['contraindications'])),
    series: all.map(series),
  });
}

function immunity(rule: Node): Immunity | undefined {
  const found = compact({
    clinicalHistory: children(rule, 'clinicalHistory').map(item => required(item, 'guidelineCode')),
    birth: children(rule, 'dateOfBirth').map(birth =>
      compact({
        before: date(birth['immunityBirthDate']) ?? '',
        country: text(birth['birthCountry']),
        unless: children(birth, 'exclusion').map(item => required(item, 'exclusionCode')),
      }),
    ),
  });
  return Object.keys(found).length > 0 ? found : undefined;
}

function contraindications(rule: Node): Contraindications | undefined {
  const found = compact({
    group: children(rule, 'vaccineGroup', 'contraindication').map(item => ({
      observation: required(item, 'observationCode'),
      ...ages(item),
      ...optionalText(item['contraindicationText']),
    })),
    vaccine: children(rule, 'vaccine', 'contraindication').map(item => ({
      observation: required(item, 'observationCode'),
      vaccines: children(item, 'contraindicatedVaccine').map(against => ({
        vaccine: cvx(required(against, 'cvx')),
        ...ages(against),
      })),
      ...optionalText(item['contraindicationText']),
    })),
  });
  return Object.keys(found).length > 0 ? found : undefined;
}

const SERIES_TYPES: Readonly<Record<string, Series['type']>> = {
  standard: 'standard',
  risk: 'risk',
  'evaluation only': 'evaluation-only',
};

function series(item: Node): Series {
  const select = node(item['selectSeries']);
  const type = SERIES_TYPES[lower(item['seriesType']) ?? ''];
  if (!type) throw new RangeError(`CDSi series type cannot be read: ${text(item['seriesType'])}`);
  return compact({
    name: required(item, 'seriesName'),
    vaccineGroup: required(item, 'vaccineGroup'),
    type,
    equivalentSeriesGroups: texts(item['equivalentSeriesGroups']).flatMap(groups => groups.split(/[;,]\s*/)),
    requiredSex: [...new Set(texts(item['requiredGender']).map(sexOf))],
    select: compact({
      group: required(select, 'seriesGroup'),
      groupName: text(select['seriesGroupName']),
      default: isYes(select['defaultSeries']),
      productPath: isYes(select['productPath']),
      priority: text(select['seriesPriority']) ?? 'A',
      preference: Number(text(select['seriesPreference']) ?? 1),
      minAgeToStart: duration(select['minAgeToStart']),
      maxAgeToStart: duration(select['maxAgeToStart']),
    }),
    indications: children(item, 'indication').map(rule => ({
      observation: required(node(rule['observationCode']), 'code'),
      ...ages(rule),
      ...optionalText(rule['description']),
    })),
    guidance: texts(item['seriesAdminGuidance']).map(english),
    doses: children(item, 'seriesDose').map(dose),
  });
}

const SEXES: Readonly<Record<string, Sex>> = {
  female: 'female',
  f: 'female',
  male: 'male',
  m: 'male',
  unknown: 'unknown',
};
const sexOf = (word: string): Sex => SEXES[word.toLowerCase()] ?? 'other';

function dose(item: Node): SeriesDose {
  const season = node(item['seasonalRecommendation']);
  const from = date(season['startDate']);
  return compact({
    ages: children(item, 'age').map(age =>
      compact({
        absoluteMinimum: duration(age['absMinAge']),
        minimum: duration(age['minAge']),
        earliestRecommended: duration(age['earliestRecAge']),
        latestRecommended: duration(age['latestRecAge']),
        maximum: duration(age['maxAge']),
        ...effective(age),
      }),
    ),
    preferableIntervals: children(item, 'interval').flatMap(interval),
    allowableIntervals: children(item, 'allowableInterval').flatMap(allowableInterval),
    preferableVaccines: children(item, 'preferableVaccine').map(rule =>
      compact({
        vaccine: cvx(required(rule, 'cvx')),
        ...ages(rule),
        tradeName: text(rule['tradeName']),
        manufacturer: text(rule['mvx']),
        volumeMl: Number(text(rule['volume'])) || undefined,
        recommend: isYes(rule['forecastVaccineType']) || undefined,
      }),
    ),
    allowableVaccines: children(item, 'allowableVaccine').map(rule => ({
      vaccine: cvx(required(rule, 'cvx')),
      ...ages(rule),
    })),
    inadvertentVaccines: children(item, 'inadvertentVaccine').map(rule => cvx(required(rule, 'cvx'))),
    conditionalSkips: children(item, 'conditionalSkip').map(skip),
    recurring: isYes(item['recurringDose']) || undefined,
    season: from === undefined ? undefined : compact({ from, to: date(season['endDate']) }),
  });
}

/** An interval without a point to count from cannot be used; releases write such rows for *none*. */
function interval(rule: Node): IntervalRule[] {
  const from = reference(rule);
  if (!from) return [];
  return [
    compact({
      from,
      absoluteMinimum: duration(rule['absMinInt']),
      minimum: duration(rule['minInt']),
      earliestRecommended: duration(rule['earliestRecInt']),
      latestRecommended: duration(rule['latestRecInt']),
      override:
        lower(rule['intervalPriority']) === 'override' || isYes(rule['intervalPriority']) || undefined,
      ...effective(rule),
    }),
  ];
}

function allowableInterval(rule: Node): AllowableIntervalRule[] {
  const from = reference(rule);
  const absoluteMinimum = duration(rule['absMinInt']);
  if (!from || absoluteMinimum === undefined || !('previousDose' in from || 'targetDose' in from)) return [];
  return [{ from, absoluteMinimum, ...effective(rule) }];
}

function reference(rule: Node): IntervalRule['from'] | null {
  if (isYes(rule['fromPrevious'])) return { previousDose: true };
  const targetDose = text(rule['fromTargetDose']);
  if (targetDose !== undefined) return { targetDose: Number(targetDose) };
  const mostRecent = codes(rule['fromMostRecent']);
  if (mostRecent.length > 0) return { mostRecentOf: mostRecent };
  const observed = text(node(rule['fromRelevantObs'])['code']) ?? text(rule['fromRelevantObs']);
  return observed === undefined ? null : { observation: observed };
}

function skip(rule: Node): ConditionalSkip {
  const context = lower(rule['context']);
  if (context !== 'evaluation' && context !== 'forecast' && context !== 'both') {
    throw new RangeError(`CDSi conditional skip context cannot be read: ${context}`);
  }
  return compact({
    context,
    logic: logic(rule['setLogic']),
    sets: children(rule, 'set').map(set =>
      compact({
        id: text(set['setID']) ?? '1',
        text: text(set['setDescription']) === undefined ? undefined : english(text(set['setDescription'])!),
        logic: logic(set['conditionLogic']),
        conditions: children(set, 'condition').map(condition),
        ...effective(set),
      }),
    ),
  });
}

function logic(value: XmlValue | undefined): 'and' | 'or' | undefined {
  const word = lower(value);
  return word === 'and' || word === 'or' ? word : undefined;
}

function condition(rule: Node): SkipCondition {
  const type = lower(rule['conditionType']) ?? '';
  if (type === 'age') return { type: 'age', ...ages(rule) };
  if (type === 'interval') return { type: 'interval', interval: duration(rule['interval']) ?? '0 days' };
  if (type === 'completed series') {
    return { type: 'completed-series', seriesGroups: (text(rule['seriesGroups']) ?? '').split(/[;,]\s*/) };
  }
  if (!type.startsWith('vaccine count')) throw new RangeError(`CDSi condition type cannot be read: ${type}`);
  return compact({
    type: 'vaccine-count',
    ...ages(rule),
    startDate: date(rule['startDate']),
    endDate: date(rule['endDate']),
    doseCount: Number(required(rule, 'doseCount')),
    compare: comparison(lower(rule['doseCountLogic']) ?? ''),
    doseType: lower(rule['doseType']) === 'valid' ? 'valid' : 'total',
    vaccines: codes(rule['vaccineTypes']),
  });
}

function comparison(words: string): 'greater-than' | 'equal-to' | 'less-than' {
  if (words.startsWith('greater')) return 'greater-than';
  if (words.startsWith('less')) return 'less-than';
  if (words.startsWith('equal')) return 'equal-to';
  throw new RangeError(`CDSi dose count logic cannot be read: ${words}`);
}
