import { createHash, createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import * as oauth from 'openid-client';
import { newId } from '../../../src/common';
import { PARTNER_ROLES, PERMISSIONS } from '../../../src/platform/access';
import type { TenantRef } from '../../../src/platform/context';
import { ForgetAssertions } from '../../../src/identity/partners/forget-assertions';
import { PartnersStore } from '../../../src/identity/partners/partners.store';
import { Database } from '../../../src/platform/database';
import { type Caller, country, testService, type TestService } from '../../harness/service';
import { write } from '../../harness/worlds/clinic';

const PUBLIC_URL = 'https://tikasetu.example';
const ISSUER = `${PUBLIC_URL}/aa`;
const FIELDS = 'id state scopes passed missing keys { kid alg } certifiedAt reason';
const REGISTER = `mutation ($input: RegisterPartnerInput!) { registerPartner(input: $input) { ${FIELDS} } }`;
const CERTIFY = `mutation ($id: ID!) { certifyPartner(id: $id) {
  __typename ... on Partner { ${FIELDS} } ... on PartnerNotReady { message missing } ... on PartnerNeedsSecondPerson { message } } }`;
const OWN = `{ ownPartner { ${FIELDS} } }`;

interface Keys {
  privateKey: KeyObject;
  kid: string;
  publicKey: string;
}

function newKeys(kid = newId()): Keys {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { privateKey, kid, publicKey: JSON.stringify({ ...publicKey.export({ format: 'jwk' }), kid }) };
}

describe('a partner', () => {
  let service: TestService;
  let aa: TenantRef;
  let registrar: Caller;
  let certifier: Caller;

  beforeAll(async () => {
    service = await testService({ TIKASETU_PUBLIC_URL: PUBLIC_URL, TIKASETU_TRUSTED_PROXIES: '1' });
    aa = await service.country('aa');
    await service.country('bb');
    registrar = {
      tenant: 'aa',
      token: await service.tokenFor(aa, [country('configuration-admin')]),
    };
    certifier = { tenant: 'aa', token: await service.tokenFor(aa, [country('programme-admin')]) };
  }, 120_000);
  afterAll(() => service.stop());

  const inputOf = ({ publicKey }: Pick<Keys, 'publicKey'>, more = {}) => ({
    idempotencyKey: newId(),
    name: 'Parcels of Everywhere',
    kind: 'PLATFORM',
    purpose: 'Parcels to the outlets of the post',
    contact: 'duty@parcels.example',
    scopes: ['ORDERS', 'EVENTS'],
    requestsPerMinute: 1000,
    publicKey,
    ...more,
  });

  async function registered(more = {}): Promise<Keys & { id: string }> {
    const keys = newKeys();
    const { data } = await service.graphql(REGISTER, { input: inputOf(keys, more) }, registrar);
    return { ...keys, id: data.registerPartner.id as string };
  }

  let networks = 0;
  const elsewhere = (): string => `100.${64 + (++networks >> 8)}.${networks & 255}.1`;

  /** An assertion as the standard wants it, but for what is given. */
  const assertion = (
    { id, kid, privateKey }: { id: string; kid: string; privateKey: KeyObject },
    claims: JWTPayload = {},
    header: object = {},
  ): Promise<string> => {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ iss: id, sub: id, aud: ISSUER, jti: newId(), iat: now, exp: now + 60, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid, ...header })
      .sign(privateKey);
  };

  /** Each time from another network, unless one is named: what failed elsewhere is not counted here. */
  async function ask(
    form: Record<string, string> | string,
    tenant = 'aa',
    from = elsewhere(),
    more: Record<string, string> = {},
  ) {
    const answer = await fetch(`${service.url}/${tenant}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': from, ...more },
      body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as any }; // oxlint-disable-line no-explicit-any -- each test's own
  }
  const formOf = (client_assertion: string, more: Record<string, string> = {}) => ({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion,
    ...more,
  });
  const callerOf = async (partner: Keys & { id: string }): Promise<Caller> => ({
    tenant: 'aa',
    token: (await ask(formOf(await assertion(partner)))).body.access_token as string,
  });
  const passing = (id: string, ...checks: string[]) =>
    Promise.all(
      checks.map(name =>
        write(service, aa, `INSERT INTO partner_check VALUES ($1, $2, now()) ON CONFLICT DO NOTHING`, [
          id,
          name,
        ]),
      ),
    );

  it('gets a token as a client of somebody else’s making does, and learns who it is', async () => {
    const { id, kid, publicKey, privateKey } = await registered();
    const key = await crypto.subtle.importKey(
      'jwk',
      privateKey.export({ format: 'jwk' }),
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['sign'],
    );
    const through: oauth.CustomFetch = (url, options) => fetch(url.replace(PUBLIC_URL, service.url), options);

    const found = await oauth.discovery(new URL(ISSUER), id, {}, oauth.PrivateKeyJwt({ key, kid }), {
      algorithm: 'oauth2',
      [oauth.customFetch]: through,
    });
    const token = await oauth.clientCredentialsGrant(found, { scope: 'events' });
    const { data } = await service.graphql(OWN, {}, { tenant: 'aa', token: token.access_token });

    expect(token).toMatchObject({
      token_type: 'bearer',
      scope: 'events',
      environment: 'sandbox',
    });
    expect(data.ownPartner).toMatchObject({
      id,
      state: 'SANDBOX',
      passed: ['TOKEN_ISSUED'],
      missing: ['ORDER_PLANNED', 'EVENTS_CAPTURED', 'EVENTS_REFUSED'],
      keys: [{ kid, alg: 'ES256' }],
    });
    expect(JSON.parse(publicKey).kid).toBe(kid);
  });

  describe('proves itself by nothing else:', () => {
    let partner: Keys & { id: string };
    let other: Keys & { id: string };
    beforeAll(async () => ([partner, other] = [await registered(), await registered()]));
    const now = () => Math.floor(Date.now() / 1000);
    const b64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

    it.each<[string, () => Promise<string>]>([
      ['for the token endpoint', () => assertion(partner, { aud: `${ISSUER}/oauth/token` })],
      ['for another country', () => assertion(partner, { aud: `${PUBLIC_URL}/bb` })],
      ['for two', () => assertion(partner, { aud: [ISSUER, 'https://other.example'] })],
      ['for a list of one', () => assertion(partner, { aud: [ISSUER] })],
      ['for nobody', () => assertion(partner, { aud: undefined })],
      ['that is over', () => assertion(partner, { exp: now() - 1 })],
      ['that lasts too long', () => assertion(partner, { exp: now() + 3600 })],
      ['that never ends', () => assertion(partner, { exp: undefined })],
      ['that is not yet', () => assertion(partner, { nbf: now() + 60 })],
      ['without a jti', () => assertion(partner, { jti: undefined })],
      ['with a jti that is too short', () => assertion(partner, { jti: 'a' })],
      ['of another issuer', () => assertion(partner, { iss: other.id })],
      ['of another subject', () => assertion(partner, { sub: other.id })],
      ['by another partner’s key', () => assertion({ ...other, id: partner.id })],
      ['by another key under its name', () => assertion({ ...other, id: partner.id, kid: partner.kid })],
      ['by no key', () => assertion(partner, {}, { kid: undefined })],
      ['with a key in it', () => assertion(partner, {}, { jwk: JSON.parse(other.publicKey) as object })],
      ['with the address of a key', () => assertion(partner, {}, { jku: 'https://keys.example/' })],
      ['with the address of a certificate', () => assertion(partner, {}, { x5u: 'https://keys.example/' })],
      ['of another type', () => assertion(partner, {}, { typ: 'at+jwt' })],
      ['that is padded', async () => `${await assertion(partner)}=`],
      ['that begins with a space', async () => ` ${await assertion(partner)}`],
      [
        'without a signature',
        async () => `${b64({ alg: 'none', kid: partner.kid })}.${(await assertion(partner)).split('.')[1]!}.`,
      ],
      [
        'signed with the public key as a secret',
        async () => {
          const start = `${b64({ alg: 'HS256', kid: partner.kid })}.${(await assertion(partner)).split('.')[1]!}`;
          return `${start}.${createHmac('sha256', partner.publicKey).update(start).digest('base64url')}`;
        },
      ],
      ['of nobody', async () => assertion({ ...partner, id: newId() })],
      ['that is none', async () => 'a.b.c'],
      ['that is empty', async () => ''],
    ])('an assertion %s', async (_what, make) => {
      const answer = await ask(formOf(await make()));

      expect({ status: answer.status, body: answer.body }).toEqual({
        status: 401,
        body: { error: 'invalid_client' },
      });
    });

    it('an assertion that was used', async () => {
      const form = formOf(await assertion(partner));

      const answers = [await ask(form), await ask(form)];

      expect(answers.map(({ status }) => status)).toEqual([200, 401]);
    });

    it('an assertion that was used until it is over, and no row of it is kept after that', async () => {
      const later = new Date(Date.now() + 600_000);
      const gone = await service.app.get(ForgetAssertions).run(service.contextOf(aa, { now: () => later }));
      const left = await write(service, aa, `SELECT 1 FROM partner_assertion`);

      expect(gone).toBeGreaterThan(0);
      expect(left).toEqual([]);
    });

    it('one of twenty of the same moment', async () => {
      const form = formOf(await assertion(partner));

      const answers = await Promise.all(Array.from({ length: 20 }, () => ask(form)));

      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    });

    it.each<[string, () => Promise<Record<string, string> | string>, string]>([
      ['another grant', async () => ({ grant_type: 'password' }), 'unsupported_grant_type'],
      ['no grant', async () => ({}), 'invalid_request'],
      ['a field twice', async () => 'grant_type=client_credentials&grant_type=password', 'invalid_request'],
      [
        'a scope it has not',
        async () => formOf(await assertion(partner), { scope: 'webhooks' }),
        'invalid_scope',
      ],
      [
        'a scope of a person’s',
        async () => formOf(await assertion(partner), { scope: 'person.find' }),
        'invalid_scope',
      ],
    ])('a form with %s', async (_what, make, error) => {
      const answer = await ask(await make());

      expect({ status: answer.status, body: answer.body }).toEqual({ status: 400, body: { error } });
      expect(answer.headers.get('cache-control')).toBe('no-store');
    });

    it('a token of one country in another', async () => {
      const { token } = await callerOf(partner);
      const { errors } = await service.graphql(OWN, {}, { tenant: 'bb', token });

      expect(errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
      expect((await ask(formOf(await assertion(partner)), 'bb')).body).toEqual({ error: 'invalid_client' });
      expect((await ask(formOf(await assertion(partner)), 'nowhere')).status).toBe(404);
    });
  });

  describe('whose assertions fail', () => {
    const failing = async (client: Keys & { id: string }, from: string) =>
      (await ask(formOf(await assertion(client, { exp: 1 })), 'aa', from)).status;

    it('is told to wait after ten of them, made-up or not, where they came from and nowhere else', async () => {
      const [partner, made] = [await registered(), { ...(await registered()), id: newId() }];
      for (const client of [partner, made]) {
        const from = elsewhere();
        const statuses = [];
        for (let one = 0; one < 12; one++) statuses.push(await failing(client, from));

        expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
        const refused = await ask(formOf(await assertion(client)), 'aa', from);
        expect(refused.status).toBe(429);
        expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(refused.body).toEqual({ error: 'temporarily_unavailable' });
      }
      expect((await ask(formOf(await assertion(partner)))).status).toBe(200);
    });

    it('shares its network’s number with all who are in it, who only fail together', async () => {
      const [partner, made, from] = [await registered(), await registered(), elsewhere()];
      const statuses = await Promise.all(
        Array.from({ length: 60 }, () => failing({ ...made, id: newId() }, from)),
      );

      expect(new Set(statuses)).toEqual(new Set([401]));
      expect((await ask(formOf(await assertion(partner)), 'aa', from)).status).toBe(429);
      expect((await ask(formOf(await assertion(partner)))).status).toBe(200);
    });

    it('is not slowed down by as many that are right', async () => {
      const [partner, from] = [await registered(), elsewhere()];
      const right = async () => (await ask(formOf(await assertion(partner)), 'aa', from)).status;

      expect(new Set(await Promise.all(Array.from({ length: 30 }, right)))).toEqual(new Set([200]));
    });
  });

  it('holds permissions over its own things and none that finds, shows or changes a person', () => {
    const held = Object.entries(PERMISSIONS)
      .filter(([, roles]) => PARTNER_ROLES.some(role => (roles as readonly string[]).includes(role)))
      .map(([permission]) => permission);

    expect(held.sort()).toEqual(['consignment.order', 'event.capture', 'event.read', 'webhook.manage']);
  });

  it('is certified when it has shown all that it must, and not by whoever registered it', async () => {
    const partner = await registered();
    const before = await callerOf(partner);
    const certify = (as: Caller) => service.graphql(CERTIFY, { id: partner.id }, as);

    const early = await certify(certifier);
    await passing(partner.id, 'ORDER_PLANNED', 'EVENTS_CAPTURED', 'EVENTS_REFUSED');
    const alone = await certify(registrar);
    const certified = await certify(certifier);
    const old = await service.graphql(OWN, {}, before);
    const token = await ask(formOf(await assertion(partner)));

    expect(early.data.certifyPartner).toMatchObject({
      __typename: 'PartnerNotReady',
      missing: ['ORDER_PLANNED', 'EVENTS_CAPTURED', 'EVENTS_REFUSED'],
    });
    expect(alone.data.certifyPartner).toEqual({
      __typename: 'PartnerNeedsSecondPerson',
      message: expect.stringContaining('colleague') as string,
    });
    expect(certified.data.certifyPartner).toMatchObject({ state: 'PRODUCTION', missing: [] });
    expect(old.errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
    expect(token.body).toMatchObject({ environment: 'production', scope: 'orders events' });
  });

  it('goes back to its sandbox when anything of it is changed', async () => {
    const partner = await registered();
    await passing(partner.id, 'TOKEN_ISSUED', 'ORDER_PLANNED', 'EVENTS_CAPTURED', 'EVENTS_REFUSED');
    await service.graphql(CERTIFY, { id: partner.id }, certifier);
    const { idempotencyKey: _, ...same } = inputOf(newKeys());

    const changed = await service.graphql(
      `mutation ($input: ChangePartnerInput!) { changePartner(input: $input) { ${FIELDS} } }`,
      { input: { ...same, id: partner.id } },
      registrar,
    );

    expect(changed.data.changePartner).toMatchObject({ state: 'SANDBOX', passed: [], certifiedAt: null });
    expect((await ask(formOf(await assertion(partner)))).status).toBe(401); // its key is another
  });

  it('is cut off at once, and comes back by way of its sandbox', async () => {
    const partner = await registered();
    const caller = await callerOf(partner);
    const suspend = `mutation ($id: ID!) { suspendPartner(id: $id, reason: "its key was lost") { state reason } }`;
    const resume = `mutation ($id: ID!) { resumePartner(id: $id) { state reason } }`;

    const suspended = await service.graphql(suspend, { id: partner.id }, registrar);
    const after = await service.graphql(OWN, {}, caller);
    const refused = await ask(formOf(await assertion(partner)));
    const resumed = await service.graphql(resume, { id: partner.id }, registrar);
    const twice = await service.graphql(resume, { id: partner.id }, registrar);

    expect(suspended.data.suspendPartner).toEqual({ state: 'SUSPENDED', reason: 'its key was lost' });
    expect(after.errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
    expect(refused.body).toEqual({ error: 'invalid_client' });
    expect(resumed.data.resumePartner).toEqual({ state: 'SANDBOX', reason: null });
    expect(twice.errors![0]!.extensions.code).toBe('STATE_FORBIDS');
  });

  it('changes its key without a gap', async () => {
    const partner = await registered();
    const next = newKeys();
    const caller = await callerOf(partner);
    const add = (publicKey: string) =>
      service.graphql(
        `mutation ($publicKey: String!) { addPartnerKey(publicKey: $publicKey) { keys { kid } } }`,
        { publicKey },
        caller,
      );
    const remove = (kid: string) =>
      service.graphql(
        `mutation ($kid: String!) { removePartnerKey(kid: $kid) { keys { kid } } }`,
        { kid },
        caller,
      );

    const added = await add(next.publicKey);
    const third = await add(newKeys().publicKey);
    const both = [partner, { ...next, id: partner.id }].map(async key => ask(formOf(await assertion(key))));
    const statuses = (await Promise.all(both)).map(({ status }) => status);
    const removed = await remove(partner.kid);
    const last = await remove(next.kid);
    const old = await ask(formOf(await assertion(partner)));

    expect(added.data.addPartnerKey.keys).toEqual([{ kid: partner.kid }, { kid: next.kid }]);
    expect(third.errors![0]!.extensions.code).toBe('INVALID_INPUT');
    expect(statuses).toEqual([200, 200]);
    expect(removed.data.removePartnerKey.keys).toEqual([{ kid: next.kid }]);
    expect(last.errors![0]!.extensions.code).toBe('INVALID_INPUT');
    expect(old.status).toBe(401);
  });

  it.each<[string, () => object | string]>([
    ['a private key', () => newKeys().privateKey.export({ format: 'jwk' })],
    ['a secret', () => ({ kty: 'oct', k: 'AAAA' })],
    [
      'a curve of the past',
      () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey.export({ format: 'jwk' }),
    ],
    [
      'RSA that is too short',
      () => generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' }),
    ],
    ['a point that is on no curve', () => ({ kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' })],
    [
      'an algorithm that is not the key’s',
      () => ({ ...JSON.parse(newKeys().publicKey), alg: 'RS256' }) as object,
    ],
    ['no JSON', () => 'key'],
    ['a list', () => []],
  ])('is not registered with %s', async (_what, make) => {
    const key = make();
    const publicKey = typeof key === 'string' ? key : JSON.stringify(key);
    const { errors } = await service.graphql(REGISTER, { input: inputOf({ publicKey }) }, registrar);

    expect(errors![0]!.extensions).toMatchObject({ code: 'INVALID_INPUT', faults: [{ path: 'publicKey' }] });
  });

  it('gets a token that its key alone can use, and no other where the country says so', async () => {
    const partner = await registered();
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const proof = (path: string, more: JWTPayload = {}) =>
      new SignJWT({ htm: 'POST', htu: `${service.url}${path}`, jti: newId(), ...more })
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: publicKey.export({ format: 'jwk' }) })
        .setIssuedAt()
        .sign(privateKey);
    const say = (kinds: string) =>
      service.graphql(`mutation { setKeyBoundSignIns(kinds: [${kinds}]) }`, {}, registrar);
    const using = async (headers: Record<string, string>) => {
      const answer = await fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-tenant': 'aa', ...headers },
        body: JSON.stringify({ query: '{ ownPartner { id } }' }),
      });
      return answer.status;
    };
    expect((await say('PARTNERS')).errors).toBeUndefined();

    const asserted = await assertion(partner);
    const without = await ask(formOf(asserted));
    const given = await ask(formOf(asserted), 'aa', elsewhere(), { dpop: await proof('/aa/oauth/token') });
    await say('');

    const token = given.body.access_token as string;
    const ath = createHash('sha256').update(token).digest('base64url');
    expect([without.status, without.body]).toEqual([400, { error: 'invalid_dpop_proof' }]);
    expect([given.status, given.body.token_type]).toEqual([200, 'DPoP']);
    expect([
      await using({ authorization: `DPoP ${token}`, dpop: await proof('/graphql', { ath }) }),
      await using({ authorization: `DPoP ${token}` }),
      await using({ authorization: `Bearer ${token}` }),
    ]).toEqual([200, 401, 401]);
  });

  it('is registered once, however often the line breaks', async () => {
    const input = inputOf(newKeys());

    const answers = [
      await service.graphql(REGISTER, { input }, registrar),
      await service.graphql(REGISTER, { input }, registrar),
    ];

    expect(answers[1]!.data.registerPartner.id).toBe(answers[0]!.data.registerPartner.id);
  });

  it('is told its quota with every answer, and when to come back above it', async () => {
    const caller = await callerOf(await registered({ requestsPerMinute: 3 }));
    const call = () =>
      fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-tenant': 'aa',
          authorization: `Bearer ${caller.token}`,
        },
        body: JSON.stringify({ query: OWN }),
      });

    const first = await call();
    let last = first;
    for (let tries = 0; tries < 50 && last.status === 200; tries++) last = await call();
    const body = (await last.json()) as { errors: { extensions: { code: string } }[] };

    expect(first.headers.get('ratelimit-policy')).toBe('"minute";q=3;w=60');
    expect(first.headers.get('ratelimit')).toMatch(/^"minute";r=[0-2];t=\d{1,2}$/);
    expect(last.status).toBe(429);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(last.headers.get('ratelimit')).toMatch(/^"minute";r=0;t=\d{1,2}$/);
    expect(body.errors[0]!.extensions.code).toBe('RATE_LIMITED');
  });

  it('has its requests counted in the minute that the furthest clock is in', async () => {
    const { id } = await registered();
    const use = (minute: string) =>
      service.app
        .get(Database)
        .write(service.contextOf(aa), work =>
          service.app.get(PartnersStore).use(work, id, new Date(`2030-01-01T10:${minute}:00Z`)),
        );

    const counted = [await use('00'), await use('00'), await use('01'), await use('00'), await use('02')];

    expect(counted.map(one => one?.used)).toEqual([1, 2, 1, 2, 1]);
  });
});
