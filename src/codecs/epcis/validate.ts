import Ajv, { type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';
import { shapeOf, type Shape } from '../../common';
import {
  documentSchema,
  eventSchemas,
  eventTypes,
  type EventType,
  foreignEventSchema,
  queryDocumentSchema,
} from './event-schema';
import { querySchema } from './query-schema';

/** Where a document is not EPCIS 2.0: a JSON pointer (RFC 6901), and what is expected there, for engineers. */
export interface EpcisFault {
  at: string;
  message: string;
}

const ajv = addFormats(new Ajv({ allErrors: false, strict: false }));
const compiled = (schema: object) => shapeOf(() => ajv.compile(schema));

const document = compiled(documentSchema);
const queryDocument = compiled(queryDocumentSchema);
const foreignEvent = compiled(foreignEventSchema);
const query = compiled(querySchema);
const eventOf = new Map<string, Shape>(
  eventTypes.map((type: EventType) => [type, compiled(eventSchemas[type])]),
);

/** More events than a request can carry are not looked at. */
const maxFaults = 20;

/**
 * What is wrong with a document, query answer or single event in EPCIS 2.0's JSON; nothing when it may be stored. The
 * document is checked first, then each event, each by its first fault. Any value is answered, never thrown at.
 */
export function validateDocument(value: unknown): EpcisFault[] {
  const type = isObject(value) ? value.type : undefined;
  const hasBody = isObject(value) && value.epcisBody !== undefined;
  if (!hasBody && type !== 'EPCISDocument' && type !== 'EPCISQueryDocument')
    return validateEvent(value, '', true);
  const isAnswer = type === 'EPCISQueryDocument';
  const fault = faultOf(isAnswer ? queryDocument : document, value, '');
  if (fault) return [fault];
  const { epcisBody } = value as { epcisBody: Body };
  const list = isAnswer ? epcisBody.queryResults.resultsBody.eventList : epcisBody.eventList;
  const path = isAnswer ? '/epcisBody/queryResults/resultsBody/eventList' : '/epcisBody/eventList';
  const faults: EpcisFault[] = [];
  for (const [index, event] of list.entries()) {
    faults.push(...validateEvent(event, `${path}/${index}`));
    if (faults.length >= maxFaults) break;
  }
  return faults;
}

interface Body {
  eventList: unknown[];
  queryResults: { resultsBody: { eventList: unknown[] } };
}

/** As {@link validateDocument}, for one event; `at` is where it stands. An event on its own brings its context along. */
export function validateEvent(value: unknown, at = '', alone = false): EpcisFault[] {
  const type = isObject(value) && typeof value.type === 'string' ? value.type : '';
  const fault = faultOf(eventOf.get(type) ?? foreignEvent, value, at);
  if (fault) return [fault];
  const lacksContext = alone && isObject(value) && value['@context'] === undefined;
  return lacksContext ? [{ at, message: "must have required property '@context'" }] : [];
}

/** What is wrong with the parameters of a query as JSON (EPCIS 2.0 section 8.2.7.1). */
export function validateQuery(value: unknown): EpcisFault[] {
  const fault = faultOf(query, value, '');
  return fault ? [fault] : [];
}

function faultOf(validate: Shape, value: unknown, at: string): EpcisFault | null {
  if (validate(value)) return null;
  const [first, ...rest] = validate.errors ?? [];
  if (!first) return { at, message: 'is not valid' };
  // Of alternatives that all failed, the one that got furthest is what was meant.
  const deepest = rest.reduce((best, one) => (depth(one) > depth(best) ? one : best), first);
  return { at: at + placeOf(deepest), message: messageOf(deepest) };
}

const depth = ({ instancePath }: ErrorObject) => instancePath.split('/').length;

/** The place of a fault; a name that may not be is itself the place. */
function placeOf({ instancePath, params, propertyName }: ErrorObject): string {
  const name = propertyName ?? (params.additionalProperty as string | undefined);
  return name === undefined
    ? instancePath
    : `${instancePath}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`;
}

function messageOf({ keyword, message = 'is not valid', propertyName }: ErrorObject): string {
  if (propertyName !== undefined || keyword === 'additionalProperties')
    return 'is not a field that may stand here';
  return message;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
