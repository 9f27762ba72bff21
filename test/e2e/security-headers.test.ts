import { request } from 'node:http';
import { connect } from 'node:net';
import { HealthPort } from '../../src/platform/health';
import { onServer } from '../harness/run/database';
import { type Caller, country, testService, type TestService } from '../harness/service';

/** One answer of each kind that the service gives: of the API, of FHIR, of a page, of a file, of nothing, of an error. */
const ADDRESSES = [
  ['POST', '/graphql'],
  ['GET', '/graphql?query=%7B__typename%7D'],
  ['GET', '/fhir/metadata'],
  ['GET', '/fhir/AuditEvent'],
  ['GET', '/'],
  ['GET', '/verify'],
  ['GET', '/explorer'],
  ['GET', '/health/live'],
  ['GET', '/assets/pages.css'],
  ['GET', '/no/such/address'],
  ['POST', '/fhir/$immds-forecast'],
] as const;

/** Every one of these headers says this, on every answer. */
const HEADERS: Record<string, RegExp> = {
  'strict-transport-security': /max-age=(\d{8,})/,
  'x-content-type-options': /^nosniff$/,
  'referrer-policy': /^no-referrer$/,
  'content-security-policy': /^(?=.*frame-ancestors 'none')(?=.*default-src 'none')(?=.*base-uri 'none')/,
  'x-frame-options': /^DENY$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'cross-origin-opener-policy': /^same-origin$/,
};

/** Origins of pages that are listed for two countries. */
const [PORTAL, OTHER] = ['https://portal.example', 'https://other.example'];

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

describe('health at a port of its own', () => {
  it('is answered there, where nothing else is, and nowhere else', async () => {
    const service = await testService({ TIKASETU_HEALTH_PORT: '0' });
    await service.app.get(HealthPort).open();
    const health = `http://127.0.0.1:${service.app.get(HealthPort).port}`;
    const statusOf = async (url: string, init?: RequestInit) => (await fetch(url, init)).status;
    const asked = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    };

    const there = [
      await statusOf(`${health}/health/live`),
      await statusOf(`${health}/health/ready`),
      await statusOf(`${health}/verify`),
      await statusOf(`${health}/graphql`, asked),
    ];
    const elsewhere = [
      await statusOf(`${service.url}/health/live`),
      await statusOf(`${service.url}/%68ealth/ready?a=b`),
      await statusOf(`${service.url}/verify`),
      await statusOf(`${service.url}/graphql`, asked),
    ];
    await service.stop();
    const after = await fetch(`${health}/health/live`).catch(() => 'closed');

    expect(there).toEqual([200, 200, 404, 404]);
    expect(elsewhere).toEqual([404, 404, 200, 200]);
    expect(after).toBe('closed');
  }, 120_000);
});

