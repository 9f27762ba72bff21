import {
  ages,
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
  observationCode,
  optionalText,
  required,
  text,
  texts,
} from './cdsi-data';
import type { XmlValue } from './read-xml';
import type {
  AllowableIntervalRule,
  Antigen,
  ConditionalSkip,
  Contraindications,
  Immunity,
  IntervalRule,
  Series,
  SeriesDose,
  Sex,
  SkipCondition,
} from '../schedule/schedule-format';

/** How a release spells an antigen and a vaccine group, however one of its files may write them. */
export interface Spellings {
  readonly antigen: (name: string) => string;
  readonly group: (name: string) => string;
}

/** The antigen that a file of series is about. */
export const antigenName = (document: Node): string =>
  required(children(document, 'series')[0] ?? {}, 'targetDisease');

/** One antigen of a release: the file that holds its immunity, contraindications and series. */
export function importAntigen(document: Node, spelt: Spellings): Antigen {
  const code = spelt.antigen(antigenName(document));
  return compact({
    code,
    name: english(code),
    immunity: immunity(node(document['immunity'])),
    contraindications: contraindications(node(document['contraindications'])),
    series: children(document, 'series').map(item => series(item, spelt)),
  });
}

function immunity(rule: Node): Immunity | undefined {
  const found = compact({
    clinicalHistory: children(rule, 'clinicalHistory').map(item =>
      observationCode(required(item, 'guidelineCode')),
    ),
    birth: children(rule, 'dateOfBirth').map(birth =>
      compact({
        before: date(birth['immunityBirthDate']) ?? '',
        country: text(birth['birthCountry']),
        unless: children(birth, 'exclusion').map(item => observationCode(required(item, 'exclusionCode'))),
      }),
    ),
  });
  return Object.keys(found).length > 0 ? found : undefined;
}

function contraindications(rule: Node): Contraindications | undefined {
  const found = compact({
    group: children(rule, 'vaccineGroup', 'contraindication').map(item => ({
      observation: observationCode(required(item, 'observationCode')),
      ...ages(item),
      ...contraindicationTexts(item),
    })),
    vaccine: children(rule, 'vaccine', 'contraindication').map(item => ({
      observation: observationCode(required(item, 'observationCode')),
      vaccines: children(item, 'contraindicatedVaccine').map(against => ({
        vaccine: cvx(required(against, 'cvx')),
        ...ages(against),
      })),
      ...contraindicationTexts(item),
    })),
  });
  return Object.keys(found).length > 0 ? found : undefined;
}

const contraindicationTexts = (item: Node) =>
  compact({
    text: optionalText(item['contraindicationText']),
    guidance: optionalText(item['contraindicationGuidance']),
  });

const SERIES_TYPES: Readonly<Record<string, Series['type']>> = {
  standard: 'standard',
  risk: 'risk',
  'evaluation only': 'evaluation-only',
};

function series(item: Node, spelt: Spellings): Series {
  const select = node(item['selectSeries']);
  const type = SERIES_TYPES[lower(item['seriesType']) ?? ''];
  if (!type) throw new RangeError(`CDSi series type cannot be read: ${text(item['seriesType'])}`);
  return compact({
    name: required(item, 'seriesName'),
    vaccineGroup: spelt.group(required(item, 'vaccineGroup')),
    type,
    equivalentSeriesGroups: texts(item['equivalentSeriesGroups']).flatMap(groups => groups.split(/[;,]\s*/)),
    requiredSex: [...new Set(texts(item['requiredGender']).map(sexOf))],
    select: compact({
      group: required(select, 'seriesGroup'),
      groupName: text(select['seriesGroupName']),
      default: isYes(select['defaultSeries']),
      productPath: isYes(select['productPath']),
      priority: text(select['seriesPriority'])?.toUpperCase() ?? 'A',
      preference: Number(text(select['seriesPreference']) ?? 1),
      minAgeToStart: duration(select['minAgeToStart']),
      maxAgeToStart: duration(select['maxAgeToStart']),
    }),
    indications: children(item, 'indication').map(rule =>
      compact({
        observation: observationCode(required(node(rule['observationCode']), 'code')),
        ...ages(rule),
        text: optionalText(rule['description']),
        guidance: optionalText(rule['guidance']),
      }),
    ),
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
    conditionalSkips: children(item, 'conditionalSkip').flatMap(skip),
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
  return observed === undefined ? null : { observation: observationCode(observed) };
}

/** A context of `n/a` means that nothing lets the dose be skipped (CDSi 3.3). */
function skip(rule: Node): ConditionalSkip[] {
  const context = lower(rule['context']);
  if (context === undefined) return [];
  if (context !== 'evaluation' && context !== 'forecast' && context !== 'both') {
    throw new RangeError(`CDSi conditional skip context cannot be read: ${context}`);
  }
  const sets = children(rule, 'set').map(set =>
    compact({
      id: text(set['setID']) ?? '1',
      text: optionalText(set['setDescription']),
      logic: logic(set['conditionLogic']),
      conditions: children(set, 'condition').map(condition),
      ...effective(set),
    }),
  );
  return [compact({ context, logic: logic(rule['setLogic']), sets })];
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
