import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { shapeOf } from '../../common';
import { mustMatch, type HcertContent } from './hcert-content';
import { usageOfDcc } from '../key-usage';
import type { ValueSets } from '../trust';
import { CodecFault } from '../verdict';

const text80 = { type: 'string', maxLength: 80 };
const code = { type: 'string' };
/** A day; some issuers wrote the instant of its start. */
const date = { type: 'string', anyOf: [{ format: 'date' }, { format: 'date-time' }] };
const country = { type: 'string', pattern: '^[A-Z]{1,10}$' };
const transliterated = { type: 'string', pattern: '^[A-Z<]*$', maxLength: 80 };
const doses = { type: 'integer', minimum: 1 };
const common = { tg: code, co: country, is: text80, ci: text80 };

const entry = (required: Record<string, object>, optional: Record<string, object> = {}) => ({
  type: 'array',
  minItems: 1,
  maxItems: 1,
  items: { type: 'object', required: Object.keys(required), properties: { ...required, ...optional } },
});

/**
 * The EU Digital COVID Certificate, schema 1.3.x, which also takes what 1.0 to 1.2 allowed: exactly one vaccination,
 * one test or one recovery.
 */
const schema = {
  type: 'object',
  required: ['ver', 'nam', 'dob'],
  oneOf: [{ required: ['v'] }, { required: ['t'] }, { required: ['r'] }],
  properties: {
    ver: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$' },
    dob: { type: 'string', pattern: '^((19|20)\\d\\d(-\\d\\d){0,2})?$' },
    nam: {
      type: 'object',
      anyOf: [{ required: ['fnt'] }, { required: ['gnt'] }],
      properties: { fn: text80, gn: text80, fnt: transliterated, gnt: transliterated },
    },
    v: entry({ ...common, vp: code, mp: code, ma: code, dn: doses, sd: doses, dt: date }),
    t: entry(
      { ...common, tt: code, sc: { type: 'string', format: 'date-time' }, tr: code },
      { nm: text80, ma: code, tc: text80 },
    ),
    r: entry({ ...common, fr: date, df: date, du: date }),
  },
};
const matches = shapeOf(() => addFormats(new Ajv({ strict: false, strictNumbers: true })).compile(schema));

const groups = ['v', 't', 'r'] as const;
type Group = (typeof groups)[number];

/** Which value set each coded field is bound to (eHealth Network value sets 1.14). */
const valueSetOf: Record<Group, Record<string, string>> = {
  v: {
    tg: 'disease-agent-targeted',
    vp: 'vaccine-prophylaxis',
    mp: 'vaccine-medicinal-product',
    ma: 'vaccine-mah-manf',
    co: 'country-2-codes',
  },
  t: {
    tg: 'disease-agent-targeted',
    tt: 'test-type',
    tr: 'test-result',
    ma: 'test-manf',
    co: 'country-2-codes',
  },
  r: { tg: 'disease-agent-targeted', co: 'country-2-codes' },
};

/** EU DCC (claim -260 / 1): COVID-19 vaccination, test or recovery. */
export const euDcc: HcertContent = {
  claimKey: 1,
  check(content, valueSets) {
    mustMatch(matches, content);
    checkCodes(content as Dcc, valueSets);
  },
  usage: usageOfDcc,
};

type Dcc = Partial<Record<Group, Record<string, unknown>[]>>;

function checkCodes(content: Dcc, valueSets: ValueSets): void {
  for (const group of groups) {
    for (const [field, setId] of Object.entries(valueSetOf[group])) {
      const value = content[group]?.[0]?.[field];
      const set = valueSets[setId];
      if (set && typeof value === 'string' && !isInForce(value, set)) {
        throw new CodecFault('value-set', `/${group}/0/${field} ${setId}`);
      }
    }
  }
}

/**
 * Three things are not a wrong code: an empty text; words, which early issuers wrote where a code belongs; and a
 * device number that was in the register once. Devices are numbered upward and the list shows only those still
 * approved, so a number below the newest one listed is a withdrawn device, while one above was never given out.
 */
function isInForce(value: string, set: ReadonlySet<string>): boolean {
  if (set.has(value) || value === '' || /\s/.test(value)) return true;
  const numbers = [...set].map(Number);
  return /^\d{1,4}$/.test(value) && numbers.every(Number.isInteger) && Number(value) <= Math.max(...numbers);
}
