import { canonicalId, type EpcisFault, selectEvents, validateQuery } from '../../codecs/epcis';
import { type Json, keepable } from './document-rules';

/** A query as it is carried out: parameters of the standard's JSON, and which page of the answer. */
export interface EventsQuery {
  parameters: Json;
  /** Events on a page. */
  perPage: number;
  after: Cursor | null;
}

/** Where the next page starts. */
export interface Cursor {
  /** What the events are ordered by, of the last one looked at: milliseconds, or null in order of record. */
  eventAt: number | null;
  id: string;
  /** Events found on the pages before. */
  found: number;
}

/** In what order, and how many, as the standard's parameters say it. */
export interface AnswerOrder {
  by: 'eventTime' | 'recordTime';
  descending: boolean;
  /** The first so many only. */
  limit: number | null;
  /** More than so many are a fault. */
  most: number | null;
}

/** What narrows a search down in the database; the rest is asked of each event. */
export interface Narrowed {
  eventFrom: number | null;
  eventBefore: number | null;
  recordedFrom: Date | null;
  recordedBefore: Date | null;
  things: string[] | null;
}

const PER_PAGE = { usual: 30, most: 500 };
const PAGING = ['perPage', 'nextPageToken'];
const WHOLE = ['eventCountLimit', 'maxEventCount'];
const SINGLE = /^(GE|LT|GT|LE)_|^(orderBy|orderDirection)$/;

/** What was given as a text; anything else as JSON, which then is none of the words that are asked for. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** A query as a URL has it (EPCIS 2.0 REST binding: lists are separated by `|`), or what is wrong with it. */
export function readUrlQuery(url: Readonly<Record<string, unknown>>): EventsQuery | EpcisFault {
  const parameters: Json = {};
  for (const [name, value] of Object.entries(url)) {
    if (PAGING.includes(name)) continue;
    if (Array.isArray(value) && (SINGLE.test(name) || WHOLE.includes(name)))
      return { at: `/${name}`, message: 'must be there once' };
    parameters[name] = parameterOf(name, [value].flat().map(String));
  }
  return readQuery(parameters, url);
}

/** A query of the standard's JSON, on the page that the URL asks for; or what is wrong with either. */
export function readQuery(
  parameters: Json,
  url: Readonly<Record<string, unknown>>,
): EventsQuery | EpcisFault {
  const [fault] = validateQuery(parameters);
  if (fault) return fault;
  const selected = selectEvents([], parameters);
  if (!selected.ok) return { at: `/${selected.unsupported[0]!}`, message: 'is not evaluated here' };
  const order = textOf(parameters.orderBy ?? 'recordTime');
  if (!['eventTime', 'recordTime'].includes(order))
    return { at: '/orderBy', message: 'is not evaluated here' };
  if (parameters.eventCountLimit !== undefined && parameters.maxEventCount !== undefined)
    return { at: '/maxEventCount', message: 'cannot stand beside eventCountLimit' };
  const perPage = url.perPage ?? parameters.perPage ?? PER_PAGE.usual;
  if (!/^[1-9]\d{0,5}$/.test(textOf(perPage))) return { at: '/perPage', message: 'must be a whole number' };
  const after = url.nextPageToken === undefined ? null : readCursor(textOf(url.nextPageToken));
  if (after === undefined) return { at: '/nextPageToken', message: 'was not given out here' };
  return { parameters, perPage: Math.min(Number(perPage), PER_PAGE.most), after };
}

function parameterOf(name: string, texts: string[]): unknown {
  const [first = ''] = texts;
  if (WHOLE.includes(name)) return number(first);
  if (name.startsWith('EXISTS_')) return first === '' ? null : number(first);
  if (SINGLE.test(name)) return number(first);
  const all = texts.flatMap(text => text.split('|'));
  return name === 'EQ_quantity' ? all.map(number) : all;
}

const number = (text: string): number | string => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);

/** What the answer is ordered by; of the newest first, when only that is asked for (section 8.2.7.1, orderDirection). */
export function orderOf(parameters: Json): AnswerOrder {
  const by = parameters.orderBy === 'eventTime' ? 'eventTime' : 'recordTime';
  const descending = parameters.orderBy !== undefined && parameters.orderDirection !== 'ASC';
  return {
    by,
    descending,
    limit: (parameters.eventCountLimit as number | undefined) ?? null,
    most: (parameters.maxEventCount as number | undefined) ?? null,
  };
}

/** What the database may leave out, never more than the query does. */
export function narrowedBy(parameters: Json): Narrowed {
  const instant = (name: string): number | null => {
    const value = parameters[name] === undefined ? Number.NaN : Date.parse(textOf(parameters[name]));
    return Number.isNaN(value) ? null : value;
  };
  const date = (name: string): Date | null => {
    const value = instant(name);
    return value === null ? null : new Date(value);
  };
  return {
    eventFrom: instant('GE_eventTime'),
    eventBefore: instant('LT_eventTime'),
    recordedFrom: date('GE_recordTime'),
    recordedBefore: date('LT_recordTime'),
    things: thingsAsked(parameters),
  };
}

/** Ids of the first parameter that names whole ones; patterns cannot be looked up. */
function thingsAsked(parameters: Json): string[] | null {
  for (const [name, value] of Object.entries(parameters)) {
    if (!name.startsWith('MATCH_') || !Array.isArray(value)) continue;
    const ids = value.map(String);
    if (ids.some(id => id.endsWith('*'))) continue;
    return ids.flatMap(id => keepable(canonicalId(id)) ?? []);
  }
  return null;
}

export const cursorText = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify([cursor.eventAt, cursor.id, cursor.found])).toString('base64url');

function readCursor(text: string): Cursor | undefined {
  try {
    const [eventAt, id, found] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    const isTime = eventAt === null || Number.isSafeInteger(eventAt);
    const isId = typeof id === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
    if (isTime && isId && Number.isSafeInteger(found))
      return { eventAt: eventAt as number | null, id, found: found as number };
  } catch {
    // not one of ours
  }
  return undefined;
}
