import { createHash } from 'node:crypto';
import { canonicalId } from './canonical-id';

/** A JSON object as it was read. */
type Json = Record<string, unknown>;

/** The fields of an event in the order in which they are hashed; each with its own, where those have an order. */
interface Field {
  name: string;
  /** Its name in the hash, where that is another. */
  label?: string;
  /** What each entry of a list is called in the hash. */
  entry?: string;
  fields?: readonly Field[];
  /** Fields hashed elsewhere. */
  leaves?: readonly string[];
  /** What a short word of the vocabulary stands for. */
  vocabulary?: string;
}

const CBV = 'https://ref.gs1.org/cbv/';
const GS1 = 'https://gs1.org/voc/';

const named = (...names: string[]): Field[] => names.map(name => ({ name }));
const epcs = (name: string): Field => ({ name, entry: 'epc' });
const quantities = (name: string): Field => ({
  name,
  entry: 'quantityElement',
  fields: named('epcClass', 'quantity', 'uom'),
});
const typed = (name: string, value: string, vocabulary: string): Field => ({
  name,
  entry: '',
  fields: [{ name: 'type', vocabulary }, { name: value }],
});

const DISPOSITION = `${CBV}Disp-`;

/** CBV 2.0 section 8.9.2, the property order. */
const order: readonly Field[] = [
  ...named('eventTime', 'eventTimeZoneOffset', 'certificationInfo', 'parentID'),
  epcs('epcList'),
  epcs('inputEPCList'),
  epcs('childEPCs'),
  quantities('quantityList'),
  quantities('childQuantityList'),
  quantities('inputQuantityList'),
  epcs('outputEPCList'),
  quantities('outputQuantityList'),
  ...named('action', 'transformationID'),
  { name: 'bizStep', vocabulary: `${CBV}BizStep-` },
  { name: 'disposition', vocabulary: DISPOSITION },
  {
    name: 'persistentDisposition',
    fields: [
      { name: 'set', vocabulary: DISPOSITION },
      { name: 'unset', vocabulary: DISPOSITION },
    ],
  },
  { name: 'readPoint', fields: named('id') },
  { name: 'bizLocation', fields: named('id') },
  {
    name: 'sensorElementList',
    entry: 'sensorElement',
    fields: [
      {
        name: 'sensorMetadata',
        fields: named(
          'time',
          'startTime',
          'endTime',
          'deviceID',
          'deviceMetadata',
          'rawData',
          'dataProcessingMethod',
          'bizRules',
        ),
      },
      {
        name: 'sensorReport',
        leaves: ['bizRules'],
        fields: [
          { name: 'type', vocabulary: GS1 },
          { name: 'exception', vocabulary: GS1 },
          ...named('deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod', 'time'),
          ...named('microorganism', 'chemicalSubstance', 'value'),
          { name: 'component', vocabulary: `${CBV}Comp-` },
          ...named('stringValue', 'booleanValue', 'hexBinaryValue', 'uriValue', 'minValue', 'maxValue'),
          ...named('meanValue', 'sDev', 'percRank', 'percValue', 'uom', 'coordinateReferenceSystem'),
        ],
      },
    ],
  },
];

/** A field of our own: what {@link rulesOfReports} found. */
const REPORT_RULES = 'sensorElementList rules';

/** These have no place of their own: they stand among the extensions, in order of their text. */
const among: readonly Field[] = [
  typed('bizTransactionList', 'bizTransaction', `${CBV}BTT-`),
  typed('destinationList', 'destination', `${CBV}SDT-`),
  typed('sourceList', 'source', `${CBV}SDT-`),
  {
    name: REPORT_RULES,
    label: 'sensorElementList',
    entry: 'sensorElement',
    fields: [{ name: 'sensorReport', fields: named('bizRules') }],
  },
];

/** Not part of what happened: how and when it was recorded, and remarks. */
const ignored = ['type', '@context', 'eventID', 'recordTime', 'errorDeclaration', 'rdfs:comment', 'comment'];

