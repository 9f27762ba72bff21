import { createSecretKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { getIntrospectionQuery, parse, print, separateOperations } from 'graphql';
import { SignJWT } from 'jose';
import { Client } from 'pg';
import { Tokens } from '../../../src/identity';
import { PARTNER_ROLES, STAFF_ROLES } from '../../../src/platform/access';
import { PROJECT_ROOT } from '../../../src/platform/config';
import type { ActorKind, TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { ERROR_LEVELS } from '../../../src/platform/errors';
import { LIMITS } from '../../../src/platform/graphql';
import { figure } from '../../harness/run/figures';
import {
  type Caller,
  country,
  type GraphqlAnswer,
  testService,
  type TestService,
} from '../../harness/service';
import { rolesFor } from '../isolation/callers';
import { compareBothWays } from '../isolation/both-ways';
import { Draws } from '../isolation/draws';
import { hostileValue, INJECTED, leavesOf, withLongList, withValue } from '../isolation/hostile';
import { inhabit, type Inhabited } from '../isolation/inhabit';
import { type Operation, operationsOf } from '../isolation/operations';
import { routesOf } from '../isolation/routes';
import { uncheckedParts } from '../isolation/parts';
import { again } from '../isolation/strangers';

const draws = new Draws();
/** TIKASETU_HOSTILE_ROUNDS=6 (npm run conformance:security): how often every place of every operation is tried. */
const ROUNDS = Number(process.env.TIKASETU_HOSTILE_ROUNDS ?? 1);
const PATIENCE = 300_000 * ROUNDS; // ms; a busy machine is slow, not wrong

const codesOf = (answer: GraphqlAnswer): string[] =>
  (answer.errors ?? []).map(error => error.extensions.code);

describe(`hostile values (TIKASETU_TEST_SEED=${draws.seed})`, () => {
  let service: TestService;
  let operations: Operation[];
  let aa: Inhabited;
  let tried = 0;
  let slowest = { micros: 0, called: '' };
  let callers: { kind: ActorKind; holds: readonly string[]; caller: Caller }[];

  beforeAll(async () => {
    service = await testService();
    operations = operationsOf(service);
    aa = await inhabit(service, await service.country('aa'), operations, 'Homely');
    const operator = await service.tokenFor(null, [country('operator')], 'operator');
    const signatory = await service.tokenFor(
      null,
      [{ role: 'signatory', reach: { kind: 'self', id: 'aa' } }],
      'signatory',
    );
    const entrant = await service.tokenFor(aa.tenant, [], 'staff-entrant');
    callers = [
      { kind: 'staff', holds: STAFF_ROLES, caller: aa.staff },
      { kind: 'staff-entrant', holds: [], caller: { ...aa.anonymous, token: entrant } },
      { kind: 'citizen', holds: ['citizen'], caller: aa.citizen },
      { kind: 'partner', holds: PARTNER_ROLES, caller: aa.partner },
      { kind: 'operator', holds: ['operator'], caller: { ...aa.anonymous, token: operator } },
      { kind: 'signatory', holds: ['signatory'], caller: { ...aa.anonymous, token: signatory } },
    ];
  }, 600_000);
  afterAll(async () => {
    jest.restoreAllMocks();
    await service.stop();
  });

  /** Somebody whom the guard lets pass, so that the value gets as far as it can. */
  const callerOf = ({ access }: Operation): Caller => {
    if ('public' in access) return draws.one([aa.anonymous, aa.staff]);
    if ('signedIn' in access)
      return draws.one(callers.filter(({ kind }) => access.signedIn.includes(kind))).caller;
    const roles: readonly string[] = rolesFor(access);
    return draws.one(callers.filter(({ holds }) => holds.some(role => roles.includes(role)))).caller;
  };

  /** The text of every statement that goes to a database from now on, without its values. */
  function textsOfStatements(): ReadonlySet<string> {
    const texts = new Set<string>();
    const query = Client.prototype.query as (...args: unknown[]) => unknown;
    jest.spyOn(Client.prototype, 'query').mockImplementation(function (this: Client, ...args: unknown[]) {
      const [asked] = args as [string | { text?: string }];
      texts.add(typeof asked === 'string' ? asked : String(asked.text));
      return Reflect.apply(query, this, args) as never;
    });
    return texts;
  }

  /** One bad value in a call that is otherwise good; says what was wrong with the answer. */
  async function attack(operation: Operation): Promise<string[]> {
    const faults: string[] = [];
    const { leaves, whole } = leavesOf(operation);
    for (const leaf of leaves) {
      const made = aa.made.filter(({ operation: name }) => name === operation.name);
      const base = made.length > 0 && draws.chance(0.7) ? draws.one(made).variables : whole;
      const long = draws.chance(0.1) ? withLongList(base, whole, leaf.path) : null;
      const value = hostileValue(leaf, draws);
      const variables =
        long ?? withValue(leaf.name === 'idempotencyKey' ? base : again(base), whole, leaf.path, value);
      const begun = process.cpuUsage();
      const answer = await service.graphql(operation.document, variables, callerOf(operation));
      const { user, system } = process.cpuUsage(begun);
      tried++;
      const called = `${operation.name} ${leaf.path.join('.')} = ${JSON.stringify(value)?.slice(0, 30)}`;
      if (user + system > slowest.micros) slowest = { micros: user + system, called };
      const wrong = codesOf(answer).filter(
        code => code === 'INTERNAL_SERVER_ERROR' || !(code in ERROR_LEVELS),
      );
      const what = long ? 'a long list' : JSON.stringify(value)?.slice(0, 60);
      if (wrong.length > 0 || answer.status >= 500)
        faults.push(`${operation.name} ${leaf.path.join('.')} = ${what}: ${answer.status} ${wrong.join()}`);
    }
    return faults;
  }

  it('meet the rules of each part of an input', () => {
    expect(uncheckedParts()).toEqual([]);
  });

  it(
    'get a code of the closed list, whatever they are and wherever they are put',
    async () => {
      const faults: string[] = [];
      const statements = textsOfStatements();
      for (let round = 0; round < ROUNDS; round++)
        for (const operation of draws.shuffled(operations)) faults.push(...(await attack(operation)));
      const alive = await service.graphql('{ me { kind } }', {}, aa.staff);

      figure(
        'hostile values',
        `${tried} over ${operations.length} operations, ${faults.length} internal errors; dearest ${slowest.micros / 1000} ms: ${slowest.called}`,
        faults.length === 0,
      );
      const injected = [...statements].filter(text => text.includes(INJECTED));
      figure('values in the text of a statement', `${injected.length} of ${statements.size} statements`);
      expect(faults).toEqual([]);
      expect(injected).toEqual([]);
      expect(alive.data.me.kind).toBe('staff');
      // A verb that put its value into the text would have been found
      const value = `' OR ${INJECTED} = ${INJECTED} --`;
      const told = service.app.get(Database).readPlatform(work => work.query(`SELECT '${value}'`));
      await expect(told).rejects.toThrow();
      expect([...statements].filter(text => text.includes(INJECTED))).toHaveLength(1);
    },
    PATIENCE,
  );

  it(
    'are answered alike by a plan and by Apollo, whatever else is unusual about the request',
    async () => {
      const { different, ...compared } = await compareBothWays(service, operations, aa, draws, 150 * ROUNDS);

      figure('requests by a plan and by Apollo', JSON.stringify(compared), different.length === 0);
      expect(different).toEqual([]);
      expect(compared.byPlan).toBeGreaterThan(ROUNDS * 15);
    },
    PATIENCE,
  );

  it.each([
    ['another service’s key', async () => forged(aa.tenant, { key: 'x'.repeat(32) })],
    [
      'no algorithm',
      async () => `${part({ alg: 'none', kid: 'staff', typ: 'at+jwt' })}.${part({ sub: 'x' })}.`,
    ],
    ['a kind that is no own property', async () => forged(aa.tenant, { kind: 'constructor' })],
    ['a kind that there is not', async () => forged(aa.tenant, { kind: 'system' })],
    ['no token at all', async () => 'x'],
    ['half of a good token', async () => aa.staff.token!.slice(0, -20)],
    [
      'other claims under a good signature',
      async () => aa.staff.token!.replace(/\.[^.]+\./, `.${part({ sub: 'x' })}.`),
    ],
    ['the time of yesterday', async () => expired()],
  ])('in place of a token are UNAUTHENTICATED, never anonymous: %s', async (_what, token) => {
    const answer = await service.graphql('{ me { kind } }', {}, { tenant: 'aa', token: await token() });

    expect({ codes: codesOf(answer), data: answer.data ?? null }).toEqual({
      codes: ['UNAUTHENTICATED'],
      data: null,
    });
  });

  it.each(['', '__proto__', 'constructor', 'AA', 'aa,bb', `aa' OR ''='`, '../aa', 'zz'])(
    'in place of a country are TENANT_NOT_SERVED: %j',
    async code => {
      const answer = await fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-tenant': code },
        body: JSON.stringify({ query: '{ me { kind } }' }),
      });

      expect([answer.status, codesOf((await answer.json()) as GraphqlAnswer)]).toEqual([
        404,
        ['TENANT_NOT_SERVED'],
      ]);
    },
  );

  const part = (json: object): string => Buffer.from(JSON.stringify(json)).toString('base64url');

  function forged(tenant: TenantRef, { key = 'x'.repeat(32), kind = 'staff' }): Promise<string> {
    return new SignJWT({ grants: [country('user-admin')] })
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: kind })
      .setIssuer('tikasetu')
      .setAudience(`tenant:${tenant.code}`)
      .setSubject('x')
      .setJti('x')
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(createSecretKey(Buffer.from(key)));
  }

  async function expired(): Promise<string> {
    const ctx = service.contextOf(aa.tenant, { now: () => new Date(Date.now() - 86_400_000) });
    const actor = { kind: 'staff' as const, id: 'x', grants: [country('user-admin')] };
    return (await service.app.get(Tokens).issue(ctx, actor)).token;
  }
});

