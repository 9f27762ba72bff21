import { canonicalId } from './canonical-id';
import { bizSteps, dispositions } from './vocabulary';

type Json = Record<string, unknown>;

/** Whether an event fits one parameter of a query, given its value. */
type Test = (event: Json, wanted: unknown) => boolean;

const CBV = 'https://ref.gs1.org/cbv/';

/** One spelling of a word of the vocabulary: the bare one. */
const bare = (value: unknown, words: readonly string[], kind: string): unknown => {
  const word = typeof value === 'string' ? value.replace(new RegExp(`^${CBV}${kind}-`), '') : value;
  return words.includes(String(word)) ? word : value;
};

const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
const idOf = (value: unknown) => (typeof value === 'string' ? canonicalId(value) : value);
const placeOf = (value: unknown) => idOf((value as Json | undefined)?.id);
const isOneOf = (value: unknown, wanted: unknown) => value !== undefined && listOf(wanted).includes(value);
const instant = (value: unknown) => Date.parse(String(value));

/** An id, or a pattern that ends in `*` (EPCIS 2.0 section 8.2.7.1, MATCH_epc). */
const matches = (ids: readonly unknown[], wanted: unknown) =>
  listOf(wanted).some(one => {
    const pattern = String(one);
    const isOpen = pattern.endsWith('*');
    return ids.some(id =>
      isOpen ? String(id).startsWith(pattern.slice(0, -1)) : idOf(id) === canonicalId(pattern),
    );
  });

const fields = (event: Json, ...names: string[]) => names.flatMap(name => listOf(event[name]));
const things = ['epcList', 'childEPCs'];
const made = ['inputEPCList', 'outputEPCList'];
const classes = (event: Json, ...names: string[]) =>
  fields(event, ...names).map(one => (one as Json | null)?.epcClass);

/** The parameters of SimpleEventQuery that we evaluate (EPCIS 2.0 section 8.2.7.1). */
const tests: Record<string, Test> = {
  eventType: ({ type }, wanted) => isOneOf(type, wanted),
  GE_eventTime: ({ eventTime }, wanted) => instant(eventTime) >= instant(wanted),
  LT_eventTime: ({ eventTime }, wanted) => instant(eventTime) < instant(wanted),
  GE_recordTime: ({ recordTime }, wanted) => instant(recordTime) >= instant(wanted),
  LT_recordTime: ({ recordTime }, wanted) => instant(recordTime) < instant(wanted),
  EQ_action: ({ action }, wanted) => isOneOf(action, wanted),
  EQ_bizStep: ({ bizStep }, wanted) => isOneOf(bare(bizStep, bizSteps, 'BizStep'), wanted),
  EQ_disposition: ({ disposition }, wanted) => isOneOf(bare(disposition, dispositions, 'Disp'), wanted),
  EQ_readPoint: ({ readPoint }, wanted) => isOneOf(placeOf(readPoint), listOf(wanted).map(idOf)),
  EQ_bizLocation: ({ bizLocation }, wanted) => isOneOf(placeOf(bizLocation), listOf(wanted).map(idOf)),
  EQ_transformationID: ({ transformationID }, wanted) =>
    isOneOf(idOf(transformationID), listOf(wanted).map(idOf)),
  EQ_eventID: ({ eventID }, wanted) => isOneOf(eventID, wanted),
  EXISTS_errorDeclaration: ({ errorDeclaration }) => errorDeclaration !== undefined,
  EXISTS_sensorElementList: ({ sensorElementList }) => listOf(sensorElementList).length > 0,
  MATCH_epc: (event, wanted) => matches(fields(event, ...things), wanted),
  MATCH_parentID: (event, wanted) => matches(fields(event, 'parentID'), wanted),
  MATCH_inputEPC: (event, wanted) => matches(fields(event, 'inputEPCList'), wanted),
  MATCH_outputEPC: (event, wanted) => matches(fields(event, 'outputEPCList'), wanted),
  MATCH_anyEPC: (event, wanted) => matches(fields(event, 'parentID', ...things, ...made), wanted),
  MATCH_epcClass: (event, wanted) => matches(classes(event, 'quantityList', 'childQuantityList'), wanted),
};

/** Said of the answer, not of an event: whoever pages and orders the events looks at these. */
const ofTheAnswer = ['@context', 'orderBy', 'orderDirection', 'eventCountLimit', 'maxEventCount', 'perPage'];

/**
 * The events that fit every parameter of a query that `validateQuery` has passed, in the order given; or the parameters
 * that we do not evaluate, since to leave one out would answer more than was asked for.
 */
export function selectEvents<T extends Json>(
  events: readonly T[],
  query: Json,
): { ok: true; events: T[] } | { ok: false; unsupported: string[] } {
  const asked = Object.entries(query).filter(([name]) => !ofTheAnswer.includes(name));
  const unsupported = asked.map(([name]) => name).filter(name => !Object.hasOwn(tests, name));
  if (unsupported.length > 0) return { ok: false, unsupported };
  return {
    ok: true,
    events: events.filter(event => asked.every(([name, wanted]) => tests[name]!(event, wanted))),
  };
}
