import {
  action,
  bizStep,
  context,
  disposition,
  errorReason,
  eventTypes,
  measurementType,
  type Schema,
  time,
  uri,
  uris,
} from './event-schema';

const number: Schema = { type: 'number' };
const integer: Schema = { type: 'integer' };
const exists: Schema = { type: ['integer', 'null'] };
const texts: Schema = { type: 'array', items: { type: 'string' } };
const listOf = (items: Schema): Schema => ({ type: 'array', items });

const named = (names: string, schema: Schema): Schema =>
  Object.fromEntries(names.split(' ').map(name => [name, schema]));

const amount: Schema = { anyOf: [number, time] };
const amountOrTexts: Schema = { anyOf: [number, time, texts] };
const EXTENSION = '[a-z][a-zA-Z0-9]*:\\w+$';
const levels = [
  '',
  'ILMD_',
  'INNER_',
  'INNER_ILMD_',
  'SENSORELEMENT_',
  'SENSORMETADATA_',
  'SENSORREPORT_',
  'readPoint_',
  'bizLocation_',
];

/** The parameters of SimpleEventQuery as JSON (EPCIS 2.0 section 8.2.7.1); unknown ones are refused. */
export const querySchema: Schema = {
  type: 'object',
  properties: {
    '@context': context,
    eventType: listOf({ anyOf: [{ enum: eventTypes }, uri] }),
    EQ_action: listOf(action),
    EQ_bizStep: listOf(bizStep),
    ...named(
      'EQ_disposition EQ_persistentDisposition_set EQ_persistentDisposition_unset',
      listOf(disposition),
    ),
    ...named('GE_eventTime LT_eventTime GE_recordTime LT_recordTime', time),
    ...named('GE_errorDeclaration_Time LT_errorDeclaration_Time GE_time LT_time', time),
    ...named('GE_startTime LT_startTime GE_endTime LT_endTime', time),
    EQ_quantity: listOf(number),
    ...named('GT_quantity GE_quantity LT_quantity LE_quantity', number),
    ...named('GE_percRank LT_percRank GT_percRank LE_percRank', number),
    ...named('EQ_readPoint WD_readPoint EQ_bizLocation WD_bizLocation EQ_transformationID', uris),
    ...named('MATCH_epc MATCH_parentID MATCH_inputEPC MATCH_outputEPC MATCH_anyEPC', uris),
    ...named('MATCH_epcClass MATCH_inputEPCClass MATCH_outputEPCClass MATCH_anyEPCClass', uris),
    ...named('EQ_eventID EQ_correctiveEventID EQ_deviceID EQ_dataProcessingMethod EQ_microorganism', uris),
    ...named('EQ_chemicalSubstance EQ_bizRules EQ_uriValue', uris),
    ...named('EXISTS_errorDeclaration EXISTS_sensorElementList', exists),
    EQ_errorReason: listOf(errorReason),
    EQ_type: listOf(measurementType),
    ...named('EQ_stringValue EQ_hexBinaryValue', texts),
    EQ_booleanValue: { type: 'boolean' },
    orderBy: { type: 'string' },
    orderDirection: { enum: ['ASC', 'DESC'] },
    ...named('eventCountLimit maxEventCount perPage', integer),
  },
  patternProperties: {
    '^EQ_(bizTransaction|source|destination)_[a-z][a-zA-Z0-9_]+$': uris,
    ...Object.fromEntries(
      levels.flatMap(level => [
        [`^EQ_${level}${EXTENSION}`, amountOrTexts],
        [`^(GT|GE|LT|LE)_${level}${EXTENSION}`, amount],
        [`^EXISTS_${level}${EXTENSION}`, exists],
      ]),
    ),
  },
  additionalProperties: false,
};
