import { SCHEDULE_FORMAT } from './schedule-format';

// Small words for the many shapes below. Every object is closed: a misspelt property is a fault, not a silent nothing.
type Json = Readonly<Record<string, unknown>>;
const object = (required: readonly string[], properties: Json): Json => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const list = (items: Json, minItems = 0): Json => ({ type: 'array', items, minItems });
const ref = (name: string): Json => ({ $ref: `#/$defs/${name}` });
const oneOf = (...values: readonly string[]): Json => ({ enum: values });

const code: Json = { type: 'string', minLength: 1, maxLength: 200, pattern: '^\\S(.*\\S)?$' };
const truth: Json = { type: 'boolean' };
const span = ref('duration');
const date = ref('date');
const sourced = {
  source: { oneOf: [code, { type: 'object', minProperties: 1, additionalProperties: code }] },
};
const said = { text: ref('text'), guidance: ref('text') };
const effectiveDated = { effectiveFrom: date, effectiveTo: date };
const ages = { beginAge: span, endAge: span };
const count = (minimum: number): Json => ({ type: 'integer', minimum, maximum: 1000 });
const minimums = { absoluteMinimum: span, minimum: span, earliestRecommended: span, latestRecommended: span };

const vocabulary = object(['system'], {
  system: code,
  maps: list(
    object(['system', 'codes'], { system: code, codes: { type: 'object', additionalProperties: code } }),
  ),
});

const skipCondition: Json = {
  oneOf: [
    object(['type'], { type: { const: 'age' }, ...ages }),
    object(['type', 'seriesGroups'], { type: { const: 'completed-series' }, seriesGroups: list(code, 1) }),
    object(['type', 'interval'], { type: { const: 'interval' }, interval: span }),
    object(['type', 'doseCount', 'compare', 'doseType'], {
      type: { const: 'vaccine-count' },
      ...ages,
      startDate: date,
      endDate: date,
      doseCount: count(0),
      compare: oneOf('greater-than', 'equal-to', 'less-than'),
      doseType: oneOf('valid', 'total'),
      vaccines: list(code, 1),
    }),
  ],
};

const seriesDose = object([], {
  title: ref('text'),
  ages: list(object([], { ...minimums, maximum: span, ...effectiveDated, ...sourced })),
  preferableIntervals: list(
    object(['from'], {
      from: ref('intervalFrom'),
      ...minimums,
      override: truth,
      ...effectiveDated,
      ...sourced,
    }),
  ),
  allowableIntervals: list(
    object(['from', 'absoluteMinimum'], {
      from: { oneOf: [ref('fromPrevious'), ref('fromTargetDose')] },
      absoluteMinimum: span,
      ...effectiveDated,
      ...sourced,
    }),
  ),
  preferableVaccines: list(
    object(['vaccine'], {
      vaccine: code,
      ...ages,
      tradeName: code,
      manufacturer: code,
      volumeMl: { type: 'number', exclusiveMinimum: 0 },
      recommend: truth,
      ...sourced,
    }),
  ),
  allowableVaccines: list(object(['vaccine'], { vaccine: code, ...ages, ...sourced })),
  inadvertentVaccines: list(code),
  conditionalSkips: list(
    object(['context', 'sets'], {
      context: oneOf('evaluation', 'forecast', 'both'),
      logic: oneOf('and', 'or'),
      sets: list(
        object(['id', 'conditions'], {
          id: code,
          text: ref('text'),
          logic: oneOf('and', 'or'),
          conditions: list(skipCondition, 1),
          ...effectiveDated,
        }),
        1,
      ),
      ...sourced,
    }),
  ),
  recurring: truth,
  season: object(['from'], { from: date, to: date }),
  ...sourced,
});

const series = object(['name', 'vaccineGroup', 'type', 'select', 'doses'], {
  name: code,
  title: ref('text'),
  vaccineGroup: code,
  type: oneOf('standard', 'risk', 'evaluation-only'),
  options: list(code, 1),
  equivalentSeriesGroups: list(code),
  requiredSex: list(oneOf('female', 'male', 'other', 'unknown'), 1),
  select: object(['group', 'default', 'productPath', 'priority', 'preference'], {
    group: code,
    groupName: code,
    default: truth,
    productPath: truth,
    priority: code,
    preference: count(1),
    minAgeToStart: span,
    maxAgeToStart: span,
  }),
  indications: list(object(['observation'], { observation: code, ...ages, ...said, ...sourced })),
  guidance: list(ref('text')),
  furtherEvaluation: list(
    object(['text'], {
      status: oneOf('aged-out', 'complete', 'contraindicated', 'immune', 'not-complete', 'not-recommended'),
      observation: code,
      ...ages,
      text: ref('text'),
      ...sourced,
    }),
  ),
  doses: list(seriesDose, 1),
  ...sourced,
});

