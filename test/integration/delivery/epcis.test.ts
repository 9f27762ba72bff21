import { newId } from '../../../src/common';
import type { TenantRef } from '../../../src/platform/context';
import { write } from '../../harness/worlds/clinic';
import { country, testService, type TestService } from '../../harness/service';
import { registeredPartner } from '../isolation/callers';

const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
const day = (number: number): string => `2026-01-${String(number).padStart(2, '0')}T00:00:00Z`;
const event = (more: object = {}) => ({
  type: 'ObjectEvent',
  action: 'OBSERVE',
  bizStep: 'shipping',
  eventTime: day(1),
  eventTimeZoneOffset: '+00:00',
  epcList: ['urn:epc:id:sgtin:0614141.107346.2017'],
  ...more,
});
const document = (...eventList: object[]) => ({
  '@context': [CONTEXT],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: day(2),
  epcisBody: { eventList },
});

interface Answer {
  status: number;
  headers: Headers;
  body: any; // oxlint-disable-line no-explicit-any -- each test's own
}

describe('EPCIS events of a partner', () => {
  let service: TestService;
  let aa: TenantRef;

  beforeAll(async () => {
    service = await testService();
    aa = await service.country('aa');
  }, 120_000);
  afterAll(() => service.stop());

  type Call = (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
  async function partner(trial = false): Promise<{ id: string; call: Call }> {
    const id = newId();
    await registeredPartner(service, aa, id, trial ? 'SANDBOX' : 'PRODUCTION');
    return { id, call: await callerOf(id, trial) };
  }
  async function callerOf(id: string, trial = false): Promise<Call> {
    const grants = ['partner-events', ...(trial ? ['partner-trial'] : [])].map(role => ({
      role,
      reach: { kind: 'self' as const, id },
    }));
    const token = await service.tokenFor(aa, grants, 'partner', id);
    return async (method, path, body, headers = {}) => {
      const answer = await fetch(`${service.url}/epcis${path}`, {
        method,
        headers: {
          'x-tenant': 'aa',
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, body: JSON.parse(text || 'null') };
    };
  }
  const eventsOf = ({ body }: Answer) =>
    body.epcisBody.queryResults.resultsBody.eventList as { eventTime: string; recordTime: string }[];
  const timesOf = (answer: Answer) => eventsOf(answer).map(({ eventTime }) => eventTime);
  const days = (...numbers: number[]) => numbers.map(number => event({ eventTime: day(number) }));

  it('are captured by a job that says how it went', async () => {
    const { call } = await partner();

    const captured = await call('POST', '/capture', document(event()));
    const job = await call('GET', captured.headers.get('location')!.replace('/epcis', ''));
    const jobs = await call('GET', '/capture');

    expect(captured.status).toBe(202);
    expect(captured.headers.get('gs1-epcis-version')).toBe('2.0.0');
    expect(captured.headers.get('gs1-epcis-capture-limit')).toBe('1000');
    expect(job.body).toMatchObject({
      running: false,
      success: true,
      captureErrorBehaviour: 'rollback',
      errors: [],
    });
    expect(jobs.body).toEqual([job.body]);
  });

  it('are taken once, by what they say and not by how it is written', async () => {
    const { call } = await partner();
    const said = {
      ...event(),
      recordTime: day(3),
      epcList: ['https://id.gs1.org/01/10614141073464/21/2017'],
    };

    await call('POST', '/capture', document(event(), event()));
    await call('POST', '/capture', document(said));
    const one = await call('POST', '/events', { '@context': CONTEXT, ...said });
    const found = await call('GET', '/events');

    expect(eventsOf(found)).toHaveLength(1);
    expect(one).toMatchObject({
      status: 409,
      body: { type: 'epcisException:ResourceAlreadyExistsException' },
    });
  });

  it('may come in XML, and say there what they would in JSON', async () => {
    const { call } = await partner();
    const { type, epcList, ...fields } = event();
    const elements = Object.entries(fields).map(([name, value]) => `<${name}>${value}</${name}>`);
    const events = `<${type}>${elements.join('')}<epcList><epc>${epcList[0]}</epc></epcList></${type}>`;
    const xml = `<EPCISDocument schemaVersion="2.0" creationDate="${day(2)}">
      <EPCISBody><EventList>${events}</EventList></EPCISBody></EPCISDocument>`;
    const inXml = { 'content-type': 'application/xml' };

    const captured = await call('POST', '/capture', xml, inXml);
    await call('POST', '/capture', document(event()));
    const found = await call('GET', '/events');
    const broken = await call('POST', '/capture', xml.replace('</EventList>', ''), inXml);
    const elsewhere = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { ...inXml, 'x-tenant': 'aa' },
      body: xml,
    });

    expect(captured.status).toBe(202);
    expect(eventsOf(found)).toHaveLength(1);
    expect(broken).toMatchObject({ status: 400, body: { type: 'epcisException:ValidationException' } });
    expect(elsewhere.status).toBe(415);
  });

  it('that declare an error are kept beside what they declare to be one', async () => {
    const { call } = await partner();
    const errorDeclaration = { declarationTime: day(4), reason: 'incorrect_data' };

    await call('POST', '/capture', document(event(), event({ errorDeclaration })));
    const all = await call('GET', '/events');
    const errors = await call('GET', '/events?EXISTS_errorDeclaration=');

    expect([eventsOf(all).length, eventsOf(errors).length]).toEqual([2, 1]);
  });

  it('of a document with a fault are all left out, or those that are right are kept, as was asked', async () => {
    const { call } = await partner();
    const mixed = document(event(), event({ action: 'GUESS' }));

    const rolledBack = await call('POST', '/capture', mixed);
    const nothing = await call('GET', '/events');
    const proceeded = await call('POST', '/capture', mixed, { 'gs1-capture-error-behaviour': 'proceed' });
    const job = await call('GET', proceeded.headers.get('location')!.replace('/epcis', ''));
    const one = await call('GET', '/events');

    expect(rolledBack).toMatchObject({
      status: 400,
      body: {
        type: 'epcisException:ValidationException',
        errors: [{ at: expect.stringContaining('/epcisBody/eventList/1') as string }],
      },
    });
    expect(eventsOf(nothing)).toEqual([]);
    expect(job.body).toMatchObject({ success: false, captureErrorBehaviour: 'proceed' });
    expect(job.body.errors[0].detail).toContain('/epcisBody/eventList/1');
    expect(eventsOf(one)).toHaveLength(1);
  });

  it('are found one by one, by their own id or by their hash', async () => {
    const { call } = await partner();
    const eventID = `urn:uuid:${newId()}`;

    const named = await call('POST', '/events', { '@context': CONTEXT, ...event({ eventID }) });
    const hashed = await call('POST', '/events', { '@context': CONTEXT, ...event({ eventTime: day(2) }) });
    const found = await Promise.all(
      [named, hashed].map(({ headers }) => call('GET', headers.get('location')!.replace('/epcis', ''))),
    );
    const none = await call('GET', `/events/${encodeURIComponent('urn:uuid:none')}`);

    expect([named.status, hashed.status]).toEqual([201, 201]);
    expect(found.map(timesOf)).toEqual([[day(1)], [day(2)]]);
    expect(none).toMatchObject({ status: 404, body: { type: 'epcisException:NoSuchResourceException' } });
  });

  it('come page by page, each once, as the link says', async () => {
    const { call } = await partner();
    await call('POST', '/capture', document(...days(5, 3, 1, 4, 2)));
    const pages: string[][] = [];

    let path: string | null = '/events?perPage=2&orderBy=eventTime&orderDirection=ASC';
    while (path !== null && pages.length < 10) {
      const page: Answer = await call('GET', path);
      pages.push(timesOf(page));
      path = /^<\/epcis(.*)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1] ?? null;
    }

    expect(pages).toEqual([[day(1), day(2)], [day(3), day(4)], [day(5)]]);
  });

  it.each<[string, number[]]>([
    ['', [5, 3, 1, 4, 2]],
    ['orderBy=eventTime', [5, 4, 3, 2, 1]],
    ['orderBy=recordTime&orderDirection=ASC', [5, 3, 1, 4, 2]],
    ['orderBy=eventTime&eventCountLimit=2', [5, 4]],
    ['orderBy=eventTime&eventCountLimit=3&perPage=500', [5, 4, 3]],
    [`GE_eventTime=${day(2)}&LT_eventTime=${day(4)}`, [3, 2]],
    ['eventType=ObjectEvent|AggregationEvent&EQ_bizStep=shipping', [5, 3, 1, 4, 2]],
    ['EQ_bizStep=receiving', []],
    ['MATCH_epc=urn:epc:id:sgtin:0614141.107346.2017', [5, 3, 1, 4, 2]],
    ['MATCH_epc=https://id.gs1.org/01/10614141073464/21/2017', [5, 3, 1, 4, 2]],
    ['MATCH_epc=urn:epc:id:sgtin:0614141.107346.9', []],
    ['MATCH_anyEPC=urn:epc:idpat:sgtin:0614141.*', []],
    [`GE_recordTime=2020-01-01T00:00:00Z&LT_recordTime=2021-01-01T00:00:00Z`, []],
    ['maxEventCount=5', [5, 3, 1, 4, 2]],
  ])('are asked for by ?%s', async (query, expected) => {
    const { call } = await partner();
    await call('POST', '/capture', document(...days(5, 3, 1, 4, 2)));

    const found = await call('GET', `/events?${encodeURI(query)}`);

    expect(timesOf(found)).toEqual(expected.map(day));
  });

  it.each<[string, string]>([
    ['perPage=0', '/perPage'],
    ['nextPageToken=none', '/nextPageToken'],
    ['EQ_action=GUESS', '/EQ_action/0'],
    ['GE_eventTime=yesterday', '/GE_eventTime'],
    ['GE_eventDate=2026-01-01', '/GE_eventDate'],
    ['WD_readPoint=urn:epc:id:sgln:0614141.00777.0', '/WD_readPoint'],
    ['orderBy=eventTime&orderBy=recordTime', '/orderBy'],
    ['orderBy=example:field', '/orderBy'],
    ['eventCountLimit=1&maxEventCount=1', '/maxEventCount'],
  ])('are not asked for by ?%s, and the place is named', async (query, at) => {
    const { call } = await partner();

    const refused = await call('GET', `/events?${query}`);

    expect(refused).toMatchObject({
      status: 400,
      body: { type: 'epcisException:QueryParameterException', errors: [{ at }] },
    });
  });

  it('are too many when more are found than a query allows', async () => {
    const { call } = await partner();
    await call('POST', '/capture', document(...days(1, 2, 3)));

    const refused = await call('GET', '/events?maxEventCount=2');

    expect(refused).toMatchObject({ status: 413, body: { type: 'epcisException:QueryTooLargeException' } });
  });

  it('are asked for by a query that is kept under a name', async () => {
    const { call } = await partner();
    const query = { GE_eventTime: day(2), orderBy: 'eventTime', orderDirection: 'ASC' };
    await call('POST', '/capture', document(...days(3, 1, 2)));

    const kept = await call('POST', '/queries', { name: 'later', query });
    const twice = await call('POST', '/queries', { name: 'later', query });
    const all = await call('GET', '/queries');
    const one = await call('GET', '/queries/later');
    const found = await call('GET', '/queries/later/events?perPage=1');
    const gone = await call('DELETE', '/queries/later');
    const none = await call('GET', '/queries/later/events');

    expect(kept).toMatchObject({ status: 201, body: { name: 'later', query } });
    expect(twice.status).toBe(409);
    expect([all.body, one.body]).toEqual([[{ name: 'later', query }], { name: 'later', query }]);
    expect(timesOf(found)).toEqual([day(2)]);
    expect(found.headers.get('link')).toContain('rel="next"');
    expect(found.body.epcisBody.queryResults.queryName).toBe('later');
    expect([gone.status, none.status]).toEqual([204, 404]);
  });

  it('are its own, and those of its sandbox stay there', async () => {
    const [one, other, trial] = [await partner(), await partner(), await partner(true)];
    await one.call('POST', '/capture', document(event()));
    await trial.call('POST', '/capture', document(event()));
    await trial.call('POST', '/capture', document(event({ action: 'GUESS' })));

    const certified = await callerOf(trial.id);
    const seen = await Promise.all(
      [one.call, other.call, trial.call, certified].map(call => call('GET', '/events')),
    );
    const checks = await write<{ name: string }>(
      service,
      aa,
      'SELECT name FROM partner_check WHERE partner_id = $1 ORDER BY name',
      [trial.id],
    );

    expect(seen.map(answer => eventsOf(answer).length)).toEqual([1, 0, 1, 0]);
    expect(checks.map(({ name }) => name)).toEqual(['EVENTS_CAPTURED', 'EVENTS_REFUSED']);
  });

  it('keep their prefixes apart, where two documents mean different things by one', async () => {
    const { call } = await partner();
    const withPrefix = (uri: string, value: string, number: number) => ({
      ...document(event({ eventTime: day(number), 'my:field': value })),
      '@context': [CONTEXT, { my: uri }],
    });
    await call('POST', '/capture', withPrefix('https://one.example/', 'a', 1));
    await call('POST', '/capture', withPrefix('https://two.example/', 'b', 2));

    const { body } = await call('GET', '/events');

    expect(body['@context']).toEqual([CONTEXT, { my: 'https://one.example/' }]);
    expect(eventsOf({ body } as Answer)).toMatchObject([
      { 'my:field': 'a' },
      { 'my:field': 'b', '@context': [CONTEXT, { my: 'https://two.example/' }] },
    ]);
  });

  it.each<[string, unknown, number, string]>([
    ['no JSON', '{', 400, 'ValidationException'],
    ['nothing', '', 400, 'ValidationException'],
    ['null', 'null', 400, 'ValidationException'],
    ['a number', '1', 400, 'ValidationException'],
    ['a list', '[]', 400, 'ValidationException'],
    ['a prototype', '{"__proto__": {}}', 400, 'ValidationException'],
    [
      'more events than may be',
      document(...Array.from({ length: 1001 }, () => event())),
      413,
      'CaptureLimitExceededException',
    ],
    [
      'a time that is no time',
      document(event({ eventTime: '2026-13-01T00:00:00Z' })),
      400,
      'ValidationException',
    ],
  ])('are not captured from %s', async (_what, body, status, type) => {
    const { call } = await partner();

    const refused = await call('POST', '/capture', body);

    expect({ status: refused.status, type: refused.body.type }).toEqual({
      status,
      type: `epcisException:${type}`,
    });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
  });

  it.each<[string, object]>([
    ['a zero byte', { epcList: ['urn:epc:id:sgtin:0614141.107346.\0'], eventID: 'urn:uuid:\0' }],
    ['half a character', { 'https://one.example/field': '\ud800' }],
    ['the first year', { eventTime: '0001-01-01T00:00:00Z' }],
    ['the last year', { eventTime: '9999-12-31T23:59:59Z' }],
    [
      'a deep field',
      { 'https://one.example/field': JSON.parse('['.repeat(500) + ']'.repeat(500)) as object },
    ],
  ])('with %s are refused or given back, and break nothing', async (_what, more) => {
    const { call } = await partner();

    const captured = await call('POST', '/capture', document(event(more)));
    const found = await call('GET', '/events');

    expect([202, 400]).toContain(captured.status);
    expect(found.status).toBe(200);
    expect(eventsOf(found)).toHaveLength(captured.status === 202 ? 1 : 0);
  });

  it.each<[string, Record<string, string>, number]>([
    ['XML alone', { accept: 'application/xml' }, 406],
    ['another version', { 'gs1-epcis-version': '1.2' }, 406],
    ['a version still to come', { 'gs1-epcis-min': '3.0' }, 406],
    ['this version', { 'gs1-epcis-min': '2.0', 'gs1-epcis-max': '2.0.0' }, 200],
  ])('are not spoken of to who takes %s, or are', async (_what, headers, status) => {
    const { call } = await partner();

    expect((await call('GET', '/events', undefined, headers)).status).toBe(status);
  });

  it('are nobody else’s affair: staff and people outside are refused in the standard’s words', async () => {
    const token = await service.tokenFor(aa, [country('logistics-officer')]);
    const ask = (authorization?: string) =>
      fetch(`${service.url}/epcis/events`, {
        headers: { 'x-tenant': 'aa', ...(authorization ? { authorization } : {}) },
      });

    const answers = [await ask(), await ask(`Bearer ${token}`)];
    const types = await Promise.all(
      answers.map(async answer => ((await answer.json()) as { type: string }).type),
    );

    expect(answers.map(({ status }) => status)).toEqual([401, 403]);
    expect(types).toEqual(['epcisException:SecurityException', 'epcisException:SecurityException']);
  });
});
