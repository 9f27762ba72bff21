import { eventHash, namespacesOf, readXmlDocument, validateDocument } from '.';

const xml = (events: string, body = `<EPCISBody><EventList>${events}</EventList></EPCISBody>`) =>
  `<?xml version="1.0"?>
<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" xmlns:ex="https://ns.example.org/"
    schemaVersion="2.0" creationDate="2027-03-01T07:00:00Z">${body}</epcis:EPCISDocument>`;

const shipped = `<ObjectEvent>
  <eventTime>2027-03-01T06:30:00+06:00</eventTime>
  <eventTimeZoneOffset>+06:00</eventTimeZoneOffset>
  <epcList><epc>urn:epc:id:sscc:9506000.1234567890</epc></epcList>
  <action>ADD</action>
  <bizStep>urn:epcglobal:cbv:bizstep:departing</bizStep>
  <readPoint><id>urn:epc:id:sgln:9506000.00001.0</id></readPoint>
  <bizTransactionList><bizTransaction type="urn:epcglobal:cbv:btt:desadv">urn:x:1</bizTransaction></bizTransactionList>
  <extension>
    <quantityList>
      <quantityElement><epcClass>urn:epc:class:lgtin:9506000.012345.L1</epcClass><quantity>20.0</quantity></quantityElement>
    </quantityList>
    <extension>
      <sensorElementList>
        <sensorElement>
          <sensorMetadata time="2027-03-01T00:30:00Z" ex:probe="outer"/>
          <sensorReport type="gs1:Temperature" value="4.50" uom="CEL"/>
          <sensorReport type="gs1:Temperature" exception="gs1:ALARM_CONDITION" booleanValue="true"/>
        </sensorElement>
      </sensorElementList>
      <persistentDisposition><set>urn:epcglobal:cbv:disp:completeness_verified</set></persistentDisposition>
    </extension>
  </extension>
  <ilmd><ex:made by="hand"><ex:at>dawn</ex:at></ex:made></ilmd>
  <ex:seal>1</ex:seal><ex:seal>2</ex:seal>
</ObjectEvent>`;

const asJson = {
  type: 'ObjectEvent',
  eventTime: '2027-03-01T00:30:00.000Z',
  eventTimeZoneOffset: '+06:00',
  epcList: ['https://id.gs1.org/00/195060002345678901'],
  action: 'ADD',
  bizStep: 'departing',
  readPoint: { id: 'urn:epc:id:sgln:9506000.00001.0' },
  bizTransactionList: [{ type: 'desadv', bizTransaction: 'urn:x:1' }],
  quantityList: [{ epcClass: 'urn:epc:class:lgtin:9506000.012345.L1', quantity: 20 }],
  sensorElementList: [
    {
      sensorMetadata: { time: '2027-03-01T00:30:00Z', 'ex:probe': 'outer' },
      sensorReport: [
        { type: 'gs1:Temperature', value: 4.5, uom: 'CEL' },
        { type: 'gs1:Temperature', exception: 'gs1:ALARM_CONDITION', booleanValue: true },
      ],
    },
  ],
  persistentDisposition: { set: ['completeness_verified'] },
  ilmd: { 'ex:made': { by: 'hand', 'ex:at': 'dawn' } },
  'ex:seal': ['1', '2'],
};

interface Captured {
  '@context': unknown[];
  epcisBody: { eventList: Record<string, unknown>[] };
}
const read = (text: string) => readXmlDocument(text) as unknown as Captured;
const hashes = (text: string) => {
  const { '@context': context, epcisBody } = read(text);
  return epcisBody.eventList.map(event => eventHash(event, namespacesOf(context)));
};

describe('EPCIS in XML', () => {
  test('is the same document as in JSON: valid, and of the same fingerprint', () => {
    const own = [{ ex: 'https://ns.example.org/' }];

    expect(validateDocument(read(xml(shipped)))).toEqual([]);
    expect(hashes(xml(shipped))).toEqual([eventHash(asJson, namespacesOf(own))]);
  });

  test('may have its prefixes in the event, or where they are needed', () => {
    const first = shipped.replace('<ObjectEvent>', '<ObjectEvent xmlns:ex="https://ns.example.org/">');
    const inside = shipped.replaceAll('<ex:seal>', '<ex:seal xmlns:ex="https://ns.example.org/">');
    const without = (events: string) => xml(events).replace('xmlns:ex="https://ns.example.org/"', '');

    expect(hashes(without(first))).toEqual(hashes(xml(shipped)));
    expect(hashes(xml(inside))).toEqual(hashes(xml(shipped)));
  });

  test('may be the answer of a query, with fields that no hash covers', () => {
    const results = `<resultsBody><EventList>${shipped}</EventList></resultsBody>`;
    const answer = xml(
      '',
      `<ex:ignoreFields><ex:seal/></ex:ignoreFields>
       <EPCISBody><QueryResults><queryName>SimpleEventQuery</queryName>${results}</QueryResults></EPCISBody>`,
    ).replaceAll('EPCISDocument', 'EPCISQueryDocument');

    expect(readXmlDocument(answer)).toMatchObject({
      type: 'EPCISQueryDocument',
      'ex:ignoreFields': ['ex:seal'],
      epcisBody: { queryResults: { queryName: 'SimpleEventQuery' } },
    });
    expect(validateDocument(readXmlDocument(answer))).toEqual([]);
  });

  test('with a number that is none is refused at its place', () => {
    expect(validateDocument(read(xml(shipped.replace('20.0', 'many'))))).toMatchObject([
      { at: '/epcisBody/eventList/0/quantityList/0/quantity' },
    ]);
  });

  test.each([
    ['no XML', '{"type":"EPCISDocument"}'],
    ['another document', '<note/>'],
    ['a document without a list', xml('', '<EPCISBody/>')],
    ['one that would be grown by its entities', `<!DOCTYPE a [<!ENTITY b "c">]>${xml(shipped)}`],
    ['one with a name that objects know', xml(shipped.replaceAll('ex:seal', '__proto__'))],
  ])('is not read from %s', (_, text) => {
    expect(readXmlDocument(text)).toBeUndefined();
  });
});
