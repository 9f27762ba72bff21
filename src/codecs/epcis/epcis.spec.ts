import fc from 'fast-check';
import { cpuMsOf } from '../../../test/harness/processor-time';
import {
  canonicalId,
  eventHash,
  namespacesOf,
  selectEvents,
  validateDocument,
  validateEvent,
  validateQuery,
} from '.';
import { readXmlDocument } from './xml';

const context = [
  'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  { ex: 'https://ns.example.org/' },
];
const namespaces = namespacesOf(context);

const departure = {
  type: 'ObjectEvent',
  eventTime: '2027-03-01T06:30:00+06:00',
  eventTimeZoneOffset: '+06:00',
  epcList: ['urn:epc:id:sscc:9506000.1234567890', 'urn:epc:id:sscc:9506000.1234567891'],
  action: 'OBSERVE',
  bizStep: 'departing',
  readPoint: { id: 'urn:epc:id:sgln:9506000.00001.0' },
  'ex:sealed': '007.50',
};

const documentOf = (...eventList: unknown[]) => ({
  '@context': context,
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2027-03-01T07:00:00Z',
  epcisBody: { eventList },
});

describe('A text of somebody else’s in an event', () => {
  test.each([
    ['digits that end as no number', (n: number) => `${'1'.repeat(n)}x`],
    ['a fraction that ends as none', (n: number) => `0.${'1'.repeat(n)}x`],
    ['a time in pieces', (n: number) => `${'2027-03-01T00:00:00'.repeat(n / 20)}.1.`],
    [
      'an identifier that goes on after a line',
      (n: number) => `urn:epc:id:sgtin:0614141.${'1'.repeat(n)}.\n`,
    ],
    ['steps without an end', (n: number) => `${'a:'.repeat(n / 2)}\n`],
  ])('costs its length, and not its length squared: %s', async (_, textOf) => {
    const cost = (text: string) => cpuMsOf(() => eventHash({ ...departure, 'ex:said': text }, namespaces));
    const plain = Math.max(1, await cost('a'.repeat(200_000)));

    expect((await cost(textOf(200_000))) / plain).toBeLessThan(500); // a square of it is some hundred thousand times as much
  });
});

test('A number of XML that ends as none costs its length, and not its length squared', async () => {
  const cost = (digit: string) => {
    const quantity = `<quantityElement><quantity>${digit.repeat(200_000)}x</quantity></quantityElement>`;
    const text = `<epcis:EPCISDocument><EPCISBody><EventList><ObjectEvent><quantityList>${quantity}</quantityList></ObjectEvent></EventList></EPCISBody></epcis:EPCISDocument>`;
    return cpuMsOf(() => readXmlDocument(text));
  };

  expect((await cost('1')) / Math.max(1, await cost('a'))).toBeLessThan(500);
});

describe('An EPCIS event', () => {
  test('has the same fingerprint however it is written', () => {
    const otherwise = {
      ...departure,
      eventID: 'urn:uuid:404d95fc-9457-4a51-bd6a-0bba133845a8',
      recordTime: '2027-03-01T07:00:00Z',
      eventTime: '2027-03-01T00:30:00.0001Z',
      epcList: [...departure.epcList].reverse().map(canonicalId),
      bizStep: 'urn:epcglobal:cbv:bizstep:departing',
      readPoint: {
        id: `https://example.org${new URL(canonicalId(departure.readPoint.id)).pathname}?17=271130`,
      },
      'ex:sealed': '7.5',
    };

    expect(eventHash(otherwise, namespaces)).toBe(eventHash(departure, namespaces));
  });

  test.each(['eventTime', 'action', 'bizStep', 'ex:sealed'])('has another when its %s is another', field => {
    const value = field === 'eventTime' ? '2027-03-01T06:30:01+06:00' : 'other';

    expect(eventHash({ ...departure, [field]: value }, namespaces)).not.toBe(
      eventHash(departure, namespaces),
    );
  });

  test('leaves out what the document says to ignore', () => {
    const bare = Object.fromEntries(Object.entries(departure).filter(([name]) => name !== 'ex:sealed'));

    expect(eventHash(departure, namespaces, ['ex:sealed'])).toBe(eventHash(bare, namespaces));
  });
});

describe('An EPCIS document', () => {
  test('is accepted with its extensions', () => expect(validateDocument(documentOf(departure))).toEqual([]));

  test('is refused with the place of each event’s fault', () => {
    const faults = validateDocument(
      documentOf(departure, { ...departure, action: 'SEEN' }, { ...departure, colour: 'red' }),
    );

    expect(faults.map(({ at }) => at)).toEqual([
      '/epcisBody/eventList/1/action',
      '/epcisBody/eventList/2/colour',
    ]);
  });

  test('of another type is refused at its type', () => {
    expect(validateDocument({ ...documentOf(departure), type: 'Parcel' })).toMatchObject([{ at: '/type' }]);
  });

  test('may be one event that brings its context along', () => {
    expect(validateDocument({ '@context': context, ...departure })).toEqual([]);
    expect(validateDocument(departure)).toHaveLength(1);
    expect(validateEvent(departure)).toEqual([]);
  });

  test('a container is filled only under its own number', () => {
    const packing = { ...departure, type: 'AggregationEvent', action: 'ADD', childEPCs: departure.epcList };
    const nowhere = Object.fromEntries(Object.entries(packing).filter(([name]) => name !== 'epcList'));

    expect(validateEvent(nowhere)).toHaveLength(1);
    expect(validateEvent({ ...nowhere, parentID: 'urn:epc:id:sscc:9506000.1234567892' })).toEqual([]);
  });

  test('and a query may be any JSON: it is answered, never thrown at', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), value => {
        expect(validateDocument(value).length + validateDocument(documentOf(value)).length).toBeGreaterThan(
          0,
        );
        expect(Array.isArray(validateQuery(value))).toBe(true);
        expect(eventHash({ type: 'ObjectEvent', 'ex:any': value }, namespaces)).toMatch(/^ni:/);
      }),
    );
  });
});

describe('A query of events', () => {
  const arrival = {
    ...departure,
    eventTime: '2027-03-01T09:00:00Z',
    bizStep: 'arriving',
    epcList: departure.epcList.slice(1),
  };
  const both = [departure, arrival];

  test.each([
    ['all', {}, both],
    ['by what was done', { EQ_bizStep: ['arriving'] }, [arrival]],
    ['by time as an instant', { LT_eventTime: '2027-03-01T00:30:01Z' }, [departure]],
    [
      'by a thing in any spelling',
      { MATCH_epc: [canonicalId('urn:epc:id:sscc:9506000.1234567890')] },
      [departure],
    ],
    ['by the beginning of its id', { MATCH_anyEPC: ['urn:epc:id:sscc:9506000.*'] }, both],
    ['by several, which must all fit', { EQ_action: ['OBSERVE'], EQ_bizStep: ['packing'] }, []],
  ])('answers %s', (_, query, events) => {
    expect(selectEvents(both, query)).toEqual({ ok: true, events });
  });

  test('with a parameter that is not evaluated is refused, not answered too widely', () => {
    expect(selectEvents(both, { WD_readPoint: ['urn:x:y'] })).toEqual({
      ok: false,
      unsupported: ['WD_readPoint'],
    });
  });
});
