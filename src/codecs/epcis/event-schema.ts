import {
  alertTypes,
  bizSteps,
  bizTransactionTypes,
  components,
  dispositions,
  errorReasons,
  measurementTypes,
  sourceDestinationTypes,
} from './vocabulary';

/** A JSON Schema (draft 7). */
export type Schema = Record<string, unknown>;

export const uri: Schema = { type: 'string', format: 'uri' };
export const time: Schema = { type: 'string', format: 'date-time' };
const text: Schema = { type: 'string' };
const decimal: Schema = { type: 'number' };
export const uris: Schema = { type: 'array', items: uri };

/** A bare word of the standard vocabulary, or a URI of one's own: the standard's words have no second spelling. */
export const word = (words: readonly string[], reserved: string): Schema => ({
  anyOf: [{ enum: words }, { ...uri, pattern: `^(?!${reserved})` }],
});

const cbv = (words: readonly string[]) =>
  word(words, '(urn:epcglobal:cbv|https?:\\/\\/ns\\.gs1\\.org\\/cbv\\/)');
const gs1 = (words: readonly string[]) => word(words, 'https?:\\/\\/(www\\.)?gs1\\.org\\/voc\\/');

export const eventTypes = [
  'ObjectEvent',
  'AggregationEvent',
  'TransactionEvent',
  'TransformationEvent',
  'AssociationEvent',
] as const;

/** One of the five kinds of event that EPCIS 2.0 defines. */
export type EventType = (typeof eventTypes)[number];

export const action: Schema = { enum: ['OBSERVE', 'ADD', 'DELETE'] };
export const bizStep = cbv(bizSteps);
export const disposition = cbv(dispositions);
export const errorReason = cbv(errorReasons);
export const measurementType = gs1(measurementTypes);

/** An object of these fields and no other. */
const closed = (properties: Schema, required: readonly string[]): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

/** An object of these fields; any other must be an extension, that is have a name that is a URI or has a prefix. */
const extensible = (properties: Schema, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
  propertyNames: { anyOf: [{ enum: Object.keys(properties) }, uri] },
});

const listOf = (items: Schema, minItems = 0): Schema => ({ type: 'array', items, minItems });

const place: Schema = { type: 'object', properties: { id: uri }, required: ['id'] };
const quantities = listOf(
  closed({ epcClass: uri, quantity: decimal, uom: { ...text, pattern: '^[A-Z0-9]{2,3}$' } }, ['epcClass']),
);
const dispositionsSet: Schema = { ...listOf(disposition, 1), uniqueItems: true };
const party = (name: string) =>
  listOf(closed({ type: cbv(sourceDestinationTypes), [name]: uri }, ['type', name]));
const bizTransactions = listOf(
  closed({ type: cbv(bizTransactionTypes), bizTransaction: uri }, ['bizTransaction']),
);

const device = {
  deviceID: uri,
  deviceMetadata: uri,
  rawData: uri,
  dataProcessingMethod: uri,
  bizRules: uri,
  time,
};

const sensorReport = extensible(
  {
    ...device,
    type: measurementType,
    exception: gs1(alertTypes),
    microorganism: uri,
    chemicalSubstance: uri,
    coordinateReferenceSystem: uri,
    component: cbv(components),
    stringValue: text,
    booleanValue: { type: 'boolean' },
    hexBinaryValue: { ...text, pattern: '^[A-Fa-f0-9]+$' },
    uriValue: uri,
    uom: text,
    ...Object.fromEntries(
      ['value', 'minValue', 'maxValue', 'meanValue', 'sDev', 'percRank', 'percValue'].map(name => [
        name,
        decimal,
      ]),
    ),
  },
  ['type'],
);

const sensorElements = listOf(
  extensible(
    {
      sensorMetadata: extensible({ ...device, startTime: time, endTime: time }),
      sensorReport: listOf(sensorReport, 1),
    },
    ['sensorReport'],
  ),
);

export const context: Schema = {
  anyOf: [
    uri,
    { type: 'object' },
    { type: 'array', uniqueItems: true, items: { anyOf: [uri, { type: 'object' }] } },
  ],
};

/** What every event has: when, and how it was told (EPCIS 2.0 section 7.4.1). */
const common: Schema = {
  '@context': context,
  type: text,
  eventTime: time,
  recordTime: time,
  eventTimeZoneOffset: { ...text, pattern: '^[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00)$' },
  eventID: uri,
  certificationInfo: { anyOf: [uri, uris] },
  errorDeclaration: extensible({ declarationTime: time, reason: errorReason, correctiveEventIDs: uris }, [
    'declarationTime',
  ]),
};

/** Where and why (sections 7.3.5 to 7.3.7). */
const circumstances: Schema = {
  bizStep,
  disposition,
  readPoint: place,
  bizLocation: place,
  bizTransactionList: bizTransactions,
  sourceList: party('source'),
  destinationList: party('destination'),
  sensorElementList: sensorElements,
};

const persistentDisposition: Schema = {
  ...closed({ set: dispositionsSet, unset: dispositionsSet }, []),
  minProperties: 1,
};
const ilmd: Schema = { type: 'object', propertyNames: uri };
const epcs: Schema = { ...uris, uniqueItems: true };