describe('outside the sandbox', () => {
  let service: TestService;
  let staff: Caller;

  beforeAll(async () => {
    service = await testService({
      TIKASETU_ROLE: 'api', // nothing but requests reaches the database
      TIKASETU_SANDBOX: 'false',
      TIKASETU_MESSAGE_GATEWAY_URL: 'https://gateway.example',
    });
    const tenant = await service.country('aa');
    staff = { tenant: 'aa', token: await service.tokenFor(tenant, STAFF_ROLES.map(country)) };
    await service.graphql('{ me { kind } products { code } }', {}, staff); // what is read once for many requests
  }, 600_000);
  afterAll(() => service.stop());

  /** Sends anything at all to the endpoint. */
  const post = (body: string | Buffer, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-tenant': 'aa',
        authorization: `Bearer ${staff.token}`,
        ...headers,
      },
      body: body as string,
    });
  const isRefused = async (answer: Response, ...statuses: number[]): Promise<string[]> => {
    const body = (await answer.json()) as GraphqlAnswer;
    expect(statuses).toContain(answer.status);
    expect(body.data ?? null).toBeNull();
    return codesOf(body);
  };

  const nested = (levels: number): string => 'ofType { '.repeat(levels) + 'name' + ' }'.repeat(levels);
  const many = (count: number, text: (index: number) => string): string =>
    Array.from({ length: count }, (_, i) => text(i)).join(' ');

  it.each<[string, string, string]>([
    ['deep', `{ __type(name: "Person") { ${nested(20)} } }`, 'OPERATION_TOO_COMPLEX'],
    [
      'full of aliases',
      `{ ${many(LIMITS.aliases + 1, i => `a${i}: me { kind }`)} }`,
      'OPERATION_TOO_COMPLEX',
    ],
    ['wide', `{ ${many(LIMITS.rootFields + 1, () => 'me { kind }')} }`, 'OPERATION_TOO_COMPLEX'],
    [
      'full of directives',
      `{ me { ${many(LIMITS.directives + 1, () => 'kind @include(if: true)')} } }`,
      'OPERATION_TOO_COMPLEX',
    ],
    [
      'dear',
      `{ ${many(18, i => `a${i}: facilities(first: 100) { items { id code name address } }`)} }`,
      'OPERATION_TOO_COMPLEX',
    ],
    ['long', `{ me { ${many(LIMITS.tokens, () => 'kind')} } }`, 'OPERATION_TOO_COMPLEX'],
    ['in circles', 'query { ...a } fragment a on Query { ...b } fragment b on Query { ...a }', 'BAD_REQUEST'],
    [
      'an explosion',
      `query { ...f0 } ${many(25, i => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`)} fragment f25 on Query { me { kind } }`,
      'OPERATION_TOO_COMPLEX',
    ],
    ['no GraphQL', '{ me { kind ', 'BAD_REQUEST'],
    ['of no such field', '{ people { name } }', 'BAD_REQUEST'],
  ])('a document that is %s is refused before anything is read', async (_what, query, code) => {
    const database = service.app.get(Database);
    const work = (['read', 'write', 'writeEvenIfSuspended'] as const).map(way => jest.spyOn(database, way));

    const answer = await service.graphql(query, {}, staff);

    // Whose sign-in was ended is looked up every two seconds, whatever is asked, by the service itself.
    const worked = work.flatMap(spy => spy.mock.calls).filter(([ctx]) => ctx.actor.kind !== 'system');
    work.forEach(spy => spy.mockRestore());
    expect({ codes: [...new Set(codesOf(answer))], data: answer.data ?? null }).toEqual({
      codes: [code],
      data: null,
    });
    expect(worked).toEqual([]);
  });

  it('an ordinary document does reach the database, so that its absence above means something', async () => {
    const work = jest.spyOn(service.app.get(Database), 'read');

    await service.graphql('{ facilities { items { id } } }', {}, staff);

    const worked = work.mock.calls.length;
    work.mockRestore();
    expect(worked).toBeGreaterThan(0);
  });

  it('a body over the limit is too large, and said so', async () => {
    const answer = await post(
      JSON.stringify({ query: '{ me { kind } }', variables: { x: 'a'.repeat(LIMITS.bodyBytes) } }),
    );

    expect(await isRefused(answer, 413)).toEqual(['OPERATION_TOO_COMPLEX']);
  });

  it('a body that says it is small and is not is refused as it comes, packed ones unopened', async () => {
    const packed = gzipSync(Buffer.alloc(64 * LIMITS.bodyBytes));

    const answer = await post(packed, { 'content-encoding': 'gzip' });

    expect(await isRefused(answer, 400, 415)).toEqual(['BAD_REQUEST']);
    expect(packed.length).toBeLessThan(LIMITS.bodyBytes);
  });

  it('a request that drips in for ever is cut off: its headers after a minute, its body after two', () => {
    const { headersTimeout, requestTimeout } = service.app.getHttpServer();

    expect({ headersTimeout, requestTimeout }).toEqual({ headersTimeout: 60_000, requestTimeout: 120_000 });
  });

  it.each([
    ['no JSON', '{"query":'],
    ['nothing', ''],
    ['null', 'null'],
    ['a number', '1'],
    ['a text', '"{ me { kind } }"'],
    ['variables that are a list', '{"query":"{ me { kind } }","variables":[]}'],
    ['a query that is an object', '{"query":{"a":1}}'],
    ['a poisoned prototype', '{"query":"{ me { kind } }","__proto__":{"admin":true}}'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
  ])('a body of %s is a bad request', async (_what, body) => {
    expect(await isRefused(await post(body), 400)).toEqual(['BAD_REQUEST']);
  });

  /** Each address that takes a body, as each form of JSON that some of them take. */
  const doors = () =>
    [...routesOf(service).map(({ method, path }) => ({ method, path })), { method: 'POST', path: '/graphql' }]
      .filter(({ method }) => method === 'POST' || method === 'PUT')
      .flatMap(door =>
        ['application/json', 'application/ld+json', 'application/fhir+json'].map(type => ({ ...door, type })),
      );
  const sent = async (body: string) => {
    const answers = [];
    for (const { method, path, type } of doors()) {
      const answer = await fetch(`${service.url}${path}`, {
        method,
        headers: { 'x-tenant': 'aa', authorization: `Bearer ${staff.token}`, 'content-type': type },
        body,
      });
      answers.push({ door: `${method} ${path} ${type}`, status: answer.status, text: await answer.text() });
    }
    return answers;
  };

  it.each([
    ['a comment', '{"a":1 /* one */}'],
    ['a poisoned prototype', '{"a":{"__proto__":{"admin":true}}}'],
    ['a constructor that is poisoned', '{"constructor":{"prototype":{"admin":true}}}'],
    [
      'a value that is nested deeper than anything that is taken',
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    ],
    ['a member that is', `{"a":${'{"b":'.repeat(100_000)}1${'}'.repeat(100_000)}}`],
  ])('a body with %s is refused alike at every door', async (_what, body) => {
    const answers = await sent(body);

    expect(answers.length).toBeGreaterThan(30);
    expect(answers.filter(({ status }) => ![400, 404, 413, 415].includes(status))).toEqual([]);
    expect(answers.filter(({ status }) => status === 400).length).toBeGreaterThan(answers.length / 3);
  });

  it('of a name that comes twice in a body the last counts, and a byte order mark is passed over', async () => {
    const [first, last] = ['{"query":"{ noSuchField }"', '"query":"{ me { kind } }"'];

    const answers = [await post(`${first},${last}}`), await post(`\uFEFF{${last}}`)];

    for (const answer of answers) expect(await answer.json()).toEqual({ data: { me: { kind: 'staff' } } });
  });

  it('several operations in one body are refused', async () => {
    const one = { query: '{ me { kind } }' };

    const codes = await isRefused(await post(JSON.stringify([one, one])), 400);

    expect(codes).toEqual(['BAD_REQUEST']);
  });

  it('a mutation by GET is refused and does nothing', async () => {
    const query = encodeURIComponent(
      'mutation { setText(input: {language: "en", key: "errors.NOT_FOUND", text: "Got"}) }',
    );
    const headers = {
      'x-tenant': 'aa',
      authorization: `Bearer ${staff.token}`,
      'apollo-require-preflight': 'true',
    };

    const answer = await fetch(`${service.url}/graphql?query=${query}`, { headers });
    await isRefused(answer, 405);

    const { errors } = await service.graphql('{ facility(id: "x") { id } }', {}, staff);
    expect(errors![0]!.message).not.toBe('Got');
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'a page elsewhere cannot make a browser send an operation as %j',
    async type => {
      const answer = await post(JSON.stringify({ query: '{ me { kind } }' }), { 'content-type': type });

      expect([400, 415]).toContain(answer.status);
      expect(await answer.text()).not.toContain('"data":{');
    },
  );

  it('a page elsewhere cannot make a browser send a query by GET', async () => {
    const answer = await fetch(`${service.url}/graphql?query=%7Bme%7Bkind%7D%7D`);

    await isRefused(answer, 400);
  });

  it.each([
    ['the schema', getIntrospectionQuery()],
    ['one type', '{ __type(name: "Person") { name fields { name } } }'],
    [
      'one type beside something else',
      '{ me { kind } ...q } fragment q on Query { __schema { queryType { name } } }',
    ],
  ])('who has not signed in cannot look into %s', async (_what, query) => {
    const answer = await service.graphql(query, {}, { tenant: 'aa' });

    expect({ codes: codesOf(answer), data: answer.data ?? null }).toEqual({
      codes: ['UNAUTHENTICATED'],
      data: null,
    });
  });

  it.each(['{ me { kind } }', '{{{', '{ me { kind } } '.repeat(10_000)])(
    'who has not signed in sends a listed document or nothing is parsed',
    async query => {
      const answer = await service.graphql(query, {}, { tenant: 'aa' });

      expect({ status: answer.status, codes: codesOf(answer), data: answer.data ?? null }).toEqual({
        status: 401,
        codes: ['UNAUTHENTICATED'],
        data: null,
      });
    },
  );

  it('who has not signed in may send what the service publishes', async () => {
    const published = readFileSync(join(PROJECT_ROOT, 'examples/09-certify-and-verify.graphql'), 'utf8');
    const verify = print(separateOperations(parse(published))['VerifyCertificate']!);

    const answer = await service.graphql(verify, { code: 'HC1:nothing' }, { tenant: 'aa' });

    expect({ errors: answer.errors, data: Object.keys(answer.data) }).toEqual({
      data: ['verifyCertificate'],
    });
  });

  it('who has signed in may look into the schema', async () => {
    const answer = await service.graphql(getIntrospectionQuery(), {}, staff);

    expect(answer.data.__schema.queryType.name).toBe('Query');
  });

  it.each([
    ['field', '{ facilitie { items { id } } }', 'facilities'],
    ['argument', '{ facilities(firs: 1) { items { id } } }', 'first'],
    [
      'type',
      'query ($i: FacilityFilterInpu) { facilities(filter: $i) { items { id } } }',
      'FacilityFilterInput',
    ],
    ['input field', '{ facilities(filter: {areaI: "x"}) { items { id } } }', 'areaId'],
    ['field of a result', '{ facilities { items { addres } } }', 'address'],
  ])('a misspelt %s is not corrected for whoever guesses', async (_what, query, right) => {
    const { errors } = await service.graphql(query, {}, staff);

    const said = errors!.map(({ message }) => message).join(' ');
    expect(said).not.toMatch(/did you mean/i);
    expect(said).not.toMatch(new RegExp(`"${right}"`));
  });
});