const antigen = object(['code', 'series'], {
  code,
  name: ref('text'),
  immunity: object([], {
    clinicalHistory: list(code),
    birth: list(object(['before'], { before: date, country: code, unless: list(code) })),
    ...sourced,
  }),
  contraindications: object([], {
    group: list(
      object(['observation'], {
        observation: code,
        unless: list(code, 1),
        ...ages,
        ...said,
        ...sourced,
      }),
    ),
    vaccine: list(
      object(['observation', 'vaccines'], {
        observation: code,
        unless: list(code, 1),
        vaccines: list(object(['vaccine'], { vaccine: code, ...ages }), 1),
        ...said,
        ...sourced,
      }),
    ),
  }),
  series: list(series),
});

/**
 * JSON Schema (draft 2020-12) of {@link SCHEDULE_FORMAT}. `schedule.schema.json` beside this file is the same schema
 * printed for other tools (README.md says how); a test keeps the two equal.
 */
export const SCHEDULE_SCHEMA: Json = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'schedule.schema.json',
  title: 'Immunisation schedule',
  description:
    'The shape of CDC CDSi supporting data (logic specification v4.6, chapter 3) as one JSON document.',
  ...object(
    [
      'format',
      'code',
      'version',
      'effectiveFrom',
      'title',
      'sources',
      'policy',
      'vocabulary',
      'vaccineGroups',
      'vaccines',
      'antigens',
    ],
    {
      $schema: { type: 'string' },
      format: { const: SCHEDULE_FORMAT },
      code,
      version: code,
      effectiveFrom: date,
      title: ref('text'),
      sources: list(
        object(['id', 'title', 'publisher', 'year'], {
          id: code,
          title: code,
          publisher: code,
          year: { type: 'integer', minimum: 1900, maximum: 2200 },
          url: { type: 'string', pattern: '^https?://' },
        }),
        1,
      ),
      policy: object(['monthEnd'], {
        monthEnd: oneOf('roll-forward', 'back-to-month-end'),
        graceDays: count(0),
        offeredGroups: list(code),
        options: list(code),
      }),
      options: list(
        object(['code', 'title'], {
          code,
          title: ref('text'),
          decision: code,
          references: list(code, 1),
          ...sourced,
        }),
      ),
      vocabulary: object(['vaccines'], { vaccines: vocabulary, observations: vocabulary }),
      vaccineGroups: list(
        object(['code', 'antigens'], {
          code,
          name: ref('text'),
          antigens: list(code, 1),
          administerFullGroup: truth,
          ...sourced,
        }),
        1,
      ),
      vaccines: list(
        object(['code', 'name', 'antigens'], {
          code,
          name: ref('text'),
          antigens: list(object(['antigen'], { antigen: code, ...ages })),
        }),
        1,
      ),
      observations: list(
        object(['code', 'title'], {
          code,
          title: ref('text'),
          clarification: ref('text'),
          codings: list(object(['system', 'code'], { system: code, code })),
        }),
      ),
      liveVaccineConflicts: list(
        object(['previous', 'current', 'begin', 'minimumEnd', 'end'], {
          previous: list(code, 1),
          current: list(code, 1),
          begin: span,
          minimumEnd: span,
          end: span,
          ...sourced,
        }),
      ),
      antigens: list(antigen, 1),
    },
  ),
  $defs: {
    text: {
      description: 'A text by language tag (BCP 47).',
      type: 'object',
      minProperties: 1,
      propertyNames: { pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' },
      additionalProperties: { type: 'string', minLength: 1 },
    },
    date: {
      description: 'YYYY-MM-DD',
      type: 'string',
      pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
    },
    duration: {
      description: 'An age or a span of time: "6 weeks", "12 months - 4 days".',
      type: 'string',
      pattern: '^\\d{1,3} (day|week|month|year)s?( [+-] \\d{1,3} (day|week|month|year)s?)*$',
    },
    fromPrevious: object(['previousDose'], { previousDose: { const: true } }),
    fromTargetDose: object(['targetDose'], { targetDose: count(1) }),
    intervalFrom: {
      oneOf: [
        ref('fromPrevious'),
        ref('fromTargetDose'),
        object(['mostRecentOf'], { mostRecentOf: list(code, 1) }),
        object(['observation'], { observation: code }),
      ],
    },
  },
};