const event = (properties: Schema, required: readonly string[], rules: readonly Schema[]): Schema => ({
  ...extensible({ ...common, ...circumstances, ...properties }, [
    'eventTime',
    'eventTimeZoneOffset',
    ...required,
  ]),
  allOf: rules,
});

/** One of these lists is there, the last of them and those named with at least one entry. */
const anyList = (...lists: readonly (readonly [name: string, minItems: number])[]): Schema[] =>
  lists.map(([name, minItems]) => ({ required: [name], properties: { [name]: { minItems } } }));

const isDelete: Schema = { properties: { action: { const: 'DELETE' } }, required: ['action'] };

const children: Schema = { anyOf: [...anyList(['childEPCs', 1], ['childQuantityList', 1]), isDelete] };
const inputs: Schema = { anyOf: anyList(['inputEPCList', 1], ['inputQuantityList', 1]) };
const outputs: Schema = { anyOf: anyList(['outputEPCList', 1], ['outputQuantityList', 1]) };
const aggregated = { parentID: uri, childEPCs: uris, childQuantityList: quantities, action };

/** The shape of each kind of event (EPCIS 2.0 sections 7.4.2 to 7.4.6). */
export const eventSchemas: Record<EventType, Schema> = {
  ObjectEvent: event(
    { action, epcList: epcs, quantityList: quantities, persistentDisposition, ilmd },
    ['action'],
    [
      {
        anyOf: [
          ...anyList(['epcList', 0], ['quantityList', 1]),
          {
            required: ['sensorElementList', 'readPoint'],
            properties: { sensorElementList: { minItems: 1 } },
          },
        ],
      },
      // What is known of an object's making is said when it is made.
      { anyOf: [{ properties: { action: { const: 'ADD' } } }, { properties: { ilmd: false } }] },
    ],
  ),
  AggregationEvent: event(
    aggregated,
    ['action'],
    [
      children,
      // Whoever names no parent can only say that all children left it, or that these were seen together.
      { anyOf: [{ required: ['parentID'] }, { properties: { action: { const: 'OBSERVE' } } }] },
    ],
  ),
  TransactionEvent: event(
    {
      action,
      parentID: uri,
      epcList: uris,
      quantityList: quantities,
      bizTransactionList: { ...bizTransactions, minItems: 1 },
    },
    ['bizTransactionList', 'action'],
    [{ anyOf: [...anyList(['epcList', 0], ['quantityList', 1]), isDelete] }],
  ),
  TransformationEvent: event(
    {
      inputEPCList: epcs,
      inputQuantityList: quantities,
      outputEPCList: epcs,
      outputQuantityList: quantities,
      transformationID: uri,
      persistentDisposition,
      ilmd,
    },
    [],
    // Inputs and outputs may come in events of their own, told to belong together by the transformation's id.
    [
      {
        anyOf: [{ allOf: [inputs, outputs] }, { required: ['transformationID'], anyOf: [inputs, outputs] }],
      },
    ],
  ),
  AssociationEvent: event(aggregated, ['action', 'parentID'], [children]),
};

/** An event of a kind that someone else has defined: only what all events have is known. */
export const foreignEventSchema: Schema = {
  type: 'object',
  properties: { ...common, type: uri },
  required: ['type', 'eventTime', 'eventTimeZoneOffset'],
};

const attribute = {
  type: 'object',
  properties: { id: uri, attribute: { type: ['number', 'string', 'object'] } },
  required: ['id'],
};
const vocabularyList = listOf({
  type: 'object',
  properties: {
    type: uri,
    vocabularyElementList: listOf({
      type: 'object',
      properties: { id: uri, attributes: listOf(attribute), children: uris },
      required: ['id'],
    }),
  },
  required: ['type'],
});

const events: Schema = listOf({ type: 'object', properties: { type: text }, required: ['type'] });

/** A document around its events; those are checked one by one. */
export const documentSchema = extensible(
  {
    '@context': context,
    id: uri,
    type: { const: 'EPCISDocument' },
    schemaVersion: { ...text, pattern: '^\\d+(\\.\\d+)*$' },
    creationDate: time,
    instanceIdentifier: text,
    sender: text,
    receiver: text,
    epcisHeader: extensible({
      epcisMasterData: { type: 'object', properties: { vocabularyList } },
    }),
    epcisBody: { type: 'object', properties: { eventList: events }, required: ['eventList'] },
  },
  ['@context', 'type', 'schemaVersion', 'creationDate', 'epcisBody'],
);

/** The answer to a query around its events. */
export const queryDocumentSchema = extensible(
  {
    '@context': context,
    id: uri,
    type: { const: 'EPCISQueryDocument' },
    schemaVersion: { ...text, pattern: '^\\d+(\\.\\d+)*$' },
    creationDate: time,
    epcisBody: extensible(
      {
        queryResults: extensible(
          {
            queryName: text,
            subscriptionID: text,
            resultsBody: extensible({ eventList: events, vocabularyList }, ['eventList']),
          },
          ['queryName', 'resultsBody'],
        ),
      },
      ['queryResults'],
    ),
  },
  ['@context', 'type', 'epcisBody'],
);