/** The older spelling of vocabulary words, and what they are now. */
const urns: readonly (readonly [urn: string, uri: string])[] = [
  ['urn:epcglobal:cbv:bizstep:', `${CBV}BizStep-`],
  ['urn:epcglobal:cbv:disp:', `${CBV}Disp-`],
  ['urn:epcglobal:cbv:btt:', `${CBV}BTT-`],
  ['urn:epcglobal:cbv:sdt:', `${CBV}SDT-`],
  ['urn:epcglobal:cbv:er:', `${CBV}ER-`],
];

/** Prefixes of names: what they stand for. */
export type Namespaces = ReadonlyMap<string, string>;

const wellKnown: readonly (readonly [string, string])[] = [
  ['gs1', GS1],
  ['cbv', CBV],
  ['epcis', 'https://ref.gs1.org/epcis/'],
  ['cbvmda', 'urn:epcglobal:cbv:mda:'],
];

/**
 * The prefixes that JSON-LD contexts define, over those of EPCIS itself. A context that is only a link defines none
 * here.
 */
export function namespacesOf(...contexts: unknown[]): Namespaces {
  const own = contexts.flat().filter(isObject).flatMap(Object.entries);
  const texts = own.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return new Map([...wellKnown, ...texts]);
}

/**
 * The fingerprint of an event, `ni:///sha-256;…?ver=CBV2.0` (CBV 2.0 section 8.9): equal for events that say the same,
 * however they are written. Give the namespaces of its document; `ignoring` names extensions that are left out.
 */
export function eventHash(event: Json, namespaces: Namespaces, ignoring: readonly string[] = []): string {
  const digest = createHash('sha256')
    .update(preHash(event, namespaces, ignoring), 'utf8')
    .digest('hex');
  return `ni:///sha-256;${digest}?ver=CBV2.0`;
}

/** The text that is hashed. */
export function preHash(event: Json, namespaces: Namespaces, ignoring: readonly string[] = []): string {
  const own =
    event['@context'] === undefined
      ? namespaces
      : new Map([...namespaces, ...namespacesOf(event['@context'])]);
  const writer = new Writer(own, new Set([...ignored, ...ignoring]));
  return `eventType=${typeof event.type === 'string' ? event.type : ''}${writer.fields({ ...event, ...rulesOfReports(event) }, order, among)}`;
}

/**
 * The property order has no place for the business rules of a sensor report (only for those of its metadata), so they are
 * hashed where the rest of an event is: once more as a list of their own.
 */
function rulesOfReports({ sensorElementList }: Json): Json {
  const elements = listOf(sensorElementList).filter(isObject);
  const reports = elements.map(({ sensorReport }) =>
    listOf(sensorReport).filter((one): one is Json => isObject(one) && one.bizRules !== undefined),
  );
  const rules = reports
    .filter(list => list.length > 0)
    .map(list => ({ sensorReport: list.map(({ bizRules }) => ({ bizRules })) }));
  return rules.length > 0 ? { [REPORT_RULES]: rules } : {};
}

class Writer {
  constructor(
    private readonly namespaces: Namespaces,
    private readonly leftOut: ReadonlySet<string>,
  ) {}

  /** The known fields in their order, then the extensions in theirs. */
  fields(object: Json, known: readonly Field[], others: readonly Field[] = []): string {
    const written = (field: Field) => this.field(field, object[field.name]);
    const names = new Set([...known, ...others].map(({ name }) => name));
    const rest = [...others.map(written), ...this.extensions(object, name => !names.has(name))];
    return known.map(written).join('') + rest.sort(byBytes).join('');
  }

  private field(field: Field, value: unknown): string {
    if (value === undefined || value === null) return '';
    if (field.entry !== undefined) {
      const entries = listOf(value).map(one => field.entry + this.value(field, one));
      return entries.length > 0 ? (field.label ?? field.name) + entries.sort(byBytes).join('') : '';
    }
    const entries = listOf(value).map(one => this.value(field, one));
    return entries
      .filter(Boolean)
      .map(one => field.name + one)
      .sort(byBytes)
      .join('');
  }

