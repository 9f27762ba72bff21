import { request } from 'node:http';
import { onServer } from '../harness/database';
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
  'content-security-policy': /frame-ancestors '(self|none)'/,
  'x-frame-options': /^(SAMEORIGIN|DENY)$/,
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

/** Somebody’s session is read, which leaves her address in the audit. */
const FACILITIES = JSON.stringify({ query: '{ mySignIns { items { id } } auditTrail { items { id } } }' });
