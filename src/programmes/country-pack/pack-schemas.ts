import { TEMPERATURE_CLASSES } from '../../common';
import { PHONE_TYPES } from '../../localisation';
import { PACK_FORMAT } from './country-pack';

// Every object is closed: a misspelt property is a fault, not a silent nothing.
type Json = Readonly<Record<string, unknown>>;
const object = (required: Json, optional: Json = {}): Json => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(required),
  properties: { ...required, ...optional },
});
const list = (items: Json, minItems: number, maxItems: number): Json => ({
  type: 'array',
  items,
  minItems,
  maxItems,
});
const oneOf = (...values: readonly string[]): Json => ({ enum: values });

const code: Json = { type: 'string', pattern: '^[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$' };
const line: Json = { type: 'string', minLength: 1, maxLength: 500, pattern: '^\\S(.*\\S)?$' };
const language: Json = { type: 'string', pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' };
const text: Json = {
  type: 'object',
  minProperties: 1,
  additionalProperties: { type: 'string', minLength: 1, maxLength: 5000 },
};
const truth: Json = { type: 'boolean' };
const whole = (minimum: number, maximum: number): Json => ({ type: 'integer', minimum, maximum });
const date: Json = { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' };
const span: Json = {
  type: 'string',
  pattern: '^\\d+ (day|week|month|year)s?( [+-] \\d+ (day|week|month|year)s?)*$',
};
const sex = oneOf('female', 'male', 'other', 'unknown');
const pattern: Json = { type: 'string', minLength: 1, maxLength: 200 };

const check: Json = {
  type: ['object', 'null'],
  required: ['rule'],
  discriminator: { propertyName: 'rule' },
  oneOf: [
    object({ rule: { const: 'luhn' } }),
    object({ rule: { const: 'verhoeff' } }),
    object({ rule: { const: 'mod97-10' } }),
    object({
      rule: { const: 'weighted-modulus' },
      modulus: whole(2, 100),
      weights: list(whole(0, 100), 1, 40),
      complement: truth,
      symbols: { type: 'string', pattern: '^[0-9A-Z]{1,100}$' },
    }),
  ],
};

const identifierType = object({
  code,
  name: text,
  system: { type: 'string', pattern: '^(https?://|urn:)\\S{1,250}$' },
  separators: { type: 'string', maxLength: 10 },
  pattern,
  check: { anyOf: [{ type: 'null' }, check] },
  example: line,
  mask: object({ start: whole(0, 20), end: whole(0, 20) }),
});

/** Drawn by itself: nothing that runs, refers to a file or an address, or restyles what is around it. */
const DRAWING =
  '^<svg[\\s>](?![\\s\\S]*(<(script|style|image|use|foreignObject|a)\\b|<!|<\\?|href|url\\())[\\s\\S]*</svg>\\s*$';
const certificateTemplate = object(
  { code, accent: { type: 'string', pattern: '^#[0-9a-f]{6}$' } },
  {
    languages: list(language, 1, 50),
    vaccines: list(code, 1, 200),
    emblem: { type: 'string', maxLength: 50_000, pattern: DRAWING },
    title: text,
    notices: list(object({ text }), 1, 10),
  },
);

/** JSON Schemas (draft 2020-12) of the JSON files of a pack, except the schedule, which has its own. */
const storageClass = object({
  code,
  keptAt: oneOf(...TEMPERATURE_CLASSES),
  vaccines: list(code, 1, 200),
  alarms: list(
    object(
      {
        side: oneOf('low', 'high'),
        celsius: { type: 'number', minimum: -200, maximum: 100 },
        minutes: whole(1, 60 * 24 * 60),
        counts: { anyOf: [{ const: 'single' }, object({ withinDays: whole(1, 60) })] },
      },
      { orAt: truth },
    ),
    1,
    10,
  ),
});

const supply = object(
  {
    code,
    name: text,
    expires: truth,
    needs: list(
      object({
        products: list(code, 1, 500),
        pieces: whole(1, 100),
        forEach: whole(1, 10_000),
        of: oneOf('dose', 'vial'),
      }),
      0,
      20,
    ),
  },
  { gtins: list({ type: 'string', pattern: '^\\d{14}$' }, 1, 100) },
);

export const PACK_SCHEMA = object(
  {
    format: { const: PACK_FORMAT },
    version: { type: 'string', pattern: '^[0-9A-Za-z][0-9A-Za-z.+-]{0,39}$' },
    sources: list(
      object(
        { id: code, title: line, publisher: line, year: whole(1900, 2200) },
        { url: { type: 'string', pattern: '^https?://\\S+$' } },
      ),
      1,
      100,
    ),
    country: { type: 'string', pattern: '^[A-Z]{2}$' },
    alpha3: { type: 'string', pattern: '^[A-Z]{3}$' },
    name: text,
    timeZone: line,
    calendar: line,
    languages: list(
      object({
        code: language,
        name: line,
        direction: oneOf('ltr', 'rtl'),
        fallback: list(language, 0, 20),
        digits: line,
      }),
      1,
      50,
    ),
    defaultLanguage: language,
    areaLevels: list(object({ code, name: text }), 1, 12),
    phone: object(
      {
        region: { type: 'string', pattern: '^[A-Z]{2}$' },
        allowedTypes: list(oneOf(...PHONE_TYPES), 1, PHONE_TYPES.length),
        allowForeign: truth,
      },
      { codesBy: list(oneOf('SMS', 'VOICE'), 1, 2) },
    ),
    identifierTypes: list(identifierType, 0, 50),
    nameForm: object({
      parts: list(oneOf('given', 'middle', 'family'), 1, 3),
      singleName: truth,
      scripts: list({ type: 'string', pattern: '^[A-Z][a-z]{3}$' }, 1, 20),
    }),
    postalCode: { anyOf: [{ type: 'null' }, object({ name: text, pattern, example: line })] },
    sexes: list(object({ code: sex, name: text }), 1, 4),
    consentPurposes: list(object({ code, version: line, required: truth, title: text, text }), 1, 50),
  },
  {
    $schema: { type: 'string' },
    certificateTemplates: list(certificateTemplate, 1, 50),
    certificateDetails: object(
      {},
      { birthDate: oneOf('year', 'none'), passport: oneOf('never'), takenBack: oneOf('revoke') },
    ),
    storage: list(storageClass, 1, 50),
    supplies: list(supply, 1, 500),
    offline: object({ entryDays: whole(1, 90), duplicateDays: whole(0, 28) }),
    observation: object({ minutes: whole(0, 240), minutesAfterReaction: whole(0, 240) }),
  },
);

export const PRIORITY_GROUPS_SCHEMA = object(
  {
    format: { const: 'tikasetu.priority-groups/1' },
    groups: list(
      object({
        code,
        name: text,
        order: whole(1, 1000),
        anyOf: list(
          { ...object({}, { beginAge: span, endAge: span, sex, observation: code }), minProperties: 1 },
          1,
          50,
        ),
        source: code,
      }),
      0,
      200,
    ),
  },
  { $schema: { type: 'string' } },
);

export const GOLDEN_SCHEMA = object(
  {
    format: { const: 'tikasetu.golden-cases/1' },
    cases: list(
      object(
        {
          name: line,
          born: date,
          sex,
          doses: list(object({ vaccine: code, date }), 0, 200),
          on: date,
          expect: list(
            object(
              { group: code, status: line },
              { dose: whole(1, 100), earliest: date, recommended: date, pastDue: date },
            ),
            1,
            100,
          ),
        },
        { observations: list(object({ code }, { date }), 0, 50), options: list(code, 1, 100) },
      ),
      1,
      5000,
    ),
  },
  { $schema: { type: 'string' } },
);

export const TEXTS_SCHEMA: Json = {
  type: 'object',
  additionalProperties: { type: 'string', minLength: 1, maxLength: 4000 },
};