  private value({ name, fields, vocabulary, leaves = [] }: Field, value: unknown): string {
    if (isObject(value)) {
      const kept = Object.entries(value).filter(([one]) => !leaves.includes(one));
      return this.fields(Object.fromEntries(kept), fields ?? []);
    }
    const text = this.scalar(value, vocabulary, /time$/i.test(name));
    return text && `=${text}`;
  }

  private extensions(object: Json, isOne: (name: string) => boolean): string[] {
    return Object.entries(object)
      .filter(([name]) => isOne(name) && !this.leftOut.has(name))
      .flatMap(([name, value]) =>
        listOf(value).map(one => this.inner(one).expanded(name) + this.inner(one).extension(one)),
      )
      .sort(byBytes);
  }

  /** A value made from XML may carry the prefixes of its element. */
  private inner(value: unknown): Writer {
    const declared = isObject(value)
      ? Object.entries(value).filter(([name]) => name.startsWith('@xmlns:'))
      : [];
    if (declared.length === 0) return this;
    const own = declared.map(([name, uri]) => [name.slice('@xmlns:'.length), String(uri)] as const);
    return new Writer(new Map([...this.namespaces, ...own]), this.leftOut);
  }

  private extension(value: unknown): string {
    if (isObject(value)) {
      const text = value['#text'] === undefined ? '' : `=${this.scalar(value['#text'])}`;
      return text + this.extensions(value, name => name !== '#text' && !name.startsWith('@xmlns')).join('');
    }
    const text = this.scalar(value);
    return text && `=${text}`;
  }

  /** A name with its prefix spelled out: `{https://example.org/}batch`. */
  private expanded(name: string): string {
    const [prefix = '', ...local] = name.split(':');
    const namespace = local.length > 0 && this.namespaces.get(prefix);
    return namespace ? `{${namespace}}${local.join(':')}` : name;
  }

  private scalar(value: unknown, vocabulary?: string, isTime = false): string {
    const text = written(value).trim();
    if (isTime) return utcMilliseconds(text);
    if (vocabulary && /^\w+$/.test(text)) return vocabulary + text;
    return canonicalId(canonicalNumber(this.uri(text)));
  }

  /** A word of a vocabulary, spelled out. */
  private uri(text: string): string {
    const urn = urns.find(([one]) => text.startsWith(one));
    if (urn) return urn[1] + text.slice(urn[0].length);
    const [prefix = '', ...local] = text.split(':');
    const namespace = local.length > 0 && this.namespaces.get(prefix);
    return namespace ? namespace + local.join(':') : text;
  }
}

/** GS1's reference implementation writes truth values with a capital, and its hashes are what others compare with. */
const written = (value: unknown) =>
  typeof value === 'boolean'
    ? value
      ? 'True'
      : 'False'
    : typeof value === 'number'
      ? String(value)
      : typeof value === 'string'
        ? value
        : '';

/**
 * UTC with three digits of a second, the fourth rounding (CBV 2.0 section 8.9.2 rule 6). A text that is no time is
 * left.
 */
function utcMilliseconds(text: string): string {
  const parts = /^([^T.]*T\d\d:\d\d:\d\d)\.(\d+)((?:[^\d.][^.]*)?)$/.exec(text);
  const [, before = text, fraction = '0', zone = ''] = parts ?? [];
  const whole = Date.parse(before + zone);
  if (Number.isNaN(whole)) return text;
  const thousandths = Math.round(Number(`0.${fraction.slice(0, 4)}`) * 10_000);
  return new Date(whole + Math.floor((thousandths + 5) / 10)).toISOString();
}

/**
 * A number in its shortest form; other texts are left. Numbers are read with the precision of IEEE 754, as JSON's are, so
 * a text of many digits is one too: each is passed once, however long it is. Small fractions have an exponent of two digits.
 */
function canonicalNumber(text: string): string {
  if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return text;
  const number = Number(text);
  if (!Number.isFinite(number)) return text;
  if (Number.isInteger(number)) return BigInt(number).toString();
  return Math.abs(number) < 1e-4 ? number.toExponential().replace(/e-(\d)$/, 'e-0$1') : String(number);
}

/** By the bytes of UTF-8, which is the order of code points. */
const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