describe('what every answer says to a browser', () => {
  let service: TestService;
  let staff: Caller;

  beforeAll(async () => {
    service = await testService({ TIKASETU_ORIGINS: `aa=${PORTAL} bb=${OTHER}` });
    const tenant = await service.country('aa');
    await service.provision('bb');
    staff = { tenant: 'aa', token: await service.tokenFor(tenant, [country('auditor')]) };
  }, 120_000);
  afterAll(() => service.stop());

  /** Below `fetch`, which sends no TRACE and follows redirects. */
  function ask(
    method: string,
    path: string,
    more: Record<string, string> = {},
    body?: string,
  ): Promise<Answer> {
    const headers = {
      'x-tenant': 'aa',
      'apollo-require-preflight': 'true',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...more,
    };
    return new Promise((resolve, reject) => {
      const asked = request(`${service.url}${path}`, { method, headers }, answer => {
        let text = '';
        answer.on('data', chunk => (text += chunk));
        answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, body: text }));
      });
      asked.on('error', reject);
      asked.end(body);
    });
  }
  const bodyOf = (method: string): string | undefined =>
    method === 'POST' ? JSON.stringify({ query: '{ me { kind } }' }) : undefined;

  it.each(ADDRESSES)('is said by %s %s', async (method, path) => {
    const { headers } = await ask(method, path, {}, bodyOf(method));

    for (const [name, form] of Object.entries(HEADERS))
      expect({ [name]: headers[name] }).toEqual({ [name]: expect.stringMatching(form) });
    expect(
      Number(/max-age=(\d+)/.exec(String(headers['strict-transport-security']))![1]),
    ).toBeGreaterThanOrEqual(31_536_000);
    expect(String(headers['content-security-policy'])).not.toMatch(
      /unsafe-eval|script-src[^;]*unsafe-inline/,
    );
  });

  it.each([
    ['POST', '/graphql'],
    ['GET', '/fhir/metadata'],
    ['GET', '/health/live'],
    ['GET', '/no/such/address'],
  ])('lets nothing of what is no page run, load or be posted: %s %s', async (method, path) => {
    const { headers } = await ask(method, path, {}, bodyOf(method));

    const said = String(headers['content-security-policy']).split(';').toSorted();
    expect(said).toEqual(
      ['base-uri', 'default-src', 'form-action', 'frame-ancestors'].map(of => `${of} 'none'`),
    );
  });

  it.each(ADDRESSES)('keeps nothing in the browser and names no software: %s %s', async (method, path) => {
    const { headers } = await ask(method, path, { cookie: 'a=b' }, bodyOf(method));

    expect(headers).not.toHaveProperty('set-cookie');
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('server');
  });

  it.each(ADDRESSES)('says of which characters its text is: %s %s', async (method, path) => {
    const { headers, body } = await ask(method, path, {}, bodyOf(method));

    expect(body === '' ? 'utf-8' : String(headers['content-type'])).toMatch(/utf-8/i);
    expect(Number(headers['content-length'] ?? Buffer.byteLength(body))).toBe(Buffer.byteLength(body));
  });

  it.each(ADDRESSES)('lets no page of another origin read it: %s %s', async (method, path) => {
    for (const origin of [
      'https://evil.example',
      'null',
      `${PORTAL}.evil.example`,
      PORTAL.replace('https', 'http'),
    ])
      for (const how of [method, 'OPTIONS']) {
        const more = {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization',
        };
        const { headers } = await ask(how, path, more, how === 'OPTIONS' ? undefined : bodyOf(method));
        expect(Object.keys(headers).filter(name => name.startsWith('access-control-'))).toEqual([]);
      }
  });

  it('lets the pages that are listed for a country call the API for it, and for no other', async () => {
    const asking = { 'access-control-request-method': 'POST' };
    const allowed = async (origin: string, tenant: string) =>
      (await ask('POST', '/graphql', { origin, 'x-tenant': tenant }, bodyOf('POST'))).headers[
        'access-control-allow-origin'
      ];
    const { status, headers } = await ask('OPTIONS', '/graphql', { origin: PORTAL, ...asking });

    expect([status, headers['access-control-allow-origin']]).toEqual([204, PORTAL]);
    expect(headers['access-control-allow-headers']).toContain('authorization');
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
    expect([await allowed(PORTAL, 'aa'), await allowed(OTHER, 'aa'), await allowed(PORTAL, 'bb')]).toEqual([
      PORTAL,
      undefined,
      undefined,
    ]);
  });

  it.each(ADDRESSES)('answers no other way of asking: %s %s', async (_method, path) => {
    for (const method of ['TRACE', 'PUT', 'DELETE', 'PATCH', 'PROPFIND']) {
      const { status, body } = await ask(method, path, { authorization: `Bearer ${staff.token}` });
      expect([400, 404, 405, 501]).toContain(status);
      expect(body).not.toContain(staff.token);
    }
  });

  it('is JSON and no script, whatever a page asks for', async () => {
    const text = encodeURIComponent('{__typename}');
    const { headers, body } = await ask('GET', `/graphql?query=${text}&callback=alert&jsonp=alert`);

    expect(headers['content-type']).toMatch(/^application\/(graphql-response\+)?json/);
    expect(JSON.parse(body)).toEqual({ data: { __typename: 'Query' } });
  });

  it('keeps what browsers take for the end of a script inside its text', async () => {
    const text = '</script><!--\u2028\u2029<svg onload=alert(1)>';
    const { headers, body } = await ask(
      'POST',
      '/graphql',
      {},
      JSON.stringify({ query: `{ ${JSON.stringify(text)} }` }),
    );

    expect(headers['content-type']).toMatch(/json/);
    expect(JSON.parse(body)).toHaveProperty('errors');
  });

  it('is kept by nobody on the way when it is about somebody', async () => {
    for (const [method, path] of [
      ['POST', '/graphql'],
      ['GET', '/fhir/AuditEvent'],
      ['POST', '/fhir/$immds-forecast'],
    ] as const) {
      const { headers } = await ask(method, path, { authorization: `Bearer ${staff.token}` }, bodyOf(method));
      expect({ path, cache: headers['cache-control'] }).toEqual({ path, cache: 'no-store' });
    }
  });

  it.each([
    'Host: b',
    'Authorization: Bearer x',
    'X-Tenant: bb',
    'DPoP: x',
    'Content-Type: text/plain',
    'X-Purpose: x',
  ])('says who, where and what once: a second %s is refused', async second => {
    const body = JSON.stringify({ query: '{ __typename }' });
    const first = ['Host: a', 'Authorization: Bearer y', 'X-Tenant: aa', 'DPoP: y', 'X-Purpose: y'];
    const headers = [...first, 'Content-Type: application/json', `Content-Length: ${body.length}`, second];

    const answer = await raw(service.url, `POST /graphql HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n${body}`);

    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"BAD_REQUEST"');
  });

  it.each([
    'query=%7B__typename%7D&query=%7Bme%7Bkind%7D%7D',
    'query=%7B__typename%7D&variables=%7B%7D&variables=%7B%7D',
  ])('takes no parameter twice: %s', async parameters => {
    expect((await ask('GET', `/graphql?${parameters}`)).status).toBe(400);
  });

  describe('where a request ends', () => {
    const SMUGGLED = 'GET /health/live HTTP/1.1\r\nHost: smuggled\r\n\r\n';
    const body = JSON.stringify({ query: '{ __typename }' });
    const post = (headers: string, sent: string): string =>
      `POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${sent}`;

    it.each([
      [
        'both a length and chunks',
        post('Content-Length: 5\r\nTransfer-Encoding: chunked', `0\r\n\r\n${SMUGGLED}`),
      ],
      [
        'two lengths that differ',
        post(`Content-Length: ${body.length}\r\nContent-Length: 5`, body + SMUGGLED),
      ],
      ['a length in a list', post(`Content-Length: ${body.length}, 5`, body + SMUGGLED)],
      ['a length with a sign', post(`Content-Length: +${body.length}`, body + SMUGGLED)],
      ['a length in hexadecimal', post(`Content-Length: 0x${body.length.toString(16)}`, body + SMUGGLED)],
      ['an encoding that is none', post('Transfer-Encoding: xchunked', `0\r\n\r\n${SMUGGLED}`)],
      ['chunked, and then another', post('Transfer-Encoding: chunked, identity', `0\r\n\r\n${SMUGGLED}`)],
      ['a space before the colon', post('Transfer-Encoding : chunked', `0\r\n\r\n${SMUGGLED}`)],
      ['a line break inside a header', post('X: a\rTransfer-Encoding: chunked', `0\r\n\r\n${SMUGGLED}`)],
      ['a folded header', post('X: a\r\n Transfer-Encoding: chunked', `0\r\n\r\n${SMUGGLED}`)],
      [
        'a chunk whose size is none',
        post('Transfer-Encoding: chunked', `zz\r\n${body}\r\n0\r\n\r\n${SMUGGLED}`),
      ],
      [
        'a chunk longer than its size',
        post('Transfer-Encoding: chunked', `1\r\n${body}\r\n0\r\n\r\n${SMUGGLED}`),
      ],
      ['a NUL in a header', post('X: a\0b', body + SMUGGLED)],
      ['two hosts', `GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n${SMUGGLED}`],
      ['no host', `GET / HTTP/1.1\r\n\r\n${SMUGGLED}`],
    ])(
      'is not guessed: with %s there is one answer, a refusal, and the connection is closed',
      async (_what, bytes) => {
        const answers = (await raw(service.url, bytes)).split(/(?=HTTP\/1\.1 )/).filter(Boolean);

        expect(answers).toHaveLength(1);
        expect(answers[0]).toMatch(/^HTTP\/1\.1 400 /);
      },
    );
  });

  it('believes no header by which a stranger says who she is, or where', async () => {
    const more = {
      'x-user': 'admin',
      'x-forwarded-user': 'admin',
      'x-forwarded-for': '203.0.113.7',
      'x-real-ip': '203.0.113.7',
    };
    await ask('POST', '/graphql', { ...more, authorization: `Bearer ${staff.token}` }, FACILITIES);
    const { body } = await ask('POST', '/graphql', more, bodyOf('POST'));
    const stored = await onServer(service.database.url, owner =>
      owner.query(`SELECT DISTINCT address FROM tenant_aa.audit_entry WHERE address IS NOT NULL`),
    );

    expect(JSON.parse(body)).toMatchObject({ data: { me: { kind: 'anonymous' } } });
    expect(stored.rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(stored.rows)).not.toContain('203.0.113.7');
  });
});

/** What is sent byte by byte, and all that comes back until the connection is closed or nothing more comes. */
function raw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes, 'latin1'));
    socket.setEncoding('latin1').on('data', chunk => (text += String(chunk)));
    socket.on('close', () => resolve(text)).on('error', reject);
  });
}

/** Somebody’s session is read, which leaves her address in the audit. */
const FACILITIES = JSON.stringify({ query: '{ mySignIns { items { id } } auditTrail { items { id } } }' });
