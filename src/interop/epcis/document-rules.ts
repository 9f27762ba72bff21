import { createHash } from 'node:crypto';
import {
  canonicalId,
  EPCIS_CONTEXT,
  type EpcisFault,
  eventHash,
  namespacesOf,
  validateEvent,
} from '../../codecs/epcis';

/** A JSON object as it was read. */
export type Json = Record<string, unknown>;

const OTHER_ADDRESSES = ['https://gs1.github.io/EPCIS/epcis-context.jsonld', EPCIS_CONTEXT];

/** An event taken out of a document, ready to be kept. */
export interface ReadEvent {
  event: Json;
  /** The document's context over EPCIS's own: what its prefixes stand for. */
  context: unknown[];
  hash: string;
  /** SHA-256 of its error declaration, in hex; empty without one. The hash leaves the declaration out, and it is a fact. */
  declaration: string;
  eventId: string | null;
  /** Milliseconds since 1970. */
  eventAt: number;
  /** Every id and class in it, in one spelling. */
  things: string[];
}

/** What a document holds: its events, and where those are that cannot be kept. */
export interface ReadDocument {
  events: ReadEvent[];
  faults: EpcisFault[];
}

/** The events of a document, of a query's answer, or an event on its own; and the path of their list, or null. */
function listOf(document: Json): { events: unknown[]; path: string | null } {
  const body = document.epcisBody as Json | undefined;
  if (!body) return { events: [document], path: null };
  if (Array.isArray(body.eventList)) return { events: body.eventList, path: '/epcisBody/eventList' };
  const results = (body.queryResults as Json | undefined)?.resultsBody as Json | undefined;
  const path = '/epcisBody/queryResults/resultsBody/eventList';
  return { events: Array.isArray(results?.eventList) ? results.eventList : [], path };
}

/** How many events a document has, before anything else of it is looked at. */
export const countOf = (document: unknown): number =>
  isObject(document) && isObject(document.epcisBody) ? listOf(document).events.length : 1;

/** A document whose envelope is right, event by event: those that can be kept, and what is wrong with the others. */
export function readEvents(document: Json): ReadDocument {
  const { events, path } = listOf(document);
  const own = path === null ? [] : contextOf(document);
  const ignoring = ignoredBy(document);
  const read: ReadDocument = { events: [], faults: [] };
  for (const [index, value] of events.entries()) {
    const at = path === null ? '' : `${path}/${index}`;
    const faults = validateEvent(value, at, path === null);
    const event = value as Json;
    const eventAt = faults.length > 0 ? 0 : Date.parse(String(event.eventTime));
    if (faults.length > 0) read.faults.push(...faults);
    else if (Number.isNaN(eventAt)) read.faults.push({ at: `${at}/eventTime`, message: 'is not an instant' });
    else read.events.push(readEvent(event, own, ignoring, eventAt));
  }
  return read;
}

function readEvent(event: Json, own: unknown[], ignoring: string[], eventAt: number): ReadEvent {
  const context = [...own, ...contextOf(event)];
  const namespaces = namespacesOf(context);
  return {
    event,
    context,
    hash: eventHash(event, namespaces, ignoring),
    declaration: event.errorDeclaration === undefined ? '' : sha256(JSON.stringify(event.errorDeclaration)),
    eventId: typeof event.eventID === 'string' ? keepable(event.eventID) : null,
    eventAt,
    things: thingsOf(event),
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The entries of a context that are not EPCIS's own. */
function contextOf(node: Json): unknown[] {
  const context = node['@context'];
  const entries = Array.isArray(context) ? context : context === undefined ? [] : [context];
  return entries.filter(entry => !OTHER_ADDRESSES.includes(entry as string));
}

/** Fields that a document says are none of what happened (`…:ignoreFields`, as GS1's hash generator has it). */
const ignoredBy = (document: Json): string[] =>
  Object.entries(document).flatMap(([name, value]) =>
    name.endsWith(':ignoreFields') && Array.isArray(value) ? value.map(String) : [],
  );

const ID_LISTS = ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList'];
const CLASS_LISTS = ['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'];

/** Every id and class in an event, in one spelling: what it is found by. */
function thingsOf(event: Json): string[] {
  const entries = (name: string): unknown[] => (Array.isArray(event[name]) ? event[name] : []);
  const ids = ID_LISTS.flatMap(entries);
  const classes = CLASS_LISTS.flatMap(entries).map(one => (one as Json | null)?.epcClass);
  const all = [event.parentID, ...ids, ...classes].filter(one => typeof one === 'string');
  return [...new Set(all.map(one => keepable(canonicalId(one))).filter(one => one !== null))];
}

/** A text that a database can hold; null for one with a zero byte or half a character, which no id has. */
export const keepable = (text: string): string | null =>
  text.includes('\0') || Buffer.from(text).toString() !== text ? null : text;

/** An event as an answer has it: with the instant at which it was recorded (EPCIS 2.0 section 7.4.1). */
export const answered = (event: Json, recordedAt: Date): Json => ({
  ...event,
  recordTime: recordedAt.toISOString(),
});

/**
 * An answer's document with these events. Prefixes that stand for one thing in all of them are the document's own; an event
 * of whose prefixes one stands for something else here brings its own context along.
 */
export function answerDocument(
  rows: readonly { event: Json; context: unknown[] }[],
  answer: { at: Date; queryName: string; id: string },
): Json {
  const shared: unknown[] = [...(rows[0]?.context ?? [])];
  const events = rows.map(({ event, context }) => {
    const missing = context.filter(entry => !shared.some(known => sameJson(known, entry)));
    const clash = contradicts(namespacesOf(shared), namespacesOf(context));
    if (clash) return { '@context': [EPCIS_CONTEXT, ...context], ...event };
    shared.push(...missing);
    return event;
  });
  return {
    '@context': [EPCIS_CONTEXT, ...shared],
    id: `urn:uuid:${answer.id}`,
    type: 'EPCISQueryDocument',
    schemaVersion: '2.0',
    creationDate: answer.at.toISOString(),
    epcisBody: {
      queryResults: { queryName: answer.queryName, resultsBody: { eventList: events } },
    },
  };
}

const sameJson = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const contradicts = (shared: ReadonlyMap<string, string>, own: ReadonlyMap<string, string>): boolean =>
  [...own].some(([prefix, uri]) => shared.has(prefix) && shared.get(prefix) !== uri);

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
